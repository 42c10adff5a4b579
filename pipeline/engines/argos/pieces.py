"""A package's own tokenizer, and what its pieces say about which words come from which.

SentencePiece is decoded here and not by argostranslate, which turns every underscore into a space
and so breaks `{first_name}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.engines import Answer, Piece
from pipeline.engines.argos.packages import Package
from pipeline.errors import EngineError
from pipeline.model import Phrase, Place

SPACE = "▁"
CLEAR = 0.2
"""Attention under this looks at nothing in the sentence: at its end, mostly."""


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Text ↔ pieces."""

    argos: Any
    """argostranslate's tokenizer of the package."""
    processor: Any = None
    """The SentencePiece processor in it; None for other tokenizers."""

    @classmethod
    def of(cls, package: Package) -> Tokenizer:
        """The tokenizer of `package`; a file that cannot be read is an error."""
        argos = package.argos.tokenizer
        try:
            if hasattr(argos, "lazy_processor"):
                return cls(argos, argos.lazy_processor())
            argos.lazy_load()
        except (OSError, RuntimeError, ValueError) as error:
            raise EngineError(
                Phrase("the tokenizer of {name} cannot be loaded", name=package.name),
                place=Place(str(package.path)),
                name="broken-model",
                evidence=str(error),
                remedy=Phrase("install the package anew: tvilling models install --from FILE"),
            ) from error
        return cls(argos)

    def encode(self, text: str) -> list[str]:
        """The pieces of `text`."""
        if self.processor is None:
            return list(self.argos.encode(text)) if text.strip() else []
        return list(self.processor.encode(text, return_type=str))

    def holds(self, pieces: Sequence[str]) -> bool:
        """Is each of them one piece?"""
        if self.processor is None:
            return False
        unknown = self.processor.unk_id()
        return all(self.processor.piece_to_id(piece) != unknown for piece in pieces)

    def decode(
        self, question: str, pieces: Sequence[str], attention: Sequence[Sequence[float]], prefix: str
    ) -> Answer:
        """The text of `pieces`, with where each comes from in `question`."""
        if prefix and pieces and pieces[0] == prefix:
            return self.decode(question, pieces[1:], attention[1:], "")
        if self.processor is None:
            return Answer(self.argos.decode(list(pieces)).strip())
        text = self._text(pieces)
        return Answer(text, tuple(self._pieces(question, text, pieces, attention)) if attention else ())

    def _pieces(
        self, question: str, text: str, pieces: Sequence[str], attention: Sequence[Sequence[float]]
    ) -> Iterator[Piece]:
        spans = self.processor.encode(question, return_type="offset_mapping")["offsets"]
        start = 0
        for i, row in enumerate(attention):
            end = max(start, min(len(text), len(self._text(pieces[: i + 1]))))
            peak = max(range(len(spans)), key=lambda j: row[j])
            if end > start and row[peak] > CLEAR:
                yield _trimmed(text, question, (start, end, *spans[peak]))
            start = end

    def _text(self, pieces: Sequence[str]) -> str:
        decoded: str = self.processor.decode_pieces(list(pieces))
        return decoded.replace(SPACE, " ").lstrip(" ").rstrip(" \n")


def _trimmed(text: str, question: str, piece: Piece) -> Piece:
    """`piece` without the spaces at the head of its two stretches."""
    start, end, source_start, source_end = piece
    while start < end and text[start].isspace():
        start += 1
    while source_start < source_end and question[source_start].isspace():
        source_start += 1
    return (start, end, source_start, source_end)
