"""Files are opened here and nowhere else in the middle of the pipeline.

Text is UTF-8 with its line ends and byte order mark kept; a file is replaced whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.errors import FileError
from pipeline.model import Phrase, Place


def shown(path: Path, root: Path) -> str:
    """`path` as a user of the project in `root` would type it."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def own_folder() -> Path | None:
    """The user's folder for what can be made again; None where there is none that nobody else can write to.

    Code may be loaded from there, as never from a project: who sends one does not send code along.
    """
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
        if not base.is_absolute():
            return None
        folder = base / "tvilling"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):
        return None
    owner = getattr(os, "getuid", lambda: None)()
    is_own = found.st_uid == owner and stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o022
    return folder if is_own else None


def decode(data: bytes, path: str) -> str:
    """`data` as text; invalid UTF-8 is an error that names its line and byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            Phrase("byte 0x{byte:02x} is not valid UTF-8", byte=data[error.start]),
            place=Place(path, line),
            name="invalid-utf-8",
            remedy=Phrase("save the file with the encoding UTF-8"),
        ) from error


def read_text(path: Path, root: Path) -> str:
    """The text of `path`, line ends kept."""
    return decode(read_bytes(path, root), shown(path, root))


def read_bytes(path: Path, root: Path) -> bytes:
    """The bytes of `path`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(
            Phrase("cannot be read: {reason}", reason=str(error.strerror)),
            place=Place(shown(path, root)),
            name="unreadable",
            remedy=Phrase("check that the file exists and that you may read it"),
        ) from error


def write_bytes(path: Path, data: bytes, root: Path) -> bool:
    """Make `path` hold `data`; False if it did already (then it is not touched).

    Written beside and moved into place: a kill at any moment leaves the old file or the new one.
    """
    try:
        mode = _mode(path)
        if mode is not None and path.read_bytes() == data:
            return False
        try:
            _replace(path, data, mode)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, data, mode)
    except OSError as error:
        raise unwritable(error, path, root) from error
    return True


def move(staged: Path, path: Path, root: Path) -> None:
    """Put the finished file `staged` in the place of `path`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staged, path)
    except OSError as error:
        raise unwritable(error, path, root) from error


def unwritable(error: OSError, path: Path, root: Path) -> FileError:
    """What to tell a person about `error`."""
    return FileError(
        Phrase("cannot be written: {reason}", reason=str(error.strerror)),
        place=Place(shown(path, root)),
        name="unwritable",
        remedy=Phrase("check the folder's permissions and the free space, then run again"),
    )


def write_text(path: Path, text: str, root: Path) -> bool:
    """As `write_bytes`, in UTF-8."""
    return write_bytes(path, text.encode("utf-8"), root)


def write_all(texts: Mapping[Path, str], root: Path) -> list[Path]:
    """Write several files that are complete in memory; the paths that changed."""
    return [path for path, text in texts.items() if write_text(path, text, root)]


def _mode(path: Path) -> int | None:
    """Who may do what with the file; None if there is none."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return None


def _replace(path: Path, data: bytes, mode: int | None) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if mode is not None:  # or a power cut may take both; a new file can be made again
                file.flush()
                os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask() if mode is None else mode)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@cache
def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
