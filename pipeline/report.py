"""Findings for people (text), for scripts (JSON lines) and for code hosts (SARIF 2.1.0)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import quote

from pipeline import __version__, checks
from pipeline.model import Finding, Severity

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def text(findings: Collection[Finding]) -> str:
    """Each finding with its evidence and remedy, then how many each article has."""
    blocks = [block(finding) for finding in findings]
    return "\n".join([*blocks, *_summary(findings)]) + "\n"


def json_lines(findings: Collection[Finding]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(_plain(finding), ensure_ascii=False) + "\n" for finding in findings)


def sarif(findings: Collection[Finding]) -> str:
    """A SARIF log with one run."""
    names = sorted({finding.check for finding in findings} | set(checks.KNOWN))
    driver = {"name": "tvilling", "version": __version__, "rules": [_rule(name, findings) for name in names]}
    results = [_result(finding, names.index(finding.check)) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def counts(findings: Collection[Finding]) -> dict[tuple[str, str], Counter[Severity]]:
    """(article, language) → how many findings of each severity, in the order of first sight."""
    found: dict[tuple[str, str], Counter[Severity]] = {}
    for finding in findings:
        found.setdefault((finding.article, finding.lang), Counter())[finding.severity] += 1
    return found


def block(finding: Finding) -> str:
    """One finding with its evidence and remedy."""
    where = f"{finding.place}: " if finding.place.path else ""
    lines = [f"{where}{finding.severity}: {_visible(finding.message)} [{finding.check}]"]
    pairs = (("source", finding.source), ("target", finding.target), ("remedy", finding.remedy))
    lines += [f"    {name}: {_visible(value)}" for name, value in pairs if value]
    return "\n".join(lines)


def _summary(findings: Collection[Finding]) -> Iterator[str]:
    if not findings:
        yield "no faults found"
        return
    yield ""
    for (article, lang), found in counts(findings).items():
        name = f"{article} ({lang})" if lang else article or "elsewhere"
        yield f"{name}: {_number(found[Severity.ERROR], 'error')}, {_number(found[Severity.WARNING], 'warning')}"


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _visible(value: str) -> str:
    """`value` on one line, with nothing in it that a terminal obeys."""
    return UNSEEN.sub(lambda found: "\\n" if found[0] == "\n" else f"\\u{ord(found[0]):04x}", value)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": _encodable(finding.message),
        "path": finding.place.path,
        "line": finding.place.line,
        "article": finding.article,
        "lang": finding.lang,
        "source": _encodable(finding.source),
        "target": _encodable(finding.target),
    }


def _encodable(value: str) -> str:
    """Without lone surrogates, which UTF-8 cannot hold."""
    return value.encode("utf-8", "replace").decode("utf-8")


def _rule(name: str, findings: Collection[Finding]) -> dict[str, Any]:
    known = checks.KNOWN.get(name)
    if known:
        first, _, rest = known.manual.partition("\n")
        manual, remedy, severity = (first, rest.strip() or first), known.remedy, known.severity
    else:
        one = next(finding for finding in findings if finding.check == name)
        manual, remedy, severity = (name, name), one.remedy, one.severity
    rule: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": manual[0]},
        "fullDescription": {"text": manual[1]},
        "defaultConfiguration": {"level": severity.value},
    }
    return rule | ({"help": {"text": remedy}} if remedy else {})


def _result(finding: Finding, index: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.place.path)}}
    if finding.place.line:
        place["region"] = {"startLine": finding.place.line}
    evidence = f"\nsource: {finding.source}\ntarget: {finding.target}" if finding.source else ""
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": _encodable(finding.message + evidence)},
    }
    return result | ({"locations": [{"physicalLocation": place}]} if finding.place.path else {})
