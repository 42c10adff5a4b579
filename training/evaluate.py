"""``python -m training.evaluate``: BLEU and chrF on development sets, both directions.

A set is ``NAME=FILE`` (English TAB Swedish) or ``NAME=FILE,FILE`` (one language each).
The floor and the goal are those of the issue that asked for the models.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece

from training.convert import convert

FLOOR = {"health": (54.0, 30.0), "flores": (42.0, 14.0)}
"""chrF and BLEU below which a model is not shipped, by the name of the set."""

Lines = list[str]


@dataclass(frozen=True)
class Score:
    """What one direction reaches on one set."""

    set: str
    direction: str
    chrF: float  # noqa: N815 - the measure is written so
    BLEU: float
    chrF_signature: str  # noqa: N815
    BLEU_signature: str
    per_second: float

    def enough(self) -> bool:
        """Tell whether the floor is reached (a set without a floor always is)."""
        low_chrf, low_bleu = FLOOR.get(self.set, (0.0, 0.0))
        return self.chrF >= low_chrf and low_bleu <= self.BLEU


def load(text: str, limit: int) -> tuple[str, dict[str, Lines]]:
    """Read a set as its name and the lines of each language."""
    name, _, files = text.partition("=")
    contents = [Path(file).read_text("utf-8").rstrip("\n").split("\n") for file in files.split(",")]
    if len(contents) == 1:
        rows = [line.split("\t") for line in contents[0]]
        contents = [[row[0] for row in rows], [row[1] for row in rows]]
    return name, {"en": contents[0][:limit], "sv": contents[1][:limit]}


def translate(model: Path, pieces: Path, lines: Lines, beam: int) -> tuple[Lines, float]:
    """Translate lines; return them and the sentences per second."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
    translator = ctranslate2.Translator(str(model), inter_threads=2, intra_threads=1)
    start = time.monotonic()
    results = translator.translate_batch(
        processor.encode(lines, out_type=str),
        beam_size=beam,
        max_batch_size=384,
        batch_type="tokens",
        max_input_length=1000,
    )
    found = [processor.decode_pieces(result.hypotheses[0]) for result in results]
    return found, len(lines) / (time.monotonic() - start)


def evaluate(model: Path, pieces: Path, name: str, lines: dict[str, Lines], beam: int) -> Score:
    """Score one direction, named by the model's folder, on one set."""
    source, target = model.name.split("_")
    found, speed = translate(model, pieces, lines[source], beam)
    chrf, bleu = sacrebleu.CHRF(), sacrebleu.BLEU()
    return Score(
        set=name,
        direction=model.name,
        chrF=chrf.corpus_score(found, [lines[target]]).score,
        BLEU=bleu.corpus_score(found, [lines[target]]).score,
        chrF_signature=str(chrf.get_signature()),
        BLEU_signature=str(bleu.get_signature()),
        per_second=speed,
    )


def table(scores: Sequence[Score]) -> str:
    """Return scores as a Markdown table, with their signatures below."""
    rows = [
        f"| {s.set} | {s.direction} | {s.chrF:.1f} | {s.BLEU:.1f} | {s.per_second:.0f} "
        f"| {'yes' if s.enough() else 'no'} |"
        for s in scores
    ]
    head = [
        "| set | direction | chrF | BLEU | sentences/s | floor reached |",
        "|---|---|--:|--:|--:|---|",
    ]
    signatures = {f"chrF `{s.chrF_signature}`, BLEU `{s.BLEU_signature}`" for s in scores}
    return "\n".join([*head, *rows, "", *sorted(signatures)])


def main() -> None:
    """Score weights, or converted models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="a weight file, or a folder with en_sv and sv_en")
    parser.add_argument("pieces", type=Path)
    parser.add_argument("sets", nargs="+", metavar="NAME=FILE[,FILE]")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--limit", type=int, default=100_000, help="lines of each set at most")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    sets = [load(text, args.limit) for text in args.sets]
    with tempfile.TemporaryDirectory() as folder:
        if args.model.is_dir():
            models = sorted(path for path in args.model.iterdir() if path.is_dir())
        else:
            models = convert(args.model, args.pieces, Path(folder))
        scores = [
            evaluate(model, args.pieces, name, lines, args.beam) for model in models for name, lines in sets
        ]
    if args.json:
        print(json.dumps({"scores": [asdict(score) for score in scores]}))
    else:
        print(table(scores))


if __name__ == "__main__":
    main()
