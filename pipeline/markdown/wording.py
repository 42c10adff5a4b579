"""Is there anything in it for a translator?"""

from __future__ import annotations

import re

WORDS = re.compile(r"[^\W\d_]|\d[\s.,:]\d|\d\s*[%‰$€£¥]|[$€£¥]\s*\d")
HIDDEN = re.compile(r"(?is)<!--.*?(?:-->|$)|<(script|style|pre|textarea)\b.*?(?:</\1\s*>|$)|<[^>]*>|&#?\w+;")
SAID = re.compile(
    r"""(?is)\b(?:alt|title|aria-label|placeholder)\s*=\s*(?:"[^"]*[^\W\d_]|'[^']*[^\W\d_]|[^\W\d_])"""
)


def has_words(text: str) -> bool:
    """Letters, or a figure that is written in the manner of a language, as 0.7 or 12%; not 12 alone, nor 1–2."""
    return WORDS.search(text) is not None


def html_has_words(html: str) -> bool:
    """Words between the tags, or in an attribute that is read out; scripts and <pre> have none."""
    return has_words(HIDDEN.sub(" ", html)) or SAID.search(html) is not None
