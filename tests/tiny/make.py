"""Make the tiny packages of the tests: `python tests/tiny/make.py`, where torch is installed.

Two Transformers of one layer each, fitted to the pairs beside this file until they know them by
heart, and packed as Argos packages.  Outside of these pairs their answers are nonsense, which is as
good for tests.
"""

# mypy: ignore-errors
# ruff: noqa: T201

from __future__ import annotations

import io
import json
import math
import shutil
import tempfile
import zipfile
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
import torch
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).parent
NAMES = {"en": "English", "sv": "Swedish"}
WIDTH, HEADS, INNER, PIECES, STEPS = 64, 4, 128, 420, 1400
UNK, BOS, EOS, PAD = 0, 1, 2, 3
SPECIAL = ["<unk>", "<s>", "</s>", "<pad>"]


def positions(length: int) -> Tensor:
    """The sines and cosines that CTranslate2 adds."""
    half = WIDTH // 2
    rate = torch.exp(torch.arange(half) * (-math.log(10000) / (half - 1)))
    angles = torch.arange(1, length + 1)[:, None] * rate[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor) -> Tensor:
        inner = self.norm(x)
        other = inner if memory is None else memory
        q, k, v = (
            layer(value).unflatten(-1, (HEADS, -1)).transpose(1, 2)
            for layer, value in ((self.q, inner), (self.k, other), (self.v, other))
        )
        mixed = functional.scaled_dot_product_attention(q, k, v, mask)
        return x + self.o(mixed.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    def __init__(self, *, crossed: bool) -> None:
        super().__init__()
        self.own = Attention()
        self.cross = Attention() if crossed else None
        self.norm = nn.LayerNorm(WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: Tensor, own_mask: Tensor, memory: Tensor | None, mask: Tensor) -> Tensor:
        x = self.own(x, None, own_mask)
        if self.cross is not None:
            x = self.cross(x, memory, mask)
        return x + self.down(functional.relu(self.up(self.norm(x))))


class Network(nn.Module):
    def __init__(self, size: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(size, WIDTH)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)
        self.encoder, self.decoder = Layer(crossed=False), Layer(crossed=True)
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.zeros(size))

    def embed(self, tokens: Tensor) -> Tensor:
        found = self.embedding(tokens) * WIDTH**0.5 + positions(tokens.shape[1])
        # Noise while training: what is learned must survive 8 bits.
        return found + 0.15 * torch.randn_like(found) if self.training else found

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        seen = (source != PAD)[:, None, None, :]
        memory = self.encoder_norm(self.encoder(self.embed(source), seen, None, seen))
        past = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).tril()
        x = self.decoder_norm(self.decoder(self.embed(target), past, memory, seen))
        return x @ self.embedding.weight.T + self.bias


