"""What stops a run.

    PipelineError          the command line shows it and exits with 2
    ├── ConfigError        tvilling.toml
    ├── FileError          a file or folder that cannot be read or written
    ├── ArticleError       source_texts/
    ├── CatalogError       locale/
    ├── EngineError        models and translation servers
    ├── TemplateError      templates/
    ├── SearchError        the index of the site's search
    └── UsageError         the command line itself

Faults in content are `model.Finding`s and never raised.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import NOWHERE, Phrase, Place

ERROR, REMEDY = Phrase("error"), Phrase("remedy")


class PipelineError(Exception):
    """Stops the run: what is wrong and where, what was seen, and what to do about it.

    `name` is the fault's short name, as `unknown-language`; `evidence` is shown indented under the
    message, `remedy` after it.
    """

    def __init__(
        self, message: str, *, place: Place = NOWHERE, name: str, evidence: str = "", remedy: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.name = name
        self.evidence = evidence
        self.remedy = remedy

    def __str__(self) -> str:
        return self.told(str)

    def told(self, say: Callable[[str], str]) -> str:
        """All of it, its phrases as `say` says them."""
        where = f"{self.place}: " if self.place.path else ""
        lines = [f"{where}{say(ERROR)}: {say(self.message)} [{self.name}]"]
        lines += [f"    {line}" for line in say(self.evidence).splitlines()]
        if self.remedy:
            lines.append(f"    {say(REMEDY)}: {say(self.remedy)}")
        return "\n".join(lines)


class ConfigError(PipelineError):
    """tvilling.toml cannot be used."""


class FileError(PipelineError):
    """A file or folder cannot be read or written."""


class ArticleError(PipelineError):
    """An article cannot be split."""


class CatalogError(PipelineError):
    """A catalog or the glossary cannot be read."""


class EngineError(PipelineError):
    """A model or a translation server cannot be used."""


class TemplateError(PipelineError):
    """A template cannot be rendered."""


class SearchError(PipelineError):
    """The index of the site's search cannot be made."""


class UsageError(PipelineError):
    """The command line asks for something that does not exist."""
