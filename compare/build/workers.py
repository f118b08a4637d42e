"""Many stories at once: in this process, or in local processes.

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
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from compare.build import work
from compare.build.report import Failure
from compare.build.work import Job, Made, Setting
from compare.errors import SourceError

FEW = 4  # stories that are done before a pool has started
_IN_FLIGHT = 3  # for each worker
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(jobs: Sequence[Job], setting: Setting, lock: int, count: int) -> Iterator[Made]:
    """In local processes, which write their pages themselves.

    A worker that dies (for want of memory, say) costs no other story: those in flight are done
    again, each alone, and the one that kills its worker again is a failure.

    Args:
        jobs: The stories.
        setting: What they have in common.
        lock: Descriptor of the build's lock.
        count: Of processes.
    """
    work.load(setting)  # before forking
    waiting = list(reversed(jobs))
    while waiting:
        running: dict[Future[Made], Job] = {}
        with _processes(count, lock) as pool:
            try:
                while waiting or running:
                    while waiting and len(running) < count * _IN_FLIGHT:
                        future = pool.submit(work.do, waiting[-1], setting)
                        running[future] = waiting.pop()
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        yield future.result()
                        del running[future]
            except BrokenProcessPool:
                if not running:  # the workers die before they have begun: nothing would change that
                    raise
            except BaseException:  # also when nobody wants the rest any more
                pool.shutdown(cancel_futures=True)
                raise
        for job in running.values():
            yield _alone(job, setting, lock)


def _alone(job: Job, setting: Setting, lock: int) -> Made:
    """One story in a worker of its own, after it may have killed one, or died with another's."""
    shutil.rmtree(f"{setting.new}/stories/{job.story}", ignore_errors=True)  # what it had written by then
    with _processes(1, lock) as pool:
        try:
            return pool.submit(work.do, job, setting).result()
        except BrokenProcessPool:
            error = SourceError(
                "the process that compared this story was killed, perhaps for want of memory",
                path=f"sources/{job.story}",
                hint="try with --workers 1, or with fewer or shorter articles in the story",
            )
            return Made(job.story, failure=Failure(job.story, error))


def _processes(count: int, lock: int) -> ProcessPoolExecutor:
    """Forked processes where that is safe, since they need not import everything again.

    Args:
        count: How many.
        lock: Descriptor that a forked process must close, or the lock would outlive the build.
    """
    can_fork = sys.platform == "linux" and threading.active_count() == 1  # no other thread holds a lock
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    given = (lock if can_fork else -1, os.getpid(), gc.get_threshold())
    return ProcessPoolExecutor(count, context, initializer=_start, initargs=given)


def _start(lock: int, parent: int, threshold: tuple[int, int, int]) -> None:
    """Prepare a worker: it dies with its parent, and holds no lock."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the workers
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    if lock >= 0:
        os.close(lock)
    gc.freeze()  # what is imported stays
    gc.set_threshold(*threshold)
