"""A Dask cluster gives the same drafts as this machine, from the same batches."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import LocalCluster

from pipeline import cluster, engines, translate
from pipeline.cli import main
from pipeline.drafted import Drafted
from pipeline.engines import Engine, Setup
from pipeline.errors import EngineError
from pipeline.lanes import Batch, Lane, here
from pipeline.model import Catalog, Entry
from pipeline.translate import Job
from tests.tiny_model import PAIRS, setup

SOURCES = [f"{a} {b}" for (a, _), (b, _) in zip(PAIRS, PAIRS[20:], strict=False) if a.endswith(".")]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    # Threads, for a worker in a process of its own takes seconds to come up.
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
    ) as local:
        yield local.scheduler_address


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    return setup(tmp_path_factory.mktemp("cluster"))


def drafted(place: Setup, lane: Lane) -> Drafted:
    jobs = [Job(Catalog("sv", tuple(map(Entry, SOURCES + [f"**{each}**" for each in SOURCES]))), "en")]
    return translate.draft(
        jobs, ("argos",), lambda name, source, target: engines.load(name, source, target, place), lane=lane
    )


def test_a_cluster_gives_the_same_drafts(address: str, place: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.translate.stream.CHUNK", 5)
    alone = drafted(place, here)
    assert alone.drafted["argos"] > 10
    assert drafted(place, cluster.lane(address, place)) == alone


def test_this_machine_loads_no_model_for_a_cluster(
    address: str, place: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines.load("argos", "en", "sv", place)
    assert engine
    found = list(cluster.lane(address, place)(engine, ("en", "sv"), [Batch((PAIRS[0][0],))]))
    assert found[0][0][0].text == PAIRS[0][1]
    assert "translator" not in vars(engine)


def test_a_worker_with_another_model_is_no_help(address: str, place: Setup) -> None:
    engine = engines.load("argos", "en", "sv", place)
    assert engine
    other = replace(place, beam=8)
    with pytest.raises(EngineError, match=r"-b8, and this machine with en_sv-") as error:
        list(cluster.lane(address, other)(engine, ("en", "sv"), [Batch(("Hello.",))]))
    assert error.value.name == "other-model"


def test_no_batches_need_no_cluster(place: Setup) -> None:
    engine: Engine | None = engines.load("argos", "en", "sv", place)
    assert engine
    assert list(cluster.lane("tcp://127.0.0.1:1", place)(engine, ("en", "sv"), [])) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert main(["-C", str(tmp_path), "init", "p"]) == 0
    assert main(["-C", str(tmp_path / "p"), "update"]) == 0
    return tmp_path / "p"


def test_the_command_drafts_on_a_cluster(address: str, project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    assert main(["-C", str(project), "translate", "--engine", "pseudo"]) == 0
    assert main(["-C", str(copy), "translate", "--engine", "pseudo", "--on", address]) == 0
    (name,) = (path.relative_to(project) for path in project.glob("locale/sv/LC_MESSAGES/w*.po"))
    assert "mt: pseudo" in (copy / name).read_text(encoding="utf-8")
    assert (copy / name).read_bytes() == (project / name).read_bytes()


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_where_no_scheduler_answers_the_error_says_so(
    where: str, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    assert main(["-C", str(project), "translate", "--engine", "pseudo", "--on", where]) == 2
    assert "[no-cluster]" in capsys.readouterr().err


def test_without_dask_the_error_says_what_to_install(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["-C", str(project), "translate", "--engine", "pseudo", "--on", "tcp://x:1"]) == 2
    assert "[no-dask]" in capsys.readouterr().err
