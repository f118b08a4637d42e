"""A process beside this one that compares, while this one draws.

What an edit costs is mostly the loading of modules and templates. The helper begins to load what
compares as soon as a changed source is seen; meanwhile this process looks at the old site and loads
what draws. It only computes, so that it may be killed at any moment.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import active_children

from compare.build import workers
from compare.build.work import Compared, Job, Setting, compared, load_comparing
from compare.errors import CrossreadError

# Each says that there can be no helper, which costs an edit only time: no memory or process is to be had
# or semaphores cannot be made (OSError), no thread can be started (RuntimeError), the system has no
# semaphores (NotImplementedError, ImportError), this process may have no children (AssertionError).
_NO_PROCESS = (OSError, RuntimeError, NotImplementedError, ImportError, AssertionError)


class Helper:
    """A process that compares.

    Args:
        lock: Descriptor of the build's lock.
    """

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._running: dict[str, Future[Compared]] = {}
        others = active_children()
        self._pool = workers.processes(1, lock)
        self._pool.submit(load_comparing)
        self._processes = [process for process in active_children() if process not in others]

    def begin(self, jobs: Iterable[Job], setting: Setting) -> None:
        """Begin to compare the stories whose comparisons are not in the cache."""
        with suppress(BrokenProcessPool):  # killed already; ``compared`` will see
            for job in jobs:
                if job.stored is None or not os.path.exists(job.stored):
                    self._running[job.story] = self._pool.submit(_compared, job, setting)

    def compared(self, job: Job, setting: Setting) -> Compared:
        """Wait for a story. One that the helper did not survive is done again, alone.

        Raises:
            CrossreadError: The story cannot be used, or it kills any process.
            RuntimeError: A fault of the program, with its traceback.
        """
        try:
            return (self._running.get(job.story) or self._pool.submit(_compared, job, setting)).result()
        except BrokenProcessPool:
            self.close()
        try:
            with workers.processes(1, self._lock) as pool:
                return pool.submit(_compared, job, setting).result()
        except (BrokenProcessPool, OSError):
            raise workers.killed(job) from None

    def close(self) -> None:
        """End the process, whatever it does."""
        while self._processes:
            self._processes.pop().kill()
        self._pool.shutdown(cancel_futures=True)


def _compared(job: Job, setting: Setting) -> Compared:
    """As ``compared``; a fault of the program comes as text, since not every error can be pickled."""
    try:
        return compared(job, setting)
    except CrossreadError:
        raise
    except Exception:
        raise RuntimeError(f"in the process that compares:\n{traceback.format_exc()}") from None


@contextmanager
def helper(lock: int) -> Iterator[Helper | None]:
    """A helper; None where no process can be forked, and where everything is loaded already.

    Args:
        lock: Descriptor of the build's lock.
    """
    made = None
    if workers.can_fork() and "compare.story" not in sys.modules:
        with suppress(*_NO_PROCESS):
            made = Helper(lock)
    try:
        yield made
    finally:
        if made is not None:
            made.close()
