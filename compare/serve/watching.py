"""Building again whenever something that a build reads has changed."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from compare.build.inputs import BESIDE, CONFIGURATION
from compare.errors import CrossreadError
from compare.serve.state import State, Trouble, troubles

Outcome = tuple[tuple[Trouble, ...], bool]

_SETTLE = 40  # milliseconds without a change before a build: an editor writes a file in steps
_STEP = 20
_FOLDERS = ("sources", "seeds", "site_templates", "pages")


class Watcher:
    """Builds once and then after every change, in the thread that calls ``run``.

    Args:
        root: The site's folder.
        build: Builds the site; returns what was wrong with single stories, and whether anything changed.
        state: Told of each outcome.
        say: Told in words.
        also: Further folders to watch, such as the shipped templates.
    """

    def __init__(
        self,
        root: Path,
        build: Callable[[], Outcome],
        state: State,
        say: Callable[[str], None],
        also: Iterable[Path] = (),
    ) -> None:
        self._root = root.resolve()
        self._build = build
        self._state = state
        self._say = say
        self._also = tuple(folder.resolve() for folder in also)
        self._stop = threading.Event()
        self._one_at_a_time = threading.Lock()

    def stop(self) -> None:
        """End ``run`` soon."""
        self._stop.set()

    def build(self) -> None:
        """Build now. Whatever goes wrong is shown, so that the preview outlives it."""
        with self._one_at_a_time:
            self._build_alone()

    def _build_alone(self) -> None:
        try:
            wrong, changed = self._build()
        except CrossreadError as error:
            wrong, changed = troubles(error), False
        except Exception as error:
            problem = CrossreadError(f"{type(error).__name__}: {error}")
            wrong, changed = (Trouble(problem, traceback.format_exc()),), False
        for problem, trace in wrong:
            told = f"{problem.where}: {problem.message}" if problem.where else problem.message
            self._say(f"{told}\n{trace}" if trace else told)
        self._state.built(wrong, changed=changed)

    def run(self) -> None:
        """Watch until ``stop`` is called."""
        from watchfiles import watch

        top = threading.Thread(target=self._watch_top, daemon=True, name="watch configuration")
        top.start()
        missed = True  # what changed between the first build and the first look
        while not self._stop.is_set():
            folders = [self._root / name for name in _FOLDERS if (self._root / name).is_dir()]
            paths = [*folders, *(folder for folder in self._also if folder.is_dir())]
            known = {path.name for path in folders}
            for changes in watch(
                *paths,
                stop_event=self._stop,
                debounce=_SETTLE,
                step=_STEP,
                rust_timeout=500,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                if changes or missed:
                    missed = False
                    self.build()
                if {name for name in _FOLDERS if (self._root / name).is_dir()} != known:
                    self.build()
                    break  # a folder has come or gone: watch anew
        top.join(2)

    def _watch_top(self) -> None:
        """The configuration and what it names, which stand beside folders that are none of our business."""
        from watchfiles import watch

        for changes in watch(
            self._root, stop_event=self._stop, debounce=_SETTLE, step=_STEP, recursive=False, rust_timeout=500
        ):
            if any(_is_read(Path(path)) for _, path in changes):
                self.build()


def _is_read(path: Path) -> bool:
    """Whether a build reads a file beside the configuration, or that itself."""
    return path.name in CONFIGURATION or path.suffix.lower() in BESIDE
