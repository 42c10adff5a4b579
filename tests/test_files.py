from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import files
from pipeline.errors import FileError


def test_invalid_utf_8_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\ntwo \xe5\n")
    with pytest.raises(FileError, match=r"^a\.md:2: error: byte 0xe5 is not valid UTF-8 \[invalid-utf-8\]"):
        files.read_text(tmp_path / "a.md", tmp_path)


def test_line_ends_and_byte_order_mark_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfa\r\nb\r")
    assert files.read_text(tmp_path / "a", tmp_path) == "\ufeffa\r\nb\r"


def test_an_equal_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a"
    assert files.write_text(path, "å", tmp_path)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    assert not files.write_text(path, "å", tmp_path)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match=r"^a: error: cannot be written: No space left on device"):
        files.write_text(path, "new", tmp_path)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_file_in_the_way_of_a_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("")
    with pytest.raises(FileError, match=r"\[unwritable\]"):
        files.write_text(tmp_path / "public" / "en" / "index.html", "x", tmp_path)


def test_the_mode_of_a_replaced_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o640)
    files.write_text(path, "new", tmp_path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_code_is_kept_only_where_nobody_else_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "tvilling"
    assert files.own_folder() == folder
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o770)
    assert files.own_folder() is None
    folder.chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert files.own_folder() is None


def test_a_link_or_a_relative_path_is_no_folder_of_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "tvilling").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert files.own_folder() is None
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert files.own_folder() is None
    assert not (tmp_path / "here").exists()
