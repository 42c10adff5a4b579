"""Training: ``python -m training.train`` starts a run, or goes on with one.

The learning rate warms up, stays level, and falls to nothing in a run of its own
(``--decay``), which starts from any checkpoint of a level run. So a level run has no
planned end: stop it, go on with it another day, and branch a decay off whenever a
model is wanted. Budgets are in minutes, because on a shared CPU nobody knows the speed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from torch import Tensor

from training.batches import Batch, Batches, Plan
from training.corpus import MIXES, read
from training.loss import smoothed_loss
from training.model import PAD, Masks, Shape, Translator
from training.optim import Optimiser, Rates

EMA_EVERY = 10
LOG_EVERY = 50


@dataclass(frozen=True)
class Settings:
    """What a run is asked to do, apart from the sizes of the model and the batches."""

    run: Path
    minutes: float
    mix: str = "stable"
    decay: bool = False
    warmup: int = 400
    dropout: float = 0.1
    smoothing: float = 0.1
    ema: float = 0.98
    save_minutes: float = 8
    keep_minutes: float = 20
    check_minutes: float = 20
    patience: int = 6
    check: tuple[str, ...] = ()
    steps: int = 0


@dataclass
class Progress:
    """How far a run is; all of it is in the checkpoint."""

    seconds: float = 0
    tokens: int = 0
    pool: int = 0
    place: int = 0
    best: float = 0
    stale: int = 0


def height(step: int, done: float, settings: Settings) -> float:
    """Return the share of the full learning rate, ``done`` being the share of the time used."""
    warm = min(1.0, step / settings.warmup)
    return max(0.02, 1 - done) if settings.decay else warm


class Run:
    """A model with its optimiser, averages and place in the data."""

    def __init__(
        self, shape: Shape, batches: Batches, rates: Rates, settings: Settings, pieces: Path
    ) -> None:
        torch.manual_seed(batches.plan.seed)
        self.shape = shape
        self.settings = settings
        self.batches = batches
        self.pieces = pieces
        self.model = Translator(shape)
        self.optimiser = Optimiser(self.model, rates)
        self.average = [master.clone() for master in self.optimiser.master]
        self.masks = Masks(settings.dropout, batches.plan.seed)
        self.model.drop = self.masks
        self.progress = Progress()

    def state(self) -> dict[str, Any]:
        """Return all that :meth:`load` needs."""
        return {
            "shape": asdict(self.shape),
            "optimiser": self.optimiser.state(),
            "average": self.average,
            "random": self.masks.random.get_state(),
            "progress": asdict(self.progress),
        }

    def load(self, state: Mapping[str, Any], *, fresh_clock: bool) -> None:
        """Go on from a checkpoint; with ``fresh_clock`` as a new phase, with its own budget."""
        self.optimiser.load(state["optimiser"])
        for mine, theirs in zip(self.average, state["average"], strict=True):
            mine.copy_(theirs)
        self.masks.random.set_state(state["random"])
        self.masks.refresh()
        self.progress = Progress(**state["progress"])
        if fresh_clock:
            self.progress = replace(self.progress, seconds=0, best=0, stale=0, place=0)
            self.progress.pool += 1_000_000

    def save(self) -> None:
        """Write the checkpoint, replacing the last one at once or not at all."""
        write(self.state(), self.settings.run / "last.pt")

    def weights(self, path: Path, tensors: Sequence[Tensor]) -> None:
        """Write weights alone, as ``convert`` and ``average`` read them."""
        named = dict(zip(self.optimiser.names, tensors, strict=True))
        write({"shape": asdict(self.shape), "weights": named}, path)

    def update_average(self) -> None:
        """Let the average follow the weights."""
        for mean, master in zip(self.average, self.optimiser.master, strict=True):
            mean.lerp_(master, 1 - self.settings.ema)

    def learn(self, batch: Batch) -> tuple[float, int]:
        """Take one step's gradients; return the plain loss per token and the tokens."""
        real = batch.labels.ne(PAD).flatten().nonzero().squeeze(1)
        rows = self.model(batch.source, batch.target).flatten(0, 1).index_select(0, real)
        labels = batch.labels.flatten().index_select(0, real)
        smooth, plain = smoothed_loss(rows, self.model.embedding.weight, labels, self.settings.smoothing)
        (smooth / len(real)).backward()  # type: ignore[no-untyped-call]
        return float(plain) / len(real), len(real)

    def finished(self) -> bool:
        """Tell whether the budget is used up, chrF no longer improves, or ``stop`` appeared.

        Anyone may create a file of that name in the run's folder; the run then saves and ends.
        """
        asked = (self.settings.run / "stop").exists()
        enough = self.progress.seconds >= 60 * self.settings.minutes
        tired = self.progress.stale >= self.settings.patience
        stepped = 0 < self.settings.steps <= self.optimiser.step_number
        return asked or enough or tired or stepped

    def go(self) -> None:
        """Train until finished, with a log, checkpoints and checks on the way."""
        clock = Clock(self)
        self.model.train()
        stream = self.batches.since(self.progress.pool, self.progress.place)
        for self.progress.pool, self.progress.place, batch in stream:
            if self.finished():
                break
            done = self.progress.seconds / (60 * self.settings.minutes)
            level = height(self.optimiser.step_number + 1, done, self.settings)
            loss, count = self.learn(batch)
            if loss == loss:
                self.optimiser.step(level)
            else:
                clock.say("loss is not a number: batch skipped")
                self.model.zero_grad(set_to_none=True)
            self.progress.tokens += count
            step = self.optimiser.step_number
            if step % EMA_EVERY == 0:
                self.update_average()
            if step % 500 == 0:
                self.masks.refresh()
            clock.tick(loss, count, level)
        self.save()
        self.weights(self.settings.run / "final.pt", self.optimiser.master)
        self.weights(self.settings.run / "ema.pt", self.average)
        clock.say("finished")

    def check(self) -> str:
        """Score the averaged model on the development sets; remember whether it improved."""
        path = self.settings.run / "check.pt"
        self.weights(path, self.average)
        command = [sys.executable, "-m", "training.evaluate", str(path), str(self.pieces)]
        ran = subprocess.run(
            [*command, "--json", *self.settings.check], capture_output=True, text=True, check=False
        )
        if ran.returncode:
            return f"check failed: {ran.stderr[-500:]}"
        scores = json.loads(ran.stdout)["scores"]
        mean = sum(score["chrF"] for score in scores) / len(scores)
        self.progress.stale = 0 if mean > self.progress.best else self.progress.stale + 1
        self.progress.best = max(mean, self.progress.best)
        return f"check: {mean:.2f} " + " ".join(
            f"{score['set']}/{score['direction']}={score['chrF']:.1f}/{score['BLEU']:.1f}" for score in scores
        )


