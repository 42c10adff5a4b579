"""``python -m training.average``: the mean of several weight files, as one weight file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from training.train import write


def average(paths: Sequence[Path]) -> dict[str, Any]:
    """Return the mean of weight files of one shape (as ``train`` keeps them)."""
    states = [torch.load(path, weights_only=True) for path in paths]
    if any(state["shape"] != states[0]["shape"] for state in states):
        raise ValueError("the weight files are of models of different sizes")
    return {
        "shape": states[0]["shape"],
        "weights": {
            name: torch.stack([state["weights"][name] for state in states]).mean(0)
            for name in states[0]["weights"]
        },
    }


def main() -> None:
    """Average weight files."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("weights", type=Path, nargs="+")
    args = parser.parse_args()
    write(average(args.weights), args.out)


if __name__ == "__main__":
    main()
