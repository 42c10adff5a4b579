from __future__ import annotations

import pytest

from pipeline import glossary
from pipeline.errors import CatalogError
from pipeline.model import Term

HEADER = "english,swedish,note,do_not_translate,forbidden\n"


def test_a_row_is_a_term() -> None:
    row = 'cramp,kramp,"a note, with a comma",,sv:spasm; en:spasm\nEFSA,EFSA,,yes,\n'
    assert glossary.parse(HEADER + row, "g.csv") == (
        Term("cramp", "kramp", "a note, with a comma", keep=False, forbidden=("sv:spasm", "en:spasm")),
        Term("EFSA", "EFSA", keep=True),
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a,b\n", 1),
        (HEADER + "a,b\n", 2),
        (HEADER + "a,,,,\n", 2),
        (HEADER + "a,b,,,\na,b,,no,\n", 3),
        (HEADER + 'a,"b"x,,,\n', 2),
    ],
)
def test_a_broken_row_is_an_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(CatalogError, match=rf"^g\.csv:{line}: error: "):
        glossary.parse(text, "g.csv")
