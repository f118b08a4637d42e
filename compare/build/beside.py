"""A few stories are compared in a process beside this one, which draws their pages.

What an edit costs is mostly the loading of modules and templates. The process beside loads what
compares while this one loads what draws, so that an edit waits for half of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from compare.build import workers
from compare.build.work import Compare, Compared, Job, Setting, compared
from compare.build.workers import Team


@contextmanager
def comparing(jobs: Sequence[Job], team: Team) -> Iterator[Compare]:
    """Begin to compare stories beside this process.

    Args:
        jobs: The stories; none when nothing shall be done beside.
        team: What every worker knows.

    Yields:
        What waits for a story's comparison. Where no process can be forked, or everything is loaded
        already, it compares in this process.
    """
    if not jobs or not workers.can_fork() or "compare.story" in sys.modules:
        yield compared
        return
    with workers.processes(team, 1) as pool:
        try:
            yield _Waiting({job.story: pool.submit(compared, job, team.setting) for job in jobs}, team)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


class _Waiting:
    """Waits for the process beside; a story that it did not survive is done again, alone."""

    def __init__(self, running: Mapping[str, Future[Compared]], team: Team) -> None:
        self._running = running
        self._team = team

    def __call__(self, job: Job, setting: Setting) -> Compared:
        try:
            return self._running[job.story].result()
        except BrokenProcessPool:
            pass
        with workers.processes(self._team, 1) as pool:
            try:
                return pool.submit(compared, job, setting).result()
            except BrokenProcessPool:
                raise workers.killed(job) from None