class Clock:
    """Counts working time, and does what is due: log lines, checkpoints, checks."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.last = time.monotonic()
        now = run.progress.seconds
        self.due = dict.fromkeys(("save", "keep", "check"), now)
        self.loss = self.count = 0.0
        self.since = now
        self.steps = 0

    def say(self, text: str) -> None:
        """Write a line to the log."""
        step, seconds = self.run.optimiser.step_number, self.run.progress.seconds
        stamp = time.strftime("%H:%M:%S")
        print(f"{stamp} step {step} minute {seconds / 60:.1f} {text}", flush=True)

    def passed(self, name: str, minutes: float) -> bool:
        """Tell whether ``minutes`` have gone by since this was last true."""
        if self.run.progress.seconds - self.due[name] < 60 * minutes:
            return False
        self.due[name] = self.run.progress.seconds
        return True

    def tick(self, loss: float, count: int, level: float) -> None:
        """Note a step."""
        now = time.monotonic()
        self.run.progress.seconds += now - self.last
        self.last = now
        self.loss += loss * count
        self.count += count
        self.steps += 1
        if self.steps % LOG_EVERY == 0:
            speed = self.count / max(self.run.progress.seconds - self.since, 1e-9)
            self.say(
                f"loss {self.loss / self.count:.3f} rate {level:.3f} "
                f"tokens {self.run.progress.tokens / 1e6:.2f}M speed {speed:.0f}"
            )
            self.loss = self.count = 0.0
            self.since = self.run.progress.seconds
        settings = self.run.settings
        if self.passed("save", settings.save_minutes):
            self.run.save()
        if self.passed("keep", settings.keep_minutes):
            name = f"step-{self.run.optimiser.step_number:06}.pt"
            self.run.weights(settings.run / name, self.run.optimiser.master)
        if settings.check and self.passed("check", settings.check_minutes):
            self.say(self.run.check())


def write(state: Mapping[str, Any], path: Path) -> None:
    """Save atomically."""
    passing = path.with_suffix(".new")
    torch.save(state, passing)
    passing.replace(path)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="cleaned corpus")
    parser.add_argument("pieces", type=Path, help="SentencePiece model")
    parser.add_argument("run", type=Path, help="folder of the run; resumes if it has a checkpoint")
    parser.add_argument("--minutes", type=float, default=100, help="budget of this phase")
    parser.add_argument("--steps", type=int, default=0, help="stop at this step at the latest")
    parser.add_argument("--start", type=Path, help="checkpoint of another run to branch from")
    parser.add_argument("--decay", action="store_true", help="let the learning rate fall")
    parser.add_argument("--mix", choices=MIXES, help="default: the phase's own")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, nargs=2, default=(6, 2))
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--tokens", type=int, default=6144, help="per batch and side")
    parser.add_argument("--matrix-rate", type=float, default=Rates.matrix)
    parser.add_argument("--vector-rate", type=float, default=Rates.vector)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--save-minutes", type=float, default=8)
    parser.add_argument("--keep-minutes", type=float, default=20)
    parser.add_argument("--check-minutes", type=float, default=20)
    parser.add_argument(
        "--check", default="", help="arguments of training.evaluate, as one word; empty: no checks"
    )
    return parser.parse_args()


def main() -> None:
    """Start a run, or go on with one."""
    args = arguments()
    torch.set_num_threads(args.threads)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(args.pieces))
    settings = Settings(
        run=args.run,
        minutes=args.minutes,
        steps=args.steps,
        mix=args.mix or ("decay" if args.decay else "stable"),
        decay=args.decay,
        dropout=args.dropout,
        save_minutes=args.save_minutes,
        keep_minutes=args.keep_minutes,
        check_minutes=args.check_minutes,
        check=tuple(args.check.split()),
    )
    args.run.mkdir(parents=True, exist_ok=True)
    (args.run / "stop").unlink(missing_ok=True)
    last = args.run / "last.pt"
    start = last if last.exists() else args.start
    shape = Shape(
        vocabulary=pieces.get_piece_size(),
        width=args.width,
        heads=args.width // 64,
        inner=4 * args.width,
        encoder_layers=args.layers[0],
        decoder_layers=args.layers[1],
    )
    state = torch.load(start, weights_only=True) if start else None
    if state:
        shape = Shape(**state["shape"])
    batches = Batches(list(read(args.corpus)), MIXES[settings.mix], pieces, Plan(tokens=args.tokens))
    rates = Rates(matrix=args.matrix_rate, vector=args.vector_rate)
    run = Run(shape, batches, rates, settings, args.pieces)
    if state:
        run.load(state, fresh_clock=start != last)
    del state
    run.go()


if __name__ == "__main__":
    main()
