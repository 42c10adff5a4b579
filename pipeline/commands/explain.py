"""print the manual of a check"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.commands.spoken import say


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("check", nargs="?", default="", help="its name; without it, all names")


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import checks
    from pipeline.errors import UsageError

    if not options.check:
        for name, known in checks.KNOWN.items():
            say(f"{name:<26}{known.severity:<9}{known.manual.splitlines()[0]}")
        return 0
    if options.check not in checks.KNOWN:
        remedy = "one of: " + ", ".join(checks.KNOWN)
        raise UsageError(f"there is no check {options.check!r}", name="unknown-check", remedy=remedy)
    say(checks.manual(options.check))
    return 0
