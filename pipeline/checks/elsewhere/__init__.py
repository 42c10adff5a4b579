"""Faults that other stages find in articles and catalogs; here are their manuals, for `explain`."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Severity


@dataclass(frozen=True, slots=True)
class Page:
    """The manual of one fault."""

    name: str
    severity: Severity
    remedy: str
    manual: str


PAGES = {
    page.name: page
    for page in (
        Page(
            "broken-link",
            Severity.ERROR,
            "correct the address: the article's file name, as other.md, and the id of a block after #",
            "A link leads to an article, a block or a file that is not there.\n\n"
            "Links between articles name the file, and Tvilling finds its address in the reader's language. "
            "What\nfollows # is the id of a heading or of another block, the same in both languages: "
            "`## Heading {#id}` gives one.\nThe finding points to the article, or to the translation, if only "
            "that has the link.",
        ),
        Page(
            "catalog-mismatch",
            Severity.ERROR,
            "run `tvilling update`, then review what it marks as stale",
            "A catalog has not the texts of its article.\n\n"
            "An editor has changed an original in the catalog, or a merge has gone wrong.  No word is lost: "
            "the next\n`tvilling update` puts the article's texts in and keeps the translations beside them.",
        ),
        Page(
            "former-address-taken",
            Severity.WARNING,
            "give the other article another slug, or take the address out of `aliases`, or the line "
            "`# address: …`\nout of the slug's entry",
            "A former address of an article leads to another one.\n\n"
            "Former addresses are those in `aliases`, and those that a translation had before its slug changed. "
            "Each\nredirects to the article, unless a page stands there now, or another article has the same "
            "former address and\ncomes first.  Then who follows an old link meets an article that it was not "
            "made for.",
        ),
        Page(
            "slug-taken",
            Severity.ERROR,
            "give one of the two another slug",
            "Two articles want the same address in one language, or one wants that of a page of the site.\n\n"
            "The one whose original is in that language keeps it; the other one is served under its file's "
            "name.",
        ),
        Page(
            "unknown-code",
            Severity.WARNING,
            "put the code of the source there in the tool that wrote the file, or correct the text here",
            "A file from another tool has an inline code that nothing in the file explains.\n\n"
            "Markup travels to other tools as codes with numbers.  A tool that gives a code a number of its own, "
            "or\nmakes a new one, must say what it stands for.  The tag stays in the text, so that no word is "
            "lost, and the\nchecks of markup reject it.",
        ),
    )
}
