"""list, install or remove translation models"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.commands.spoken import Progress, config_of, say


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "action",
        nargs="?",
        default="list",
        choices=["list", "available", "show", "install", "remove"],
        help="(default: %(default)s)",
    )
    parser.add_argument("name", nargs="?", default="", help="a direction, as en-sv, or a model's name")
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="install this .argosmodel file"
    )


def run(options: Namespace) -> int:
    """Run it."""
    from pipeline import engines, models
    from pipeline.errors import UsageError

    setup = engines.Setup.of(config_of(options))
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
