"""Many stories at once: the same site, whoever does the work, and no crash costs a page."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from built import read_site

from compare.build import Options, Report, build, lock, workers

Make = Callable[..., Report]
PROJECT = Path(__file__).resolve().parents[2]
BUILD = """
import os, sys
from pathlib import Path
os.umask(int(os.environ["UMASK"], 8))
listed = os.scandir
class Shuffled:
    def __init__(self, folder):
        self.entries = iter(sorted(listed(folder), key=lambda entry: hash(entry.name)))
        self.close = lambda: None
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
os.scandir = Shuffled
from compare.build import Options, build
options = Options(cache=Path(sys.argv[2]), search=False, workers=int(sys.argv[3]))
report = build(Path(sys.argv[1]), Path(sys.argv[2]) / "output", options)
assert report.stories == 6 and not report.failures, report
"""


def test_two_processes_make_the_site_that_one_makes(site: Path, tmp_path: Path, make: Make) -> None:
    """Byte for byte."""
    make()
    make(tmp_path / "two", workers=2, cache=tmp_path / "other")
    assert read_site(site / "output") == read_site(tmp_path / "two")


@pytest.mark.parametrize(
    ("workers", "environment"),
    [
        ("1", {"UMASK": "077", "PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}),
        ("2", {"UMASK": "002", "PYTHONHASHSEED": "1", "TZ": "America/St_Johns", "LC_ALL": "C"}),
        ("3", {"UMASK": "000", "PYTHONHASHSEED": "2", "TZ": "UTC", "LANG": "ar_EG.UTF-8", "LC_ALL": ""}),
    ],
)
def test_same_bytes_wherever_it_is_built(
    site: Path, tmp_path: Path, make: Make, workers: str, environment: dict[str, str]
) -> None:
    """Hash seed, number of workers, listing order, time zone, locale and umask do not show."""
    make()
    line = [sys.executable, "-c", BUILD, str(site), str(tmp_path / "there"), workers]
    subprocess.run(line, cwd=PROJECT, env=os.environ | environment, check=True)
    there = tmp_path / "there" / "output"
    assert read_site(there) == read_site(site / "output")
    assert {path.stat().st_mode for path in there.rglob("*.html")} == {0o100644}


DEADLY = """
import os, signal, sys
from pathlib import Path
from compare.build import Options, build, work
do = work.make
def deadly(job, setting):
    if job.story == "story-00002":
        os.kill(os.getpid(), signal.SIGKILL)
    return do(job, setting)
work.make = deadly
options = Options(cache=Path(sys.argv[3]), search=False, workers=2)
report = build(Path(sys.argv[1]), Path(sys.argv[2]), options)
print(report.stories, [failure.story for failure in report.failures], report.failures[0].error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked, and so patched, on Linux only")
def test_worker_that_dies_costs_only_its_own_story(site: Path, tmp_path: Path) -> None:
    """The others in flight are done again; the story that killed it is a failure."""
    line = [sys.executable, "-c", DEADLY, str(site), str(site / "output"), str(tmp_path / "cache")]
    ran = subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("5 ['story-00002'] sources/story-00002: the process")
    assert "was killed" in ran.stdout
    assert (site / "output/stories/story-00005/index.html").exists()


DYING = """
import os, signal, sys
from pathlib import Path
from compare.build import Options, build, work
write, once = work.write_pages, Path(sys.argv[1], "once")
def dying(made, setting, job):
    write(made, setting, job)
    if made.story == "story-00002" and not once.exists():
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
work.write_pages = dying
options = Options(cache=Path(sys.argv[3]), search=False, workers=2)
report = build(Path(sys.argv[1]), Path(sys.argv[2]), options)
print(report.stories, report.failures)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked, and so patched, on Linux only")
def test_worker_that_dies_after_writing_costs_nothing(site: Path, tmp_path: Path, make: Make) -> None:
    """Its story is written again over what it left."""
    line = [sys.executable, "-c", DYING, str(site), str(tmp_path / "there"), str(tmp_path / "other")]
    ran = subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout == "6 ()\n"
    make()
    assert read_site(tmp_path / "there") == read_site(site / "output")


def test_interrupted_build_leaves_nothing_behind(
    site: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old site stays when the user stops the build."""
    make()
    before = read_site(site / "output")
    for path in site.glob("sources/*/paper-1.md"):
        path.write_text(path.read_text() + "More.\n")

    def stop(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(workers, "in_processes", stop)
    with pytest.raises(KeyboardInterrupt):
        make(workers=2)
    assert read_site(site / "output") == before
    assert not list(site.glob(".output*"))


def test_build_from_a_thread_starts_its_workers_afresh(site: Path, tmp_path: Path, make: Make) -> None:
    """Forking a process with threads is not safe; the site is the same."""
    make()
    options = Options(cache=tmp_path / "other", search=False, workers=2)
    thread = threading.Thread(target=build, args=(site, tmp_path / "two", options))
    thread.start()
    thread.join()
    assert read_site(site / "output") == read_site(tmp_path / "two")


def test_workers_hold_no_lock(tmp_path: Path) -> None:
    """A worker that outlives its build for a moment must not hold up the next one."""
    path = tmp_path / ".output.lock"
    with lock.held(path, 0, pytest.fail) as descriptor:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            workers._start(descriptor, os.getppid(), (700, 10, 10))
            os.write(writing, b"open  " if Path(f"/dev/fd/{descriptor}").exists() else b"closed")
            os._exit(0)
        assert os.read(reading, 6) == b"closed"
        os.waitpid(child, 0)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))
from compare.cli import main
main(["build", sys.argv[1], "--cache", sys.argv[2], "--quiet", "--workers", sys.argv[3]])
"""


@pytest.mark.parametrize("count", ["1", "2"])
def test_full_disk_leaves_the_old_site(site: Path, tmp_path: Path, make: Make, count: str) -> None:
    """One clear message, exit code 1, and no file of the new site is left."""
    make()
    before = read_site(site / "output")
    for path in site.glob("sources/*/paper-1.md"):
        path.write_text(path.read_text() + "More.\n")
    line = [sys.executable, "-c", FULL_DISK, str(site), str(tmp_path / "other"), count]
    ran = subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "cannot be written: file too large" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert read_site(site / "output") == before
    assert not list(site.glob(".output*"))
