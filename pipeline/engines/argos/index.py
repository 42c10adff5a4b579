"""Argos Translate's package index, and downloads from it that go on where they stopped."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.engines.argos import library, packages
from pipeline.errors import EngineError
from pipeline.model import Place

VARIABLE = "ARGOS_PACKAGE_INDEX"
FILE = "index.json"
TIMEOUT = 30
BLOCK = 1 << 16
TRIES = 4
FAULTS = (OSError, http.client.HTTPException)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that the index has."""

    name: str
    source_lang: str
    target_lang: str
    version: str
    links: tuple[str, ...]
    sha256: str = ""

    def __str__(self) -> str:
        return f"{self.name}  {self.source_lang} → {self.target_lang}  version {self.version}"


def offers(index: str = "") -> tuple[Offer, ...]:
    """The translation packages of the index: `index`, or ARGOS_PACKAGE_INDEX, or Argos Translate's own."""
    address = _address(index)
    try:
        with _opened(address, {}) as response:
            data = json.load(response)
        if not isinstance(data, list):
            raise ValueError("it is not a list")  # noqa: TRY004, TRY301  # a fault as any other
    except (*FAULTS, ValueError) as error:
        raise EngineError(
            f"the package index cannot be read: {_reason(error)}",
            place=Place(address),
            name="no-index",
            remedy=f"check the network, or name another index in {VARIABLE}; "
            "a package file is installed by: tvilling models install --from FILE",
        ) from error
    found = (_offer(item) for item in data)
    return tuple(sorted((offer for offer in found if offer), key=lambda offer: offer.name))


def _address(index: str) -> str:
    base = index or os.environ.get(VARIABLE) or library.package().settings.package_index
    return base if base.endswith(".json") else f"{base.rstrip('/')}/{FILE}"


def _offer(item: Any) -> Offer | None:
    """One row of the index; None for what is no translation package or cannot be had."""
    if not isinstance(item, dict) or item.get("type", "translate") != "translate":
        return None
    pair = (item.get("from_code"), item.get("to_code"))
    links = tuple(link for link in item.get("links") or () if str(link).startswith(("http://", "https://")))
    if not all(isinstance(code, str) and code for code in pair) or not links:
        return None
    source, target = map(str, pair)
    name = str(item.get("code") or f"translate-{source}_{target}")
    return Offer(
        name, source, target, str(item.get("package_version", "")), links, str(item.get("sha256", ""))
    )


def fetch(offer: Offer, folder: Path, progress: Progress) -> Path:
    """The offer's file in `folder`; what an earlier try left there is gone on with."""
    digest = hashlib.blake2s("\0".join((*offer.links, offer.version)).encode(), digest_size=6).hexdigest()
    part = folder / f"{offer.source_lang}_{offer.target_lang}-{digest}.part"
    faults = []
    for link in offer.links * TRIES:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _download(link, part, progress)
        except urllib.error.HTTPError as error:
            faults.append(f"{link}: {_reason(error)}")
            continue
        except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
            faults.append(f"{link}: {_reason(error)}")
            continue
        except OSError as error:
            raise EngineError(
                f"cannot be written: {error.strerror or error}",
                place=Place(str(part)),
                name="cannot-write",
                remedy="check the folder's permissions and the free space, then run again",
            ) from error
        _check(part, offer)
        file = part.with_suffix(packages.SUFFIX)
        part.replace(file)
        return file
    raise EngineError(
        f"the package {offer.name} cannot be downloaded",
        place=Place(offer.links[0]),
        name="no-download",
        evidence="\n".join(dict.fromkeys(faults)),
        remedy="check the network and run again: it goes on where it stopped",
    )


def _download(link: str, part: Path, progress: Progress) -> None:
    """Fetch the rest of `part`.  A server that cannot serve a rest sends the whole."""
    have = part.stat().st_size if part.exists() else 0
    try:
        response = _opened(link, {"Range": f"bytes={have}-"} if have else {})
    except urllib.error.HTTPError as error:
        if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        if error.headers.get("Content-Range", "").endswith(f"/{have}"):
            return  # it is all there
        part.unlink()
        have, response = 0, _opened(link, {})
    with response:
        have = have if response.status == http.client.PARTIAL_CONTENT else 0
        total = have + int(response.headers.get("Content-Length") or 0)
        with part.open("ab" if have else "wb") as file:
            while block := response.read(BLOCK):
                file.write(block)
                have += len(block)
                progress(have, total)
    if have < total:
        raise http.client.IncompleteRead(b"", total - have)


def _check(part: Path, offer: Offer) -> None:
    """What does not fit the index's checksum is thrown away: going on with it would be of no use."""
    if not offer.sha256:
        return
    with part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != offer.sha256.lower():
        part.unlink()
        raise EngineError(
            "the download is not what the index promises",
            place=Place(offer.links[0]),
            name="bad-checksum",
            evidence=f"SHA-256 in the index: {offer.sha256}\nSHA-256 of the file: {found}",
            remedy="run again; if it stays so, do not use this package",
        )


def _opened(address: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    if not address.startswith(("http://", "https://")):
        raise urllib.error.URLError("not a web address")
    request = urllib.request.Request(address, headers={"User-Agent": "tvilling", **headers})  # noqa: S310  # checked
    response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)  # noqa: S310  # as above
    return response


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code} {error.reason}"
    return str(getattr(error, "reason", error) or type(error).__name__)
