"""write entries to one file, to be worked on elsewhere"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from pipeline.commands.spoken import articles, load


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--lang", required=True, help="the target language")
    parser.add_argument(
        "--state",
        action="append",
        default=[],
        help="only entries in this state; may be repeated (default: all but reviewed; reviewed for TMX)",
    )
    shape = parser.add_mutually_exclusive_group()
    for name, what in (
        ("po", "a gettext catalog (the default, unless the file's ending says otherwise)"),
        ("xliff", "XLIFF 1.2"),
        ("xliff2", "XLIFF 2.0"),
        ("tmx", "TMX 1.4, a translation memory"),
    ):
        shape.add_argument(f"--{name}", action="store_const", dest="shape", const=name, help=what)
    parser.add_argument(
        "--part",
        type=_part,
        default=(1, 1),
        metavar="N/M",
        help="one of M shares, equal in words, as 2/3: so that several translators never meet",
    )
    parser.add_argument("-o", "--output", type=Path, help="the file (default: standard output)")
    articles(parser)


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import files, interchange
    from pipeline.stages import exchange, project

    loaded = load(options)
    names = project.choose(loaded, options.articles)
    ending = options.output.suffix.lower() if options.output else ""
    shape = options.shape or interchange.ENDINGS.get(ending, "po")
    text = exchange.export(loaded, names, exchange.Wanted(options.lang, options.state, shape, options.part))
    if options.output:
        files.write_text(options.output.resolve(), text, options.folder.resolve())
    else:
        sys.stdout.write(text)
    return 0


def _part(text: str) -> tuple[int, int]:
    number, _, parts = text.partition("/")
    if not (number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise ArgumentTypeError(f"{text!r} is no share; as in: --part 2/3")
    return int(number), int(parts)
