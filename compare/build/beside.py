"""A process beside this one that compares, while this one draws.

What an edit costs is mostly the loading of modules and templates. The helper begins to load what
compares as soon as a changed source is seen; meanwhile this process looks at the old site and loads
what draws.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from compare.build import workers
from compare.build.work import Compare, Compared, Job, Setting, compared, load_comparing


class Helper:
    """A process that compares.

    Args:
        lock: Descriptor of the build's lock.
    """

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._pool = workers.processes(1, lock)
        self._pool.submit(load_comparing)

    def begin(self, jobs: Sequence[Job], setting: Setting) -> Compare:
        """Begin to compare stories.

        Returns:
            What waits for one of them to be compared.
        """
        return _Waiting({job.story: self._pool.submit(compared, job, setting) for job in jobs}, self._lock)

    def close(self) -> None:
        """End the process, when it has done what it does."""
        self._pool.shutdown(cancel_futures=True)


class _Waiting:
    """Waits for the helper; a story that it did not survive is done again, alone."""

    def __init__(self, running: Mapping[str, Future[Compared]], lock: int) -> None:
        self._running = running
        self._lock = lock

    def __call__(self, job: Job, setting: Setting) -> Compared:
        try:
            return self._running[job.story].result()
        except BrokenProcessPool:
            pass
        with workers.processes(1, self._lock) as pool:
            try:
                return pool.submit(compared, job, setting).result()
            except BrokenProcessPool:
                raise workers.killed(job) from None


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
