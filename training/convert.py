"""``python -m training.convert``: weights to two CTranslate2 models, one per direction.

Both hold the same network. They differ in one word of their settings, the token that
the decoder starts with, which names the language to write.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece
import torch
from numpy.typing import NDArray

from training.corpus import LANGUAGES
from training.model import Shape, sinusoids
from training.vocab import STARTS

LONGEST = 1024
Weights = Mapping[str, NDArray[np.float32]]


def specification(shape: Shape, weights: Weights) -> ctranslate2.specs.TransformerSpec:
    """Return the network with its weights in CTranslate2's terms."""
    spec = ctranslate2.specs.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers), shape.heads, pre_norm=True
    )
    places = sinusoids(LONGEST, shape.width).numpy()
    embedding = weights["embedding.weight"]
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = places.copy()
        side.scale_embeddings = True
    spec.encoder.embeddings[0].weight = embedding.copy()
    spec.decoder.embeddings.weight = embedding.copy()
    spec.decoder.projection.weight = embedding.copy()
    fill(spec.encoder.layer_norm, weights, "encoder_norm")
    fill(spec.decoder.layer_norm, weights, "decoder_norm")
    for number, layer in enumerate(spec.encoder.layer):
        fill_layer(layer, weights, f"encoder.{number}")
    for number, layer in enumerate(spec.decoder.layer):
        fill_layer(layer, weights, f"decoder.{number}")
        fill(layer.attention.layer_norm, weights, f"decoder.{number}.other.norm")
        for place, name in enumerate(("query", "keyvalue", "output")):
            fill(layer.attention.linear[place], weights, f"decoder.{number}.other.{name}")
    return spec


def fill_layer(layer: Any, weights: Weights, name: str) -> None:
    """Fill in what layers of encoder and decoder have in common."""
    fill(layer.self_attention.layer_norm, weights, f"{name}.own.norm")
    fill(layer.self_attention.linear[0], weights, f"{name}.own.packed")
    fill(layer.self_attention.linear[1], weights, f"{name}.own.output")
    fill(layer.ffn.layer_norm, weights, f"{name}.ffn.norm")
    fill(layer.ffn.linear_0, weights, f"{name}.ffn.inner")
    fill(layer.ffn.linear_1, weights, f"{name}.ffn.output")


def fill(spec: Any, weights: Weights, name: str) -> None:
    """Fill in a linear map or a norm."""
    weight = "gamma" if isinstance(spec, ctranslate2.specs.common_spec.LayerNormSpec) else "weight"
    bias = "beta" if weight == "gamma" else "bias"
    setattr(spec, weight, weights[f"{name}.weight"].copy())
    setattr(spec, bias, weights[f"{name}.bias"].copy())


def convert(weights: Path, pieces: Path, out: Path, quantization: str = "int8") -> list[Path]:
    """Write ``out/en_sv`` and ``out/sv_en``; return their paths."""
    state = torch.load(weights, weights_only=True)
    kept = {name: tensor.numpy() for name, tensor in state["weights"].items()}
    processor = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
    tokens = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    written = []
    for source, target in (LANGUAGES, LANGUAGES[::-1]):
        # Quantizing works in place: each model, and each use of the embedding, has arrays of its own.
        spec = specification(Shape(**state["shape"]), kept)
        spec.register_source_vocabulary(tokens)
        spec.register_target_vocabulary(tokens)
        spec.config.add_source_eos = True
        spec.config.decoder_start_token = STARTS[LANGUAGES.index(target)]
        spec.validate()
        spec.optimize(quantization=quantization)
        folder = out / f"{source}_{target}"
        folder.mkdir(parents=True, exist_ok=True)
        spec.save(str(folder))
        written.append(folder)
    return written


def main() -> None:
    """Convert weights for CTranslate2."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("pieces", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--quantization", default="int8")
    args = parser.parse_args()
    for path in convert(args.weights, args.pieces, args.out, args.quantization):
        print(path)


if __name__ == "__main__":
    main()
