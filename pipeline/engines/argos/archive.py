"""A `.argosmodel` file is a zip archive of one folder; unpacked whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pipeline.errors import EngineError
from pipeline.model import Phrase, Place

METADATA = "metadata.json"
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # an unknown way of packing
    RuntimeError,  # encrypted
    ValueError,
)

UNREAD = Phrase("cannot be read")


@contextmanager
def unpacked(file: Path, target: Path) -> Iterator[Path]:
    """What `file` packs, in a folder beside `target`; moved there at the end of the block.

    So no half package is ever seen in `target`.  A folder that stood there is replaced.
    """
    with (
        _faults(file, Phrase("cannot be unpacked into {folder}", folder=str(target.parent))),
        _beside(target) as stage,
    ):
        with zipfile.ZipFile(file) as archive:
            root = _root(archive, file)
            _check_space(archive, stage, file)
            for member in archive.infolist():
                _extract(archive, member, root, stage / "new")
        yield stage / "new"
        _put(stage / "new", target, stage / "old")


def _put(new: Path, target: Path, old: Path) -> None:
    """Move `new` to `target`; what stood there is moved away first, and comes back if that fails."""
    if not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:  # Ctrl-C too must not leave the place empty
        old.rename(target)
        raise


def remove(folder: Path) -> None:
    """Remove a package's folder."""
    with _faults(folder, Phrase("cannot be removed")):
        shutil.rmtree(folder)


def folder_name(file: Path) -> str:
    """The name of the one folder that `file` packs; the file's own name if it packs none."""
    with _faults(file, UNREAD), zipfile.ZipFile(file) as archive:
        return _root(archive, file).name or file.stem


def digest(file: Path) -> str:
    """Sixteen hex digits of the whole file."""
    with _faults(file, UNREAD), file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.blake2s(digest_size=8)).hexdigest()


@contextmanager
def _faults(file: Path, failed: Phrase) -> Iterator[None]:
    """What zipfile and the disk may raise, as errors for users."""
    place = Place(str(file))
    try:
        yield
    except BROKEN as error:
        raise EngineError(
            Phrase("not a sound zip archive"),
            place=place,
            name="corrupt-package",
            evidence=str(error),
            remedy=Phrase("get the file once more: it is damaged or was never an Argos package"),
        ) from error
    except OSError as error:
        raise EngineError(
            Phrase("{failed}: {reason}", failed=failed, reason=error.strerror or str(error)),
            place=place,
            name="cannot-unpack",
            remedy=Phrase("check the file, the folder's permissions and the free space, then run again"),
        ) from error


def _root(archive: zipfile.ZipFile, file: Path) -> PurePosixPath:
    """The folder in the archive that holds the metadata; every member is checked first."""
    for member in archive.infolist():
        _check(member, file)
    found = [PurePosixPath(name) for name in archive.namelist() if PurePosixPath(name).name == METADATA]
    shallow = [path.parent for path in found if len(path.parts) <= 2]
    if len(shallow) != 1:
        raise EngineError(
            _heads(len(shallow)),
            place=Place(str(file)),
            name="not-a-package",
            remedy=Phrase("choose an .argosmodel file"),
        )
    return shallow[0]


def _heads(count: int) -> Phrase:
    if count:
        return Phrase("the archive has {count} {file} at its head", count=count, file=METADATA)
    return Phrase("the archive has no {file} at its head", file=METADATA)


def _check(member: zipfile.ZipInfo, file: Path) -> None:
    """A member that would leave the folder, or be a link, makes the whole archive suspect."""
    path = PurePosixPath(member.filename)
    mode = member.external_attr >> 16
    leaves = path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename
    is_special = stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
    if leaves or is_special or "\0" in member.filename:
        raise EngineError(
            Phrase("a member of the archive would be written outside its folder"),
            place=Place(str(file)),
            name="hostile-package",
            evidence=repr(member.filename),
            remedy=Phrase("do not use this file; get the package from a source you trust"),
        )


def _check_space(archive: zipfile.ZipFile, stage: Path, file: Path) -> None:
    """Fail before, not half-way: the sizes that the archive states are held to while unpacking."""
    needed = sum(member.file_size for member in archive.infolist())
    free = shutil.disk_usage(stage).free
    if needed > free:
        raise EngineError(
            Phrase(
                "unpacked, the package needs {needed} MB; {free} MB are free",
                needed=needed >> 20,
                free=free >> 20,
            ),
            place=Place(str(file)),
            name="disk-full",
            remedy=Phrase("free some space, then run again"),
        )


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, root: PurePosixPath, into: Path) -> None:
    path = PurePosixPath(member.filename)
    if member.is_dir() or not path.is_relative_to(root):
        return
    place = into / path.relative_to(root)
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, place.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder on the same disk, gone at the end.

    Not among the packages if it can be helped: Argos Translate's tools fail on a half one.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    outer = target.parent.parent
    fits = os.access(outer, os.W_OK) and outer.stat().st_dev == target.parent.stat().st_dev
    with tempfile.TemporaryDirectory(dir=outer if fits else target.parent, prefix=".unpacking-") as stage:
        yield Path(stage)
