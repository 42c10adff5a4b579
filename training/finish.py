"""``python -m training.finish``: from a checkpoint to scored packages, without a hand on it.

Decays the learning rate for ``--minutes``, averages the last weights, scores what came
out, converts and packages the best, tries the packages with Argos Translate, and
writes all it did to RESULTS.md. A step that fails is noted there, and the rest goes on
with what there is. Called again, it goes on where it was interrupted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.corpus import LANGUAGES
from training.evaluate import Score, table

TEXTS = {
    "en": (
        "Magnesium and leg cramps",
        "Do not take more than 350 mg a day unless your doctor has told you to.",
        "The study followed ⟦3⟧ adults for ⟦7⟧ weeks.",
        "Most people who wake up with a cramp in the calf are otherwise healthy.",
        "⟦1⟧Sleep⟦2⟧ is not a luxury.",
    ),
    "sv": (
        "Magnesium och vadkramp",
        "Ta inte mer än 350 mg om dagen om inte läkaren har sagt det.",
        "Studien följde ⟦3⟧ vuxna i ⟦7⟧ veckor.",
        "De flesta som vaknar med kramp i vaden är i övrigt friska.",
        "⟦1⟧Sömn⟦2⟧ är ingen lyx.",
    ),
}


@dataclass(frozen=True)
class Work:
    """Where things are and go."""

    corpus: Path
    pieces: Path
    start: Path
    out: Path
    sets: Sequence[str]
    minutes: float
    version: str
    extra: Sequence[str] = ()

    @property
    def decayed(self) -> Path:
        """The folder of the decay run."""
        return self.out / "decay"

    def note(self, text: str) -> None:
        """Add to RESULTS.md and to the output."""
        print(text, flush=True)
        with (self.out / "RESULTS.md").open("a", encoding="utf-8") as results:
            results.write(text + "\n\n")

    def run(self, module: str, *args: object) -> str:
        """Run a step; return its output, or note its fault and return nothing."""
        command = [sys.executable, "-m", f"training.{module}", *map(str, args)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            self.note(f"**{module} failed** ({ran.returncode}): `{ran.stderr[-800:]}`")
            return ""
        return ran.stdout

    def decay(self) -> None:
        """Let the learning rate fall, keeping weights often towards the end."""
        keep = max(self.minutes / 15, 0.02)
        log = self.run(
            "train", self.corpus, self.pieces, self.decayed, "--decay", "--start", self.start,
            "--minutes", self.minutes, "--keep-minutes", keep, *self.extra,
        )  # fmt: skip
        self.note("Decay, last lines of the log:\n\n```text\n" + "\n".join(log.splitlines()[-4:]) + "\n```")

    def candidates(self) -> list[Path]:
        """Return the weight files to choose from, with averages made on the way."""
        kept = sorted(self.decayed.glob("step-*.pt"))
        found = [self.decayed / "final.pt", self.decayed / "ema.pt"]
        if len(kept) > 3:
            found.append(self.decayed / "mean.pt")
            self.run("average", found[-1], *kept[-4:])
        return [path for path in found if path.exists()]

    def scores(self, model: Path, beam: int = 4, limit: int = 10_000) -> list[Score]:
        """Return a model's scores, none if it cannot be scored."""
        output = self.run(
            "evaluate", model, self.pieces, "--json", "--beam", beam, "--limit", limit, *self.sets
        )
        return [Score(**score) for score in json.loads(output or '{"scores": []}')["scores"]]

    def choose(self) -> Path | None:
        """Return the weights with the best chrF over the beginnings of all sets, both ways."""
        best, best_mean = None, 0.0
        for path in self.candidates():
            scores = self.scores(path, limit=150)
            if not scores:
                continue
            mean = sum(score.chrF for score in scores) / len(scores)
            self.note(f"`{path.name}`: mean chrF {mean:.2f}")
            if mean > best_mean:
                best, best_mean = path, mean
        return best

    def finish(self) -> None:
        """Do all of it."""
        self.note(f"# Results, {time.strftime('%Y-%m-%d %H:%M:%S')}")
        self.decay()
        best = self.choose()
        if best is None:
            self.note("**No model could be scored.**")
            return
        models = self.out / "models"
        self.run("convert", best, self.pieces, models)
        folders = [models / f"{LANGUAGES[0]}_{LANGUAGES[1]}", models / f"{LANGUAGES[1]}_{LANGUAGES[0]}"]
        made = self.run("package", self.out / "packages", self.pieces, *folders, "--version", self.version)
        self.note(f"Packages of `{best.name}` (path, bytes):\n\n```text\n{made}```")
        scores = self.scores(models)
        self.note("Beam 4:\n\n" + table(scores))
        self.note("Beam 2, 300 lines:\n\n" + table(self.scores(models, beam=2, limit=300)))
        reached = bool(scores) and all(score.enough() for score in scores)
        self.note(f"**Floors reached: {'yes' if reached else 'no'}.** Finished {time.strftime('%H:%M:%S')}.")
        for folder in folders:
            source = folder.name.split("_")[0]
            found = sorted((self.out / "packages").glob(f"translate-{folder.name}-*.argosmodel"))
            if found:
                said = self.run("trial", found[-1], *TEXTS[source]).splitlines()
                pairs = zip(TEXTS[source], said, strict=False)
                self.note(f"{folder.name}:\n\n" + "\n".join(f"- {a}\n  → {b}" for a, b in pairs))


def main() -> None:
    """Finish a level run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("pieces", type=Path)
    parser.add_argument("start", type=Path, help="checkpoint of the level run")
    parser.add_argument("out", type=Path)
    parser.add_argument("sets", nargs="+", metavar="NAME=FILE[,FILE]")
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--version", default="0.1")
    parser.add_argument("--train", default="", help="further arguments of training.train, as one word")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    Work(
        args.corpus, args.pieces, args.start, args.out, args.sets, args.minutes, args.version,
        args.train.split(),
    ).finish()  # fmt: skip


if __name__ == "__main__":
    main()
