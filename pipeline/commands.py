"""What each command does: stages called in their order, and words about what came of it.

Each takes the parsed command line and returns the exit code.  Heavy modules are imported inside.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.model import Finding
    from pipeline.stages.project import Project
    from pipeline.store import Store

SHOWN = 10
"""So many entries of a kind are named; the others are counted."""


def say(text: str = "") -> None:
    """A line for the user, at once: who waits at the other end of a pipe may be waiting for this one."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _config(options: Namespace) -> Config:
    from pipeline import config

    return config.read(options.folder)


def _load(options: Namespace) -> Project:
    from pipeline.stages import project

    return project.load(_config(options))


def init(options: Namespace) -> int:
    """`tvilling init DIR`."""
    from pipeline import scaffold

    folder = options.folder / options.target
    for path in scaffold.init(folder):
        say(f"wrote {path}")
    say(f"next: tvilling -C {folder} build")
    return 0


def update(options: Namespace) -> int:
    """`tvilling update`."""
    from pipeline.stages import project, update

    _, changed = project.write(update.update(_load(options)))
    _say_changed(options, changed)
    return 0


def _say_changed(options: Namespace, changed: list[Path]) -> None:
    from pipeline import files

    for path in changed:
        say(f"{'changed' if path.exists() else 'removed'} {files.shown(path, options.folder.resolve())}")
    if not changed:
        say("the catalogs are in line with the articles")


def translate(options: Namespace) -> int:
    """`tvilling translate`."""
    from pipeline.stages import project, translate

    loaded = _load(options)
    names = project.choose(loaded, options.articles)
    drafted, report = translate.draft(
        loaded,
        names,
        engine=options.engine,
        cluster_address=options.address,
        progress=Progress("translating"),
    )
    _, changed = project.write(drafted)
    _say_changed(options, changed)
    _say_drafted(report)
    return 130 if report.interrupted else 0


def _say_drafted(report: object) -> None:
    from pipeline.translate import Drafted

    assert isinstance(report, Drafted)
    for engine, count in report.drafted.items():
        say(f"{count} drafted by {engine}")
    if report.missing:
        say(f"{report.missing} still missing: readers see the original there")
    for lack in report.lacking:
        say(str(lack))


def evaluate(options: Namespace) -> int:
    """`tvilling evaluate`."""
    from pipeline.evaluate import shown
    from pipeline.stages import evaluate

    config = _config(options)
    paths = (options.source, options.reference)
    rows, count, direction = evaluate.evaluate(
        config, paths, options.engines, options.lang, progress=Progress
    )
    shape = shown.as_json if options.shape == "json" else shown.as_text
    sys.stdout.write(shape(rows, count, direction))
    return 0


def check(options: Namespace) -> int:
    """`tvilling check`."""
    from pipeline import report
    from pipeline.errors import UsageError
    from pipeline.model import Severity
    from pipeline.stages import check, project

    if options.reviewed and not options.fix:
        raise UsageError("--reviewed goes with --fix", name="usage", remedy="tvilling check --fix --reviewed")
    loaded = _load(options)
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
    current, changed = project.write(mended)
    # Standard output belongs to the findings, which a program may read.
    for path in changed:
        sys.stderr.write(f"changed {loaded.config.shown(path)}\n")
    sys.stderr.write(f"{count} translation{'s' * (count != 1)} mended\n")
    return current


def explain(options: Namespace) -> int:
    """`tvilling explain`."""
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


def status(options: Namespace) -> int:
    """`tvilling status`."""
    from pipeline.stages import check, project, status, update

    loaded = _load(options)
    current = update.update(loaded)
    names = project.choose(current, options.articles)
    findings = check.check(current, names)
    rows = status.status(current, names, findings, check.rejected(current, findings))
    sys.stdout.write(status.as_json(rows) if options.shape == "json" else status.as_text(rows))
    if any(
        catalog.entries and loaded.catalogs.get(key) != catalog for key, catalog in current.catalogs.items()
    ):
        sys.stderr.write("the articles have changed since the catalogs were written: tvilling update\n")
    return 0


def build(options: Namespace) -> int:
    """`tvilling build`."""
    from pipeline.stages import make

    config = _config(options)
    with make.store(config) as store:
        _build(config, store, say)
    return 0


def _build(config: Config, store: Store, tell: Callable[[str], None]) -> None:
    from pipeline.stages import make

    start = time.monotonic()
    made = make.make(config, store, progress=Progress("translating"))
    for path in made.catalogs:
        tell(f"changed {config.shown(path)}")
    _say_drafted(made.drafted)
    built = made.published
    _say_faults(made.rejected, made.warnings, built.findings, tell)
    seconds = time.monotonic() - start
    tell(
        f"{built.pages} pages in {config.shown(config.folders.output)}/: {built.changed} files written, "
        f"{built.removed} removed, {seconds:.1f} s"
    )


