"""Stories on a Dask cluster, through its executor. No disk is shared: bytes go out, pages come back."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from compare.build import inputs, work
from compare.build.work import Job, Made, Setting
from compare.errors import WorkerError

if TYPE_CHECKING:
    from distributed import Client

BATCH = 8  # stories that travel together
_IN_FLIGHT = 3  # batches for each of the cluster's threads
_ANSWER = 10  # seconds in which a scheduler must answer

Files = dict[str, bytes]  # path below the site's folder → content
# Stories, without paths of this machine that mean something elsewhere; their sources; by key the packed
# comparisons that are stored of them; the setting; the site's own templates.
Parcel = tuple[tuple[Job, ...], Files, dict[str, bytes], Setting, Files]
Returned = tuple[Made, bytes | None]  # a story, with its packed comparison if that is new

# A worker may have several threads. The stages keep what they have worked out for the whole process,
# and Python runs one thread at a time in any case.
_ONE_AT_A_TIME = threading.Lock()


def on_cluster(jobs: Sequence[Job], setting: Setting, address: str) -> Iterator[Made]:
    """Do stories on the workers of a scheduler; this process writes the pages.

    A worker that dies costs time only: the scheduler gives its stories to another.

    Args:
        jobs: Stories to do.
        setting: Of the build.
        address: Such as ``tcp://host:8786``.

    Raises:
        WorkerError: No scheduler or no worker there, or workers of another version of this program.
    """
    root = Path(setting.root)
    away = {job.story: job for job in jobs if _can_travel(root / "sources" / job.story)}
    yield from (work.do(job, setting) for job in jobs if job.story not in away)
    with _client(address) as client:
        _check_versions(client, address)
        limit = _IN_FLIGHT * sum(client.nthreads().values())
        for parcel in _stream(client, _parcels(list(away.values()), setting), limit):
            for made, comparison in parcel:
                job = away[made.story]
                work.write_pages(made, setting, job)
                if job.stored and comparison:
                    work.store(job.stored, comparison)
                yield made


def _can_travel(folder: Path) -> bool:
    """Whether a story is plain files: links and folders in it mean something only on this disk."""
    if folder.is_symlink():
        return False
    with os.scandir(folder) as entries:
        return all(entry.is_file(follow_symlinks=False) for entry in entries)


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise WorkerError(
            "the package for clusters is not installed", hint="pip install 'dask[distributed]'"
        ) from error
    try:
        # Asked first by a plain connection: a client that cannot connect is hard to get rid of.
        parts = urlsplit(address)
        socket.create_connection((parts.hostname or "", parts.port or 0), _ANSWER).close()
        return Client(address, timeout=_ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise WorkerError(
            f"no scheduler answers at {address}",
            hint="start one: dask scheduler; its first lines name the address",
        ) from error


def _check_versions(client: Client, address: str) -> None:
    """Refuse workers that would make other pages than this process."""
    own = inputs.code_version()
    found: dict[str, object] = client.run(inputs.code_version, on_error="return")
    if not found:
        raise WorkerError(
            f"the scheduler at {address} has no workers", hint=f"start one: dask worker {address}"
        )
    other = sorted(worker for worker, version in found.items() if version != own)
    if other:
        raise WorkerError(
            f"these workers run another version of crossread or of what it stands on: {', '.join(other)}",
            hint="install the same versions there as here",
        )


def _parcels(jobs: Sequence[Job], setting: Setting) -> Iterator[Parcel]:
    root = Path(setting.root)
    templates = _files(root, "site_templates") if setting.templates else {}
    travelling = replace(setting, root="", templates=None, new="", old="")
    for start in range(0, len(jobs), BATCH):
        batch = tuple(jobs[start : start + BATCH])
        files: Files = {}
        comparisons = {}
        for job in batch:
            files |= _files(root, f"sources/{job.story}")
            for path in (job.stored, job.last):
                if path and path.exists():
                    comparisons[path.name] = path.read_bytes()
        yield batch, files, comparisons, travelling, templates


def _files(root: Path, folder: str) -> Files:
    """Every regular file below a folder."""
    paths = sorted(path for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def _stream(client: Client, parcels: Iterator[Parcel], limit: int) -> Iterator[list[Returned]]:
    """Parcels sent and come back, with at most ``limit`` under way."""
    running: set[Future[list[Returned]]] = set()
    with client.get_executor(pure=False) as executor:  # type: ignore[no-untyped-call]
        while True:
            more = islice(parcels, limit - len(running))
            running |= {executor.submit(do_parcel, *parcel) for parcel in more}
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from map(_result, done)


def _result(future: Future[list[Returned]]) -> list[Returned]:
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        return future.result()
    except (KilledWorker, CommClosedError, CancelledError) as error:
        raise WorkerError(
            f"the cluster lost some stories: {error}", hint="look at the logs of its workers"
        ) from error


def do_parcel(
    jobs: tuple[Job, ...], files: Files, comparisons: dict[str, bytes], setting: Setting, templates: Files
) -> list[Returned]:
    """Do the stories of a parcel, on any machine that has this package."""
    with tempfile.TemporaryDirectory(prefix="crossread-") as folder:
        kept = Path(folder, ".comparisons")
        kept.mkdir()
        _unpack(Path(folder), files)
        _unpack(kept, comparisons)
        own = _templates(tuple(sorted(templates.items()))) if templates else None
        here = replace(setting, root=folder, templates=own)
        with _ONE_AT_A_TIME:
            return [_do(job, here, kept) for job in jobs]


def _do(job: Job, setting: Setting, kept: Path) -> Returned:
    stored, last = (kept / path.name if path else None for path in (job.stored, job.last))
    new = stored is not None and (setting.fresh or not stored.exists())
    made = work.make(replace(job, stored=stored, last=last), setting)
    return made, stored.read_bytes() if stored and new and stored.exists() else None


@lru_cache(maxsize=4)
def _templates(files: tuple[tuple[str, bytes], ...]) -> str:
    """The site's own templates in a folder that lasts as long as this worker does."""
    root = Path(tempfile.mkdtemp(prefix="crossread-templates-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    _unpack(root, dict(files))
    return str(root / "site_templates")


def _unpack(root: Path, files: Files) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
