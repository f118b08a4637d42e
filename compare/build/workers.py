"""Many stories at once: in this process, in local processes, or on a cluster.

Each way is a generator of finished stories, in any order, with only a few in flight, so that the
memory needed does not grow with the number of stories.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.context import BaseContext

from compare.build.profile import profiled
from compare.build.work import (
    Compare,
    Failure,
    Job,
    Made,
    Setting,
    compared,
    load_comparing,
    make,
    write_pages,
)
from compare.build.writer import Writer
from compare.errors import SourceError

FEW = 4  # stories that are done before a pool has started
_IN_FLIGHT = 3  # for each worker
_OBJECTS = 100_000  # made before the collector looks at them; a story makes about half as many
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h of the GNU C library
_OWN_BLOCK = 2**25  # bytes; larger blocks go back to the system at once, the most that any version takes
_KEPT = 2**26  # bytes of freed memory that a worker keeps for its next story


@dataclass(frozen=True, slots=True)
class Team:
    """What every local worker knows.

    Attributes:
        setting: Of the build.
        new: The staging folder.
        old: The old site.
    """

    setting: Setting
    new: str
    old: str


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_this_process(jobs: Iterable[Job], team: Team, compare: Compare = compared) -> Iterator[Made]:
    """One story after the other.

    Args:
        jobs: The stories.
        team: What every worker knows.
        compare: How a story is compared that is not in the cache.
    """
    writer = Writer(team.new, team.old)
    for job in jobs:
        yield _do(job, team.setting, writer, compare)


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Search for unreachable cycles seldom: what a story or a page is made of is in use to its end."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def in_processes(jobs: Sequence[Job], team: Team, lock: int, count: int) -> Iterator[Made]:
    """In local processes, which write their pages themselves.

    A worker that dies (for want of memory, say) costs no other story: those in flight are done
    again, each alone, and the one that kills its worker again is a failure.

    Args:
        jobs: The stories.
        team: What every worker knows.
        lock: Descriptor of the build's lock.
        count: Of processes.
    """
    _warm()
    waiting = list(reversed(jobs))
    while waiting:
        suspects: list[Job] = []
        with processes(count, lock, team) as pool:
            try:
                yield from _stream(pool, waiting, count * _IN_FLIGHT, suspects)
            except BaseException:  # also when nobody wants the rest any more
                pool.shutdown(cancel_futures=True)
                raise
        for job in suspects:
            yield from _alone(job, team, lock)


def _stream(pool: Executor, waiting: list[Job], limit: int, suspects: list[Job]) -> Iterator[Made]:
    """Do what is waiting; when a worker dies, leave the rest waiting and name the suspects."""
    running: dict[Future[Made], Job] = {}
    while running or (waiting and not suspects):
        while waiting and len(running) < limit and not suspects:
            try:
                future = pool.submit(_in_worker, waiting[-1])
            except BrokenProcessPool:
                if not running:  # the workers die before they have begun: nothing would change that
                    raise
                break
            running[future] = waiting.pop()
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            job = running.pop(future)
            try:
                yield future.result()
            except BrokenProcessPool:
                suspects.append(job)


def _alone(job: Job, team: Team, lock: int) -> Iterator[Made]:
    """One story in a worker of its own, after it may have killed one, or died with another's."""
    shutil.rmtree(f"{team.new}/stories/{job.story}", ignore_errors=True)  # what it had written by then
    with processes(1, lock, team) as pool:
        try:
            yield pool.submit(_in_worker, job).result()
        except BrokenProcessPool:
            yield Made(job.story, failure=Failure(job.story, killed(job)))


def killed(job: Job) -> SourceError:
    """What is said of a story that its process did not survive, though it was alone."""
    return SourceError(
        "the process that compared this story was killed, perhaps for want of memory",
        path=f"sources/{job.story}",
        hint="try with --workers 1, or with fewer or shorter articles in the story",
    )


def can_fork() -> bool:
    """Whether a process may be forked from this one: only where no other thread holds a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def processes(count: int, lock: int, team: Team | None = None) -> ProcessPoolExecutor:
    """Forked processes where that is safe, since they need not import everything again.

    Args:
        count: How many.
        lock: Descriptor that a forked process must close, or the lock would outlive the build.
        team: What each of them knows, if they write pages.
    """
    if can_fork():
        context: BaseContext = multiprocessing.get_context("fork")
    else:
        context = multiprocessing.get_context("spawn")
        lock = -1  # nothing is inherited
    return ProcessPoolExecutor(count, context, initializer=_start, initargs=(lock, os.getpid(), team))


def _warm() -> None:
    """Import before forking what every worker needs."""
    import compare.pages  # noqa: F401

    load_comparing()


class _Own:
    """What a worker process keeps between stories."""

    setting: Setting
    writer: Writer


def _start(lock: int, parent: int, team: Team | None) -> None:
    """Prepare a worker: it dies with its parent, and holds no lock."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the workers
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    if lock >= 0:
        os.close(lock)
    _keep_memory()
    gc.freeze()  # what is imported stays
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    if team is not None:
        _Own.setting = team.setting
        _Own.writer = Writer(team.new, team.old)


def _keep_memory() -> None:
    """Keep some freed memory for the next story: a page that the system gives anew costs microseconds."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):  # musl has none
        if library.mallopt(_M_MMAP_THRESHOLD, _OWN_BLOCK):
            library.mallopt(_M_TRIM_THRESHOLD, _KEPT)


def _in_worker(job: Job) -> Made:
    return _do(job, _Own.setting, _Own.writer)


def _do(job: Job, setting: Setting, writer: Writer, compare: Compare = compared) -> Made:
    made = profiled(lambda: make(job, setting, compare)) if setting.profile else make(job, setting, compare)
    write_pages(made, writer, job.old)
    return made


def batches(jobs: Iterable[Job], size: int) -> Iterator[tuple[Job, ...]]:
    """Jobs in tuples of at most that many."""
    rest = iter(jobs)
    while batch := tuple(islice(rest, size)):
        yield batch
