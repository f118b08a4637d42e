"""Kills builds and looks at what is left: ``python killed.py FOLDER KILLS HOW``.

HOW is ``random`` (at a moment drawn from the whole length of a build) or ``steps`` (before the n-th
operation on the file system, for KILLS values of n spread over all of them). Every build has changed
stories to do. Prints as JSON how many kills left the old or the new site whole, and what went wrong.
Builds are forked from a process that has everything imported, so that a kill meets a build at its
work and not Python at its start.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[1] / "benchmarks")]

from stories import Size, write_stories  # noqa: E402

from compare.build import Options, build, manifest, previous  # noqa: E402

STORIES = 10
CHANGING = 7  # stories that change each time


def fork(work: Callable[[], None]) -> int:
    """A child that works and leaves without a word."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


class Kills:
    """One site, built and killed again and again."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "site"
        self.output = self.root / "output"
        self.options = Options(cache=folder / "cache", workers=2, patience=10, search=False)
        self.wrong: list[str] = []
        self.whole = 0
        write_stories(self.root, Size(STORIES, 2, 5))
        build(self.root, self.output, self.options)

    def change(self, number: int) -> None:
        """Give some stories something to do, and let one come and go."""
        for article in sorted(self.root.glob("sources/*/paper-1.md"))[:CHANGING]:
            text = article.read_text(encoding="utf-8").partition("Kill number")[0]
            article.write_text(f"{text}Kill number {number} was tried.\n", encoding="utf-8")
        folder = self.root / "sources" / "story-00009"
        hidden = self.root / ".story-00009"
        if number % 2 and folder.exists():
            folder.rename(hidden)
        elif hidden.exists():
            hidden.rename(folder)

    def once(self, number: int, kill: Callable[[], int]) -> None:
        """Change, build and kill, look, build to the end, look again."""
        before = self.look()
        self.change(number)
        os.waitpid(kill(), 0)
        left = self.look()
        child = fork(lambda: self.report(number))
        os.waitpid(child, 0)
        after = self.look()
        beside = [path.name for path in self.root.glob(".output*") if path != previous.path_of(self.output)]
        kept = self.look(previous.path_of(self.output))
        # Killed between the swap and the end, a build leaves no previous site, or has just kept it.
        lost = kept != before and not (left == after and kept == "no manifest")
        if left not in (before, after) or not after or after == before or beside or lost:
            found = f"{before[:8]} {left[:8]} {after[:8]}, previous {kept[:8]}, {beside}"
            self.wrong.append(f"kill {number}: {found}")
        else:
            self.whole += 1

    def report(self, number: int) -> None:
        """Build in a child; its error, if any, is told on stderr."""
        try:
            build(self.root, self.output, self.options)
        except BaseException:
            print(f"build {number}: {traceback.format_exc()}", file=sys.stderr, flush=True)
            raise

    def look(self, site: Path | None = None) -> str:
        """The manifest's digest when the site is whole, else what is wrong."""
        site = site or self.output
        try:
            content = (site / manifest.NAME).read_bytes()
        except FileNotFoundError:
            return "no manifest"
        listed = manifest.decode(content)
        if listed is None or not listed[1]:
            return "unfinished"
        there = {path: site / path for path in manifest.scan(site) if path != manifest.NAME}
        if there.keys() != listed[0].keys():
            return "other files than listed"
        if any(manifest.digest(path.read_bytes()) != listed[0][name] for name, path in there.items()):
            return "other bytes than listed"
        return manifest.digest(content)

    def at_random(self, kills: int) -> None:
        """Kill at moments over the whole length of a build."""
        self.change(-1)
        started = time.perf_counter()
        os.waitpid(fork(lambda: self.report(0)), 0)
        length, chance = time.perf_counter() - started, random.Random(7)

        def kill() -> int:
            child = fork(lambda: self.report(0))
            time.sleep(chance.random() * length * 1.1)
            os.kill(child, signal.SIGKILL)
            return child

        for number in range(kills):
            self.once(number, kill)

    def at_steps(self, kills: int) -> None:
        """Kill before operations on the file system, spread evenly over a build."""
        reading, writing = os.pipe()
        self.change(-1)
        os.waitpid(fork(lambda: self.counted(0, writing)), 0)
        steps = int.from_bytes(os.read(reading, 8), "big")
        for number in range(kills):
            step = 1 + steps * number // kills
            self.once(number, lambda step=step: fork(lambda: self.counted(step, writing)))

    def counted(self, fatal: int, writing: int) -> None:
        """Build, and die before the operation of that number; 0 dies never and tells how many there are."""
        count, builder = 0, os.getpid()

        def hook(event: str, _arguments: object) -> None:
            nonlocal count
            if event.startswith(("os.", "open", "ctypes", "fcntl", "shutil")) and os.getpid() == builder:
                count += 1
                if count == fatal:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        self.report(0)
        if not fatal:
            os.write(writing, count.to_bytes(8, "big"))


def main() -> None:
    """Kill as the command line says and print what was left."""
    folder, kills, how = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    tried = Kills(folder)
    if how == "steps":
        tried.at_steps(kills)
    else:
        tried.at_random(kills)
    print(json.dumps({"kills": kills, "whole": tried.whole, "wrong": tried.wrong}))


if __name__ == "__main__":
    main()
