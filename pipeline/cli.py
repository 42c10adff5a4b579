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
    commands_ = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        sub = commands_.add_parser(name, help=help_, description=help_[0].upper() + help_[1:] + ".")
        sub.set_defaults(run=getattr(commands, name.replace("-", "_") if name != "import" else "import_"))
        return sub

    command("init", "make a new project that builds").add_argument(
        "target", metavar="DIR", type=Path, help="the new project's folder"
    )
    command("update", "bring the catalogs in line with the articles")
    translate = command("translate", "draft what is missing, from memory and by machine")
    translate.add_argument(
        "--engine", default="", help="ask only this engine: memory, argos, libretranslate, pseudo"
    )
    translate.add_argument(
        "--on", dest="address", metavar="ADDRESS", default="", help="a Dask cluster's, as tcp://host:8786"
    )
    _articles(translate)
    _evaluate(command("evaluate", "measure an engine on sentences that people have translated"))
    _check(command("check", "look for faults in the translations"))
    review = command("review", "review translations in the browser")
    review.add_argument("--port", type=_port, default=8477, help="on 127.0.0.1 (default: %(default)s)")
    review.add_argument("--no-browser", action="store_false", dest="browser", help="do not open a browser")
    status = command("status", "how far each article is, and what to do next")
    status.add_argument("--json", action="store_const", dest="shape", const="json", help="for programs")
    _articles(status)
    command("build", "update, translate, check, and render all pages")
    serve = command("serve", "build, watch, and show the site in the browser")
    serve.add_argument("--port", type=_port, default=8000, help="on 127.0.0.1 (default: %(default)s)")
    models = command("models", "list, install or remove translation models")
    models.add_argument(
        "action",
        nargs="?",
        default="list",
        choices=["list", "available", "show", "install", "remove"],
        help="(default: %(default)s)",
    )
    models.add_argument("name", nargs="?", default="", help="a direction, as en-sv, or a model's name")
    models.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="install this .argosmodel file"
    )
    explain = command("explain", "print the manual of a check")
    explain.add_argument("check", nargs="?", default="", help="its name; without it, all names")
    import_ = command("import", "take translations that were made elsewhere")
    import_.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a .po, XLIFF (.xlf) or TMX (.tmx) file, or the translated copy of an article (.md, .txt)",
    )
    import_.add_argument(
        "--article", default="", help="which article a translated copy is of (default: the same file name)"
    )
    import_.add_argument(
        "--reviewed",
        action="store_true",
        help="a person has reviewed these: no draft, and they replace what is there",
    )
    export = command("export", "write entries to one file, to be worked on elsewhere")
    export.add_argument("--lang", required=True, help="the target language")
    export.add_argument(
        "--state",
        action="append",
        default=[],
        help="only entries in this state; may be repeated (default: all but reviewed; reviewed for TMX)",
    )
    shape = export.add_mutually_exclusive_group()
    for name, what in (
        ("po", "a gettext catalog (the default, unless the file's ending says otherwise)"),
        ("xliff", "XLIFF 1.2"),
        ("xliff2", "XLIFF 2.0"),
        ("tmx", "TMX 1.4, a translation memory"),
    ):
        shape.add_argument(f"--{name}", action="store_const", dest="shape", const=name, help=what)
    export.add_argument(
        "--part",
        type=_part,
        default=(1, 1),
        metavar="N/M",
        help="one of M shares, equal in words, as 2/3: so that several translators never meet",
    )
    export.add_argument("-o", "--output", type=Path, help="the file (default: standard output)")
    _articles(export)
    driver = command("merge-driver", "merge three versions of a catalog, for git")
    driver.add_argument("base", type=Path, help="the common ancestor (%%O)")
    driver.add_argument("ours", type=Path, help="our version, which receives the result (%%A)")
    driver.add_argument("theirs", type=Path, help="their version (%%B)")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; as in: --port 8000")
    return int(text)


def _part(text: str) -> tuple[int, int]:
    number, _, parts = text.partition("/")
    if not (number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise argparse.ArgumentTypeError(f"{text!r} is no share; as in: --part 2/3")
    return int(number), int(parts)


def _check(check: argparse.ArgumentParser) -> None:
    shape = check.add_mutually_exclusive_group()
    shape.add_argument(
        "--json", action="store_const", dest="shape", const="json", help="one JSON object a line"
    )
    shape.add_argument(
        "--sarif", action="store_const", dest="shape", const="sarif", help="SARIF 2.1, for code hosts"
    )
    check.add_argument(
        "--fix",
        action="store_true",
        help="first mend what is certain in drafts: letters in pieces, spaces, quotation marks",
    )
    check.add_argument(
        "--spelling", action="store_true", help="look for misspelt words as well (needs the extra “spelling”)"
    )
    check.add_argument("--reviewed", action="store_true", help="with --fix: in reviewed entries as well")
    _articles(check)


def _articles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="only these (default: all)")


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SRC", type=Path, help="a text with one sentence on each line")
    parser.add_argument("reference", metavar="REF", type=Path, help="the translations, line by line")
    parser.add_argument(
        "--engine", action="append", dest="engines", metavar="NAME", default=[],
        help="may be repeated (default: those in tvilling.toml)",
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="lang", metavar="LANG", default="", help="the language of SRC (default: the first)"
    )
    parser.add_argument("--json", action="store_const", dest="shape", const="json", help="for programs")
