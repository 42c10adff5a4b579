"""look for faults in the translations"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection
from typing import TYPE_CHECKING

from pipeline.commands.spoken import articles, load

if TYPE_CHECKING:
    from pipeline.stages.project import Project


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument(
        "--json", action="store_const", dest="shape", const="json", help="one JSON object a line"
    )
    shape.add_argument(
        "--sarif", action="store_const", dest="shape", const="sarif", help="SARIF 2.1, for code hosts"
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first mend what is certain in drafts: letters in pieces, spaces, quotation marks",
    )
    parser.add_argument(
        "--spelling", action="store_true", help="look for misspelt words as well (needs the extra “spelling”)"
    )
    parser.add_argument("--reviewed", action="store_true", help="with --fix: in reviewed entries as well")
    articles(parser)


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import report
    from pipeline.errors import UsageError
    from pipeline.model import Severity
    from pipeline.stages import check, project

    if options.reviewed and not options.fix:
        raise UsageError("--reviewed goes with --fix", name="usage", remedy="tvilling check --fix --reviewed")
    loaded = load(options)
    names = project.choose(loaded, options.articles)
    if options.fix:
        loaded = _fixed(loaded, names, reviewed=options.reviewed)
    findings = check.check(loaded, names, asked=_asked(options, loaded))
    shapes = {"json": report.json_lines, "sarif": report.sarif, None: report.text}
    sys.stdout.write(shapes[options.shape](findings))
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def _asked(options: Namespace, loaded: Project) -> tuple[str, ...]:
    """The checks that run on demand; what one lacks is said."""
    from pipeline.spelling import speller

    for lang in loaded.config.languages if options.spelling else ():
        if speller(lang) is None:
            remedy = "pip install hunspell-sv spylls"
            sys.stderr.write(f"spelling: skipped for {lang}, no dictionary is installed; {remedy}\n")
    return ("spelling",) if options.spelling else ()


def _fixed(loaded: Project, names: Collection[str], *, reviewed: bool) -> Project:
    from pipeline import mend
    from pipeline.stages import mend as stage
    from pipeline.stages import project

    mended, count = stage.fix(loaded, names, mend.ALL if reviewed else mend.DRAFTS)
    written = project.write(mended)
    # Standard output belongs to the findings, which a program may read.
    for path in written.changed:
        sys.stderr.write(f"changed {loaded.config.shown(path)}\n")
    sys.stderr.write(f"{count} translation{'s' * (count != 1)} mended\n")
    return written.standing()
