"""An edit is compared by a helper process while this one loads what draws pages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from built import read_site

from compare.build import Options, Report, context

Make = Callable[..., Report]
PROJECT = Path(__file__).resolve().parents[2]
TWO = "--workers=2"
STORY = "story-00001"
# Builds as the command does and tells whether this process has loaded what compares.
BUILD = """
import sys
from compare.build import helper
from compare.cli import main
{before}
try:
    main()
finally:
    print("here" if "compare.story" in sys.modules else "helper")
"""
KILLED = """
begin = helper.Helper.begin
def killed(helper, jobs, setting):
    for process in list(helper._pool._processes.values()):
        process.kill()
        process.join()
    begin(helper, jobs, setting)
helper.Helper.begin = killed
"""
REFUSED = """
def refused(*_):
    raise OSError(11, "Resource temporarily unavailable")
helper.workers.processes = refused
"""
FAULTY = """
class Odd(Exception):
    def __init__(self, one, two):
        super().__init__("a bug")
def faulty(job, setting):
    raise Odd(1, 2)
helper.compared = faulty
"""
ENDLESS = """
import os, time
def endless(job, setting):
    os.write(1, b"begun")
    time.sleep(900)
helper.compared = endless
"""
HOPELESS = """
import os, signal
from compare.build import work
def deadly(job, setting):
    if job.story == "story-00001":
        os.kill(os.getpid(), signal.SIGKILL)
    return work.compared(job, setting)
helper.compared = deadly
"""

LOCKED = """
import os
from compare.build import workers
start = workers._start
def told(lock, *rest):
    start(lock, *rest)
    os.write(2, b"open" if os.path.exists(f"/dev/fd/{lock}") else b"closed")
workers._start = told
"""


def command(site: Path, before: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A build in a process of its own, with the cache of ``make``."""
    program = [sys.executable, "-c", BUILD.format(before=before)]
    line = [*program, "build", str(site), "--quiet", "--cache", str(site.parent / "cache"), *options]
    return subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, check=False)


def edit(site: Path, *stories: str) -> None:
    """Add a sentence to an article of each."""
    for story in stories:
        path = site / "sources" / story / "paper-1.md"
        path.write_text(path.read_text("utf-8") + "One more sentence was added.\n", "utf-8")


@pytest.fixture
def edited(site: Path, make: Make) -> Path:
    """A site that was built, and in which one story of six has changed since."""
    make(search=True)
    edit(site, STORY)
    return site


@pytest.mark.parametrize(
    ("before", "count", "where"),
    [
        ("", "--workers=2", "helper"),
        (KILLED, "--workers=2", "helper"),
        ("", "--workers=1", "here"),
        ("import compare.story", "--workers=2", "here"),
        (REFUSED, "--workers=2", "here"),
    ],
)
def test_edit_gives_the_same_site_wherever_it_is_compared(
    edited: Path, make: Make, before: str, count: str, where: str
) -> None:
    """With a helper, with one that is killed, and without one."""
    ran = command(edited, before, count)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{where}\n", "")
    make(edited.parent / "other", cache=edited.parent / "fresh", search=True)
    assert read_site(edited / "output") == read_site(edited.parent / "other")


def test_story_that_kills_its_process_costs_no_page(edited: Path) -> None:
    """It is named, exit code 1, its last good pages stay, and the other changed stories are done."""
    before = read_site(edited / "output")
    edit(edited, "story-00000", "story-00003")
    ran = command(edited, HOPELESS, TWO)
    assert ran.returncode == 1
    assert f"sources/{STORY}: error: the process that compared this story was killed" in ran.stderr
    assert ran.stderr.count("error:") == 1
    after = read_site(edited / "output")
    changed = {
        path.split("/")[1] for path in after if path.startswith("stories/") and after[path] != before[path]
    }
    assert changed == {"story-00000", "story-00003"}


def test_what_is_wrong_with_a_story_is_told_as_ever(edited: Path) -> None:
    """An error crosses from the helper with its file and line."""
    path = edited / "sources" / STORY / "paper-1.md"
    path.write_text(path.read_text("utf-8").replace("title:", "titel:"), "utf-8")
    ran = command(edited, "", TWO)
    assert ran.returncode == 1
    assert f"sources/{STORY}/paper-1.md:" in ran.stderr
    assert "titel" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_fault_of_the_program_keeps_its_traceback(edited: Path) -> None:
    """Also when the error itself cannot cross from one process to the other."""
    ran = command(edited, FAULTY, TWO)
    assert ran.returncode == 1
    assert "a fault of crossread's" in ran.stderr
    assert "Odd: a bug" in ran.stderr


def test_interrupted_edit_does_not_wait_for_the_helper(edited: Path) -> None:
    """Ctrl-C reaches both; the helper is killed, whatever it does, and the old site stays."""
    before = read_site(edited / "output")
    line = [sys.executable, "-c", BUILD.format(before=ENDLESS), "build", str(edited), "--quiet", TWO]
    running = subprocess.Popen(
        [*line, "--cache", str(edited.parent / "cache")],
        cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stdout.read(5) == b"begun"
    os.killpg(running.pid, signal.SIGINT)
    running.communicate(timeout=100)  # the helper would sleep for 900 seconds
    assert running.returncode
    assert read_site(edited / "output") == before
    assert sorted(edited.glob(".output*")) == []


def test_many_stories_are_done_by_workers(edited: Path, tmp_path: Path, make: Make) -> None:
    """One has changed but all have another address now: the helper goes, and forked workers come."""
    ran = command(edited, "", "--base-url", "https://a.example/", TWO)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "here\n", "")
    make(tmp_path / "other", cache=tmp_path / "fresh", search=True, base_url="https://a.example/")
    assert read_site(edited / "output") == read_site(tmp_path / "other")


def test_which_stories_have_changed(site: Path, make: Make) -> None:
    """By their names and bytes; nobody can tell when the configuration has changed, too."""
    options = Options(cache=site.parent / "cache")

    def changed() -> set[str] | None:
        return context.read_sources(site, options).changed()

    make()
    assert changed() == set()
    edit(site, STORY)
    (site / "sources/story-00005/paper-2.md").unlink()
    (site / "sources/story-00002/paper-9.md").write_text("new")
    assert changed() == {STORY, "story-00002", "story-00005"}
    (site / "crossread.toml").write_text('title = "Another"\n')
    assert changed() is None


def test_helper_holds_no_lock(edited: Path) -> None:
    """A build that waits for the lock does not wait for a helper's end."""
    ran = command(edited, LOCKED, TWO)
    assert (ran.returncode, ran.stderr) == (0, "closed")


FORKING = """
import sys, threading
from compare.build.workers import can_fork
sys.platform = "linux"
told = [can_fork()]
ended = threading.Event()
thread = threading.Thread(target=ended.wait)
thread.start()
told.append(can_fork())
ended.set()
thread.join()
sys.platform = "darwin"
print(*told, can_fork())
"""


def test_nothing_is_forked_where_that_is_not_safe() -> None:
    """Beside other threads, and on other systems; asked in a process that has no threads yet."""
    told = [sys.executable, "-c", FORKING]
    ran = subprocess.run(told, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout == "True False False\n"
