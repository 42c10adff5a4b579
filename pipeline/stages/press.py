"""The output folder is made to hold the files of a site."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from pipeline import files
from pipeline.errors import FileError
from pipeline.model import Place
from pipeline.site import Proof, Sheet
from pipeline.site.proof import Ahead
from pipeline.stages.seen import Seen, tree
from pipeline.stages.whole import MANIFEST, Files, Published
from pipeline.store import Store, digest


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that a sheet made: it waits to be put in place, or stands there already."""

    path: str
    content: bytes
    """Its hash."""
    met: bytes | None = None
    """What the next run may count on, where it stands there."""
    is_aside: bool = False


NONE = dict[bytes, Files]()
Stage = Callable[[Sheet], Sequence[Laid]]
Share = Callable[[Sequence[Sheet], Stage], Iterator[Sequence[Laid]]]


def one_by_one(sheets: Sequence[Sheet], stage: Stage) -> Iterator[Sequence[Laid]]:
    """All sheets made in this process."""
    return map(stage, sheets)


def publish(  # noqa: PLR0913  # each is a seam of its own
    sheets: Sequence[Sheet],
    site: bytes,
    output: Path,
    *,
    seen: Seen,
    store: Store,
    shared: Share = one_by_one,
    ahead: Ahead | None = None,
    last: Mapping[bytes, Files] = NONE,
) -> Published:
    """Make the folder `output` hold the files of `sheets`, and none that earlier calls put there.

    `site` is the hash of what all sheets have in common, `last` what the last call made.  A sheet that has
    been made before is not made again, a file that holds already what it should is not touched, and all are
    made before the first one is put in its place: a template's fault changes nothing.  What somebody else put
    there stays; an error where it is in the way.
    """
    keys = [digest("sheet", site, repr(sheet.inputs)) for sheet in sheets]
    known = {key: last[key] for key in keys if key in last}
    known |= store.several(key for key in keys if key not in known)
    store.used.update(keys)
    waiting = _waiting(keys, sheets, known, seen, output)
    goes_on = ahead(Proof(digest(*keys).hex(), dict(waiting))) if ahead else None
    with _staged(store, seen.root) as folder:
        press = _Press(output, folder, seen)
        missing = {
            key: sheet
            for key, sheet in zip(keys, sheets, strict=True)
            if key not in known or not press.holds(known[key])
        }
        laid = shared(list(missing.values()), press.stage)
        new = dict[bytes, Files]()
        for key, made in zip(missing, laid, strict=True):
            new[key] = press.lay(made)
            if goes_on:
                goes_on()
        store.keep({key: made for key, made in new.items() if made != known.get(key)})
        all_ = {key: new[key] if key in new else known[key] for key in keys}
        for found in all_.values():
            press.take(found)
        removed = press.finish()
    return Published(all_, press.outputs[MANIFEST], len(press.staged), removed)


def _waiting(
    keys: Iterable[bytes], sheets: Iterable[Sheet], known: Mapping[bytes, Files], seen: Seen, output: Path
) -> Iterator[tuple[str, Sheet]]:
    """The sheets that the last run did not leave in the output folder, by the paths of their files."""
    for key, sheet in zip(keys, sheets, strict=True):
        if key not in known or any(seen.left(f"{output}{os.sep}{path}") != it for path, it in known[key]):
            yield from ((path, sheet) for path in sheet.paths)