def padded(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


def train(pairs: list[tuple[str, str]], processor: sentencepiece.SentencePieceProcessor) -> Network:
    """A network that knows `pairs`."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    network = Network(processor.get_piece_size())
    sources = padded([[*processor.encode(source), EOS] for source, _ in pairs])
    targets = padded([[BOS, *processor.encode(target), EOS] for _, target in pairs])
    optimizer = torch.optim.Adam(network.parameters(), lr=3e-3, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=STEPS)
    for step in range(STEPS):
        logits = network(sources, targets[:, :-1])
        loss = functional.cross_entropy(
            logits.flatten(0, 1), targets[:, 1:].flatten(), ignore_index=PAD, label_smoothing=0.05
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(step, round(loss.item(), 4), flush=True)
    return network


def weights(spec: object, module: nn.Module) -> None:
    spec.weight = module.weight.detach().numpy()
    spec.bias = module.bias.detach().numpy()


def normed(spec: object, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = norm.weight.detach().numpy(), norm.bias.detach().numpy()


def joined(spec: object, *layers: nn.Linear) -> None:
    spec.weight = np.concatenate([layer.weight.detach().numpy() for layer in layers])
    spec.bias = np.concatenate([layer.bias.detach().numpy() for layer in layers])


def attend(spec: object, attention: Attention, *, crossed: bool) -> None:
    normed(spec.layer_norm, attention.norm)
    if crossed:
        joined(spec.linear[0], attention.q)
        joined(spec.linear[1], attention.k, attention.v)
    else:
        joined(spec.linear[0], attention.q, attention.k, attention.v)
    weights(spec.linear[-1], attention.o)


def convert(network: Network, processor: sentencepiece.SentencePieceProcessor, folder: Path) -> None:
    """Write `network` as CTranslate2 reads it, in 8 bits."""
    spec = ctranslate2.specs.TransformerSpec.from_config((1, 1), HEADS, pre_norm=True)
    table = network.embedding.weight.detach().numpy()
    spec.encoder.embeddings[0].weight = table
    spec.decoder.embeddings.weight = table
    spec.decoder.projection.weight = table
    spec.decoder.projection.bias = network.bias.detach().numpy()
    for side, layer, norm in (
        (spec.encoder, network.encoder, network.encoder_norm),
        (spec.decoder, network.decoder, network.decoder_norm),
    ):
        normed(side.layer_norm, norm)
        attend(side.layer[0].self_attention, layer.own, crossed=False)
        if layer.cross is not None:
            attend(side.layer[0].attention, layer.cross, crossed=True)
        normed(side.layer[0].ffn.layer_norm, layer.norm)
        weights(side.layer[0].ffn.linear_0, layer.up)
        weights(side.layer[0].ffn.linear_1, layer.down)
    vocabulary = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def vocabulary(lines: list[str]) -> bytes:
    """A SentencePiece model without a table of normal forms: that would be most of the package."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, vocab_size=PIECES, model_type="bpe",
        normalization_rule_name="identity", unk_id=UNK, bos_id=BOS, eos_id=EOS, pad_id=PAD,
        character_coverage=1.0, minloglevel=2,
    )  # fmt: skip
    return model.getvalue()


def pack(folder: Path, file: Path) -> None:
    """The folder as a zip archive without today's date."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(str(path.relative_to(folder.parent)), (2020, 1, 1, 0, 0, 0))
                info.external_attr = 0o644 << 16
                archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def main() -> None:
    """Make both packages, and count the pairs that each knows."""
    rows = [line.split("\t") for line in (HERE / "pairs.tsv").read_text("utf-8").splitlines()]
    model = vocabulary([text for row in rows for text in row])
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    for source, target, order in (("en", "sv", 1), ("sv", "en", -1)):
        pairs = [tuple(row[::order]) for row in rows]
        network = train(pairs, processor)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / f"translate-{source}_{target}-tiny"
            convert(network, processor, folder / "model")
            (folder / "sentencepiece.model").write_bytes(model)
            metadata = {
                "package_version": "0.1", "argos_version": "1.9", "type": "translate",
                "from_code": source, "from_name": NAMES[source],
                "to_code": target, "to_name": NAMES[target],
                "licence": "MIT",
            }  # fmt: skip
            (folder / "metadata.json").write_text(json.dumps(metadata, indent=1) + "\n", "utf-8")
            shutil.copy(HERE / "README.md", folder / "README.md")
            file = HERE / f"{folder.name}.argosmodel"
            pack(folder, file)
            translator = ctranslate2.Translator(str(folder / "model"))
            asked = [processor.encode(text, return_type=str) for text, _ in pairs]
            found = translator.translate_batch(asked, beam_size=4, length_penalty=0.2)
            answers = [processor.decode_pieces(result.hypotheses[0]) for result in found]
            for (text, wanted), answer in zip(pairs, answers, strict=True):
                if wanted != answer:
                    print(f"    {text} → {answer} (not {wanted})")
            known = sum(answer == wanted for answer, (_, wanted) in zip(answers, pairs, strict=True))
            print(f"{file.name}: {known} of {len(pairs)} pairs, {file.stat().st_size >> 10} kB")


if __name__ == "__main__":
    main()
