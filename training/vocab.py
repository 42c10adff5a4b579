"""The pieces: one SentencePiece model for both languages.

``python -m training.vocab`` trains it on a cleaned corpus.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sentencepiece

from training.corpus import LANGUAGES, STABLE, read

MASKS = tuple(f"⟦{digit}⟧" for digit in range(10))
"""Single pieces that a model copies from source to target, each at its place."""

STARTS = tuple(f"<2{language}>" for language in LANGUAGES)
"""What the decoder starts with: the language to write."""

NEEDED = "åäöÅÄÖéÉüÜæøØß–—−…“”‘’«»„·•→°²³½¼¾×±≤≥≈µμαβγδωΩ€£$%‰§₂₃"
RULES = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": "", "\u200b": ""}


def rules() -> str:
    """Return the normalisation: spaces of all widths are spaces, nothing else changes.

    The usual NFKC would write ² as 2 and ½ as 1⁄2: figures that a reader doses by.
    """
    return "".join(
        f"{ord(old):04X}\t{' '.join(f'{ord(c):04X}' for c in new)}\n" for old, new in RULES.items()
    )


def sentences(corpus: Path, seed: int) -> Iterator[str]:
    """Yield both sides of the corpus in the shares that training draws them in."""
    random_ = random.Random(seed)
    for pair in read(corpus):
        share = STABLE.get(pair.label, 0)
        for _ in range(int(share + random_.random())):
            yield pair.en
            yield pair.sv


def train(corpus: Path, out: Path, size: int, seed: int = 1) -> None:
    """Write a model of ``size`` pieces to ``out`` (a name that ends in ``.model``)."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "rules.tsv")
        table.write_text(rules(), "utf-8")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=sentences(corpus, seed),
            model_prefix=str(out.with_suffix("")),
            vocab_size=size,
            model_type="unigram",
            normalization_rule_tsv=str(table),
            character_coverage=0.9999,
            required_chars=NEEDED,
            split_digits=True,
            user_defined_symbols=list(MASKS),
            control_symbols=list(STARTS),
            pad_id=0,
            unk_id=1,
            bos_id=2,
            eos_id=3,
            pad_piece="<pad>",
            input_sentence_size=400_000,
            shuffle_input_sentence=True,
            num_threads=2,
            minloglevel=1,
        )


def main() -> None:
    """Train the SentencePiece model."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=int, default=8000)
    args = parser.parse_args()
    train(args.corpus, args.out, args.size)


if __name__ == "__main__":
    main()