@contextmanager
def _staged(store: Store, root: Path) -> Iterator[Path]:
    """A folder for finished files, on the disk of the project."""
    parent = store.folder if store.folder and store.folder.is_dir() else root
    try:
        folder = Path(tempfile.mkdtemp(prefix="staged-", dir=parent))
    except OSError as error:
        raise files.unwritable(error, parent, root) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class _Press:
    """The output folder, while it is brought up to date."""

    output: Path
    folder: Path
    seen: Seen
    outputs: dict[str, bytes] = field(default_factory=dict)
    """Path → hash of all that will stand there."""
    staged: dict[str, bytes] = field(default_factory=dict)

    def holds(self, made: Files) -> bool:
        """Do all these files hold already what they should?"""
        return all(self.seen.stands(f"{self.output}{os.sep}{path}") == content for path, content in made)

    def stage(self, sheet: Sheet) -> list[Laid]:
        """Make a sheet's files, and lay those aside that the folder does not hold yet; `self` stays as it is."""
        made = []
        for path, content in sheet.make():
            data = content if isinstance(content, bytes) else content.encode()
            found, file = digest(data), self.output / path
            if file.is_file():
                if self.seen.digest(file) == found:
                    made.append(Laid(path, found, self.seen.met.get(str(file))))
                    continue
                self.seen.met.pop(str(file), None)  # only what builds wrote is remembered of this folder
            aside = self.aside(path)
            try:
                aside.write_bytes(data)
            except OSError as error:
                raise files.unwritable(error, file, self.seen.root) from error
            made.append(Laid(path, found, is_aside=True))
        return made

    def aside(self, path: str) -> Path:
        """Where a file waits until all are made."""
        return self.folder / digest(path).hex()

    def lay(self, sheet: Sequence[Laid]) -> Files:
        """Remember what was laid aside, here or in another process."""
        for file in sheet:
            if file.is_aside:
                self.staged[file.path] = file.content
            elif file.met:
                self.seen.met[str(self.output / file.path)] = file.met
        return tuple((file.path, file.content) for file in sheet)

    def take(self, made: Files) -> None:
        """Count a sheet's files as the site's; an error if another sheet has one of them."""
        for path, found in made:
            if path in self.outputs:
                raise FileError(
                    "two parts of the site want this file",
                    place=Place(files.shown(self.output / path, self.seen.root)),
                    name="same-output",
                    remedy="rename the file beside the articles, the article or its address that leads there",
                )
            self.outputs[path] = found

    @cached_property
    def before(self) -> Set[str]:
        """What stood there; of hidden files (`.git`, `.nojekyll`) only the manifest is the site's."""
        try:
            return {path for path, _ in tree(self.output) if "/." not in f"/{path}" or path == MANIFEST}
        except OSError as error:
            raise files.unwritable(error, self.output, self.seen.root) from error

    def finish(self) -> int:
        """Put the new files in their places; how many old ones were removed."""
        listed = _listed(self.outputs)
        self.outputs[MANIFEST] = digest(listed)
        first, last = (set[str](), set[str]()) if self.is_same_list() else self.gone()
        self.remove(first)
        for path, found in self.staged.items():
            files.move(self.aside(path), self.output / path, self.seen.root)
            self.seen.wrote(self.output / path, found)
        self.remove(last)
        self.write_manifest(listed)
        return len(first) + len(last)

    def is_same_list(self) -> bool:
        """Does a file stand in each place already, and no other one of ours?"""
        if self.seen.stands(str(self.output / MANIFEST)) != self.outputs[MANIFEST]:
            return False
        places = (self.output / path for path in self.staged)
        return all(place.is_file() and place.resolve() == place for place in places)

    def gone(self) -> tuple[Set[str], Set[str]]:
        """What of ours has to go, before and after new files are put in place."""
        ours = self.ours()
        if foreign := self.in_the_way(self.before - ours):
            raise FileError(
                "the site needs this place, and no build is known to have written what stands there",
                place=Place(files.shown(self.output / min(foreign), self.seen.root)),
                name="foreign-output",
                remedy="move it away, or name another folder in tvilling.toml: [folders] output = …",
            )
        if not ours >= self.outputs.keys():
            # Whatever a build that is stopped from here on leaves, the next one knows.
            self.write_manifest(_listed(ours | self.outputs.keys()))
        gone = ours - self.outputs.keys()
        first = self.in_the_way(gone)
        return first, gone - first

    def ours(self) -> Set[str]:
        """What stands there and was written by earlier builds, as the manifest says, or the last build here.

        Without a manifest, most of the site stands there only if an older version of this program wrote it.
        """
        there = self.before & self.outputs.keys()
        listed = there if 2 * len(there) > len(self.outputs) else set[str]()
        if MANIFEST in self.before:
            manifest = self.output / MANIFEST
            if self.seen.stands(str(manifest)) == self.outputs[MANIFEST]:
                return there
            text = files.read_bytes(manifest, self.seen.root).decode("utf-8", "replace")
            listed = {MANIFEST, *(line.rstrip("\r") for line in text.split("\n"))}
        known = (path for path in self.before if f"{self.output}{os.sep}{path}" in self.seen.known)
        return self.before & listed.union(known)

    def in_the_way(self, paths: Set[str]) -> Set[str]:
        """Those of `paths` that stand where a file or a folder of the site has to."""
        if not paths:
            return paths
        taken = self.staged.keys() | {folder for path in self.outputs for folder in _folders(path)}
        return {path for path in paths if path in taken or not self.outputs.keys().isdisjoint(_folders(path))}

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and the folders that become empty."""
        try:
            for path in paths:
                (self.output / path).unlink()
        except OSError as error:
            raise files.unwritable(error, self.output, self.seen.root) from error
        for folder in sorted({each for path in paths for each in _folders(path)}, reverse=True):
            with suppress(OSError):
                (self.output / folder).rmdir()

    def write_manifest(self, listed: bytes) -> None:
        """Make the manifest say this."""
        manifest = self.output / MANIFEST
        if manifest.is_file() and self.seen.digest(manifest) == digest(listed):
            return
        files.write_bytes(manifest, listed, self.seen.root)
        self.seen.wrote(manifest, digest(listed))


def _listed(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths) if path != MANIFEST).encode("utf-8", "replace")


def _folders(path: str) -> Iterator[str]:
    """The folders that `path` is in.

    >>> list(_folders("en/cramp/index.html"))
    ['en', 'en/cramp']
    """
    return accumulate(path.split("/")[:-1], "{}/{}".format)
