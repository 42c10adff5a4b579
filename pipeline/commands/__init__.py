"""What each command does, one file a command: its first line is its help.

`arguments(parser)` adds its options, `run(options)` calls stages in their order, says what came of it and
returns the exit code.  Heavy modules are imported inside.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

NAMES = (
    "init", "update", "translate", "evaluate", "check", "review", "status", "build", "serve", "models", "explain",
    "import", "export", "merge-driver",
)  # fmt: skip
"""In the order of the day."""


def named(name: str) -> ModuleType:
    """The command of that name."""
    return import_module(f"{__name__}.{name.replace('-', '_') if name != 'import' else 'import_'}")
