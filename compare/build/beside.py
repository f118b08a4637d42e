"""A process beside this one that compares, while this one draws.

What an edit costs is mostly the loading of modules and templates. The helper begins to load what
compares as soon as a changed source is seen; meanwhile this process looks at the old site and loads
what draws.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress

from compare.build import workers
from compare.build.work import Compared, Job, Setting, compared, load_comparing


class Helper:
    """A process that compares.

    Args:
        lock: Descriptor of the build's lock.
    """

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._running: dict[str, Future[Compared]] = {}
        self._pool = workers.processes(1, lock)
        self._pool.submit(load_comparing)

    def begin(self, jobs: Iterable[Job], setting: Setting) -> None:
        """Begin to compare stories."""
        with suppress(BrokenProcessPool):  # killed already; ``compared`` will see
            for job in jobs:
                self._running[job.story] = self._pool.submit(compared, job, setting)

    def compared(self, job: Job, setting: Setting) -> Compared:
        """Wait for a story. One that the helper did not survive is done again, alone.

        Raises:
            CrossreadError: The story cannot be used, or it kills any process.
        """
        try:
            return self._running[job.story].result()
        except (KeyError, BrokenProcessPool):
            self.close()
        with workers.processes(1, self._lock) as pool:
            try:
                return pool.submit(compared, job, setting).result()
            except BrokenProcessPool:
                raise workers.killed(job) from None

    def close(self) -> None:
        """End the process, when it has done what it does."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def helper(lock: int) -> Iterator[Helper | None]:
    """A helper; None where no process can be forked, and where everything is loaded already.

    Args:
        lock: Descriptor of the build's lock.
    """
    if not workers.can_fork() or "compare.story" in sys.modules:
        yield None
        return
    made = Helper(lock)
    try:
        yield made
    finally:
        made.close()