def _say_faults(
    rejected: int, warnings: int, broken: tuple[Finding, ...], tell: Callable[[str], None]
) -> None:
    from pipeline import report

    if broken:
        tell(report.text(broken).rstrip())
    if rejected:
        tell(f"{rejected} translations rejected: readers see the original there; see: tvilling check")
    if warnings:
        tell(f"{warnings} warnings; see: tvilling check")


def serve(options: Namespace) -> int:
    """`tvilling serve`."""
    from pipeline import config as configuration
    from pipeline import serve
    from pipeline.stages import make

    config = _config(options)
    folders = config.folders
    with make.store(config) as store:
        serve.serve(
            lambda: _build(_config(options), store, say),
            folders.output,
            [folders.sources, folders.locale, folders.templates, config.root / configuration.NAME],
            port=options.port,
            say=say,
            base=config.site.base,
        )
    return 0


def models(options: Namespace) -> int:
    """`tvilling models`."""
    from pipeline import engines, models
    from pipeline.errors import UsageError

    setup = engines.Setup.of(_config(options))
    needs_name = options.action in ("show", "remove") or (options.action == "install" and not options.file)
    if needs_name and not options.name:
        remedy = f"as in: tvilling models {options.action} en-sv"
        raise UsageError("which model?", name="usage", remedy=remedy)
    if options.action == "install":
        if options.file:
            say(f"installed {models.install_file(options.file, setup)}")
        else:
            source, _, target = options.name.replace("_", "-").partition("-")
            say(f"installed {models.install(source, target, setup, progress=Progress('downloading'))}")
    elif options.action == "remove":
        say(f"removed {models.remove(options.name, setup)}")
    elif options.action == "show":
        say(str(models.show(options.name, setup)))
    elif options.action == "available":
        for offer in models.offers():
            say(str(offer))
    else:
        listed = models.listed(setup)
        for model in listed:
            say(str(model))
        if not listed:
            say("no model yet; see what there is with: tvilling models available")
    return 0


def review(options: Namespace) -> int:
    """`tvilling review`."""
    from pipeline import glossary, review
    from pipeline.review.disk import Loaded
    from pipeline.review.guard import Secrets
    from pipeline.site import bundled
    from pipeline.stages import ask, project, update

    config = _config(options)
    folders = config.folders

    def load() -> Loaded:
        current = project.load(config)
        terms = glossary.read(folders.locale / "glossary.csv", config.root)
        return Loaded(current.articles, current.catalogs, terms)

    def refresh() -> None:
        project.write(update.update(project.load(config)))

    refresh()
    secrets = Secrets()
    templates = [folders.templates, bundled()]
    draft = ask.drafter(config) if ask.machines(config) else None
    application = review.app(config, load, templates, secrets=secrets, update=refresh, draft=draft)
    review.run(application, secrets, port=options.port, open_browser=options.browser, say=say)
    return 0


def import_(options: Namespace) -> int:
    """`tvilling import`."""
    from pipeline.stages import exchange, project, update

    current = update.update(_load(options))
    for path in options.files:
        current, taken = exchange.take(current, path, article=options.article, reviewed=options.reviewed)
        say(f"{path}: {taken.taken} taken, {taken.kept} kept as reviewed here, {len(taken.unknown)} unknown")
        for entry in taken.unknown[:SHOWN]:
            say(f"    {entry.place}: no such entry here: {entry.source[:70]}")
        if len(taken.unknown) > SHOWN:
            say(f"    and {len(taken.unknown) - SHOWN} more")
    project.write(current)
    return 0


def export(options: Namespace) -> int:
    """`tvilling export`."""
    from pipeline import files, interchange
    from pipeline.stages import exchange, project

    loaded = _load(options)
    names = project.choose(loaded, options.articles)
    ending = options.output.suffix.lower() if options.output else ""
    shape = options.shape or interchange.ENDINGS.get(ending, "po")
    text = exchange.export(loaded, names, exchange.Wanted(options.lang, options.state, shape, options.part))
    if options.output:
        files.write_text(options.output.resolve(), text, options.folder.resolve())
    else:
        sys.stdout.write(text)
    return 0


def merge_driver(options: Namespace) -> int:
    """`tvilling merge-driver`: 1 if entries conflict, as git expects."""
    from pipeline.stages import exchange

    return int(exchange.merge_files(options.base, options.ours, options.theirs) > 0)


class Progress:
    """How far long work is: a line that is written over on a terminal, a line now and then elsewhere."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.start = self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` are finished."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if done < total and now - self.said < (0.1 if terminal else 10):
            return
        if done >= total and not terminal and now - self.start < 10:
            return
        self.said = now
        rate = done / max(now - self.start, 1e-6)
        left = (total - done) / rate if rate else 0
        line = f"{self.what}: {done} of {total}, {rate:.0f}/s, {left:.0f} s left"
        if terminal:
            sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if done >= total else ""))
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()
