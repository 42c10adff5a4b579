"""The command line: `tvilling [-C DIR] COMMAND`.

Words are said here and nowhere else; each command imports what it needs when it runs.
Exit codes: 0 clean, 1 faults found, 2 could not run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline import __version__, commands
from pipeline.errors import PipelineError, UsageError

EPILOG = "Exit codes: 0 clean, 1 faults found, 2 could not run."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and say what came of it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except PipelineError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("interrupted; what was done is kept", file=sys.stderr)
        return 130


class _Parser(argparse.ArgumentParser):
    """Faults in the command line look like all others."""

    def error(self, message: str) -> None:  # type: ignore[override]
        fault = UsageError(message, name="usage", remedy=f"see: {self.prog} --help")
        self.exit(2, f"{fault}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        "tvilling", description="Articles in two languages that never fall apart.", epilog=EPILOG
    )
    parser.add_argument(
        "-C",
        dest="folder",
        metavar="DIR",
        type=Path,
        default=Path(),
        help="the project's folder (default: this one)",
    )
    parser.add_argument("--version", action="version", version=f"tvilling {__version__}")
    every = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in commands.NAMES:
        command = commands.named(name)
        help_ = (command.__doc__ or "").strip()
        sub = every.add_parser(name, help=help_, description=help_[0].upper() + help_[1:] + ".")
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser
