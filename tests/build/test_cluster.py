"""The same work on a Dask cluster: a real scheduler and two workers on loopback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from built import read_site

from compare.build import Options, Report, Watch, build, inputs
from compare.errors import WorkerError

pytest.importorskip("distributed")
Make = Callable[..., Report]
PROJECT = Path(__file__).resolve().parents[2]


class Cluster:
    """A scheduler and workers, each a process of its own in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.known = folder / "scheduler.json"
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = str(self._told()["address"])

    def add(self, threads: int = 1) -> None:
        """Start a worker and wait until the scheduler knows it."""
        from distributed import Client

        place = self.folder / f"worker-{len(self.workers)}"
        place.mkdir()
        options = ["--nthreads", str(threads), "--local-directory", str(place)]
        options += ["--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        self.workers.append(self._start("worker", *options))
        with Client(self.address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=60)

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--scheduler-file", str(self.known)]
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path])}
        return subprocess.Popen(
            [*line, *options], cwd=self.folder, env=surroundings,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _told(self) -> dict[str, object]:
        for _ in range(600):
            try:
                read: dict[str, object] = json.loads(self.known.read_text())
            except (FileNotFoundError, ValueError):
                time.sleep(0.1)
            else:
                return read
        raise TimeoutError("the scheduler did not start")

    def stop(self) -> None:
        """End every process."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler with two workers."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    started = Cluster(folder)
    try:
        started.add()
        started.add()
        yield started
    finally:
        started.stop()


def test_site_is_that_of_a_serial_build_though_a_worker_is_killed(
    site: Path, tmp_path: Path, make: Make, cluster: Cluster
) -> None:
    """Its stories are given to the other worker; every byte is the same, and the cache is filled."""
    for number in range(40):
        shutil.copytree(site / "sources" / f"story-{number % 6:05}", site / "sources" / f"more-{number}")
    make()
    killed = threading.Event()

    def kill(done: int, _total: int) -> None:
        if done >= 8 and not killed.is_set():
            killed.set()
            cluster.workers[0].kill()

    options = Options(cache=tmp_path / "other", search=False, scheduler=cluster.address)
    report = build(site, tmp_path / "away", options, Watch(progress=kill))
    assert killed.is_set()
    assert report.done == 46
    assert read_site(tmp_path / "away") == read_site(site / "output")
    assert len(list((tmp_path / "other").glob("*/comparisons/??/*"))) > 6
    shutil.rmtree(tmp_path / "away")
    again = Options(cache=tmp_path / "other", search=False, scheduler=cluster.address, base_url=None)
    build(site, tmp_path / "away", again)
    assert read_site(tmp_path / "away") == read_site(site / "output")


def test_worker_with_threads_makes_the_same_site(
    site: Path, tmp_path: Path, make: Make, cluster: Cluster
) -> None:
    """Threads of one worker do not get into each other's stories."""
    for number in range(60):
        shutil.copytree(site / "sources" / f"story-{number % 6:05}", site / "sources" / f"more-{number}")
    make()
    cluster.add(threads=8)
    for worker in cluster.workers[:2]:
        worker.kill()
    options = Options(cache=tmp_path / "other", search=False, scheduler=cluster.address)
    report = build(site, tmp_path / "away", options)
    assert not report.failures
    assert read_site(tmp_path / "away") == read_site(site / "output")


def test_failing_stories_and_own_templates_travel(
    site: Path, tmp_path: Path, make: Make, cluster: Cluster
) -> None:
    """Messages name files as they do here, and the site's own templates are used there."""
    article = site / "sources" / "story-00002" / "paper-1.md"
    article.write_text("---\noutlet: paper-1\nnonsense: yes\n---\nText.\n")
    linked = site / "sources" / "story-00003" / "paper-2.md"
    linked.rename(site / "sources" / "story-00003" / "paper-3.md")
    linked.symlink_to("paper-3.md")
    linked.with_name("paper-3.md").unlink()
    style = site / "site_templates" / "static" / "site.css"
    style.parent.mkdir(parents=True)
    style.write_text("/* mine */")
    here = make()
    there = make(tmp_path / "away", cache=tmp_path / "other", scheduler=cluster.address)
    assert [str(failure.error) for failure in there.failures] == [
        str(failure.error) for failure in here.failures
    ]
    assert len(there.failures) == 2
    assert read_site(tmp_path / "away") == read_site(site / "output")


def test_worker_of_another_version_is_refused_by_name(
    site: Path, make: Make, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is computed and nothing written."""
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        names = sorted(client.nthreads())
    digest = inputs.code_version()
    versions = dict.fromkeys(names, digest[::-1])
    monkeypatch.setattr("distributed.Client.run", lambda *_, **__: versions)
    with pytest.raises(WorkerError, match="another version") as refused:
        make(scheduler=cluster.address)
    assert all(name in str(refused.value) for name in names)
    assert not (site / "output").exists()


def test_no_scheduler_and_no_workers_are_clear_errors(
    site: Path, tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint says what to start."""
    monkeypatch.setattr("compare.build.cluster._ANSWER", 1)
    with pytest.raises(WorkerError, match=r"no scheduler answers(.|\n)*dask scheduler"):
        make(scheduler="tcp://127.0.0.1:9")
    with pytest.raises(WorkerError, match="no scheduler answers"):
        make(scheduler="nonsense")
    (tmp_path / "empty").mkdir()
    alone = Cluster(tmp_path / "empty")
    try:
        with pytest.raises(WorkerError, match="has no workers"):
            make(scheduler=alone.address)
    finally:
        alone.stop()
    assert not (site / "output").exists()
