"""One story's work: the same in this process, in a worker process and on another machine.

What goes in and comes out can be pickled. A story that cannot be used comes back as a failure, so
that the others are built all the same.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import msgspec

from compare.build import cache, inputs, own, search
from compare.build.writer import Writer, Written
from compare.errors import ConfigError, CrossreadError, OutputError
from compare.model import Comparison, Site

if TYPE_CHECKING:
    from compare.pages import Page, Renderer


@dataclass(frozen=True, slots=True)
class Setting:
    """What all stories of one build have in common.

    Attributes:
        root: The site's folder.
        site: Its configuration.
        templates: Folder of the site's own templates, or None.
        drawn: Digest of these templates.
        fresh: Whether to compare again what the cache holds.
        profile: Whether to measure modules.
    """

    root: str
    site: Site
    templates: str | None = None
    drawn: str = ""
    fresh: bool = False
    profile: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One story to do.

    Attributes:
        story: Its folder's name.
        inputs: Digest of that folder when the build began.
        stored: The cached comparison's file, or None without a cache.
        last: The file of its last good comparison, for when the sources are not good any more.
        old: Its pages in the old site: path → digest.
    """

    story: str
    inputs: str
    stored: str | None = None
    last: str | None = None
    old: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a story could not be built.

    Attributes:
        story: Its folder's name.
        error: What the user can mend; None when the program is at fault.
        traceback: Of the program's fault.
    """

    story: str
    error: CrossreadError | None = None
    traceback: str = ""


@dataclass(slots=True)
class Made:
    """One story done.

    Attributes:
        story: Its folder's name.
        pages: Its pages, until they are written.
        written: Path → digest and stamp, once they are.
        card: Its ``StoryCard`` as JSON values; None when there are no pages.
        counts: Articles, sentences and claims.
        stable: False when its sources changed while they were read; it is done again next time.
        found: What the search finds of it, as a page for Pagefind.
        failure: Why these are the pages of its last good state, or why there are none.
        seconds: Stage → seconds; modules as ``module <name>``.
    """

    story: str
    pages: Sequence[Page] = ()
    written: dict[str, Written] = field(default_factory=dict)
    card: Any = None
    counts: tuple[int, int, int] = (0, 0, 0)
    stable: bool = True
    found: bytes = b""
    failure: Failure | None = None
    seconds: dict[str, float] = field(default_factory=dict)


@lru_cache(maxsize=4)
def renderer(site: Site, templates: str | None, drawn: str) -> Renderer:
    """The renderer, made once in each process as long as ``drawn``, the templates' digest, is the same."""
    from compare.pages import Renderer

    return Renderer(site, None if templates is None else Path(templates))


@dataclass(slots=True)
class Compared:
    """A story read and compared.

    Attributes:
        comparison: What was found.
        stable: False when its sources changed while they were read.
        seconds: Stage → seconds.
    """

    comparison: Comparison
    stable: bool
    seconds: dict[str, float]


def compared(job: Job, setting: Setting) -> Compared:
    """Read and compare one story.

    Raises:
        Problems: Something in its sources cannot be used.
    """
    from compare.site import readers
    from compare.story import compare_story

    root, seconds = Path(setting.root), dict[str, float]()
    with timed(seconds, "read"):
        story = readers.read_story(root / "sources" / job.story, root, setting.site)
    with timed(seconds, "compare"):
        comparison = compare_story(story, setting.site.settings)
    return Compared(comparison, inputs.story_digest(root, job.story) == job.inputs, seconds)


Compare = Callable[[Job, Setting], Compared]


def load_comparing() -> None:
    """Load what reads and compares, which otherwise the first story waits for."""
    import compare.site.readers
    import compare.story  # noqa: F401


def load_drawing(setting: Setting) -> None:
    """Load what draws pages."""
    renderer(setting.site, setting.templates, setting.drawn).load()


def make(job: Job, setting: Setting, compare: Compare = compared) -> Made:
    """Read, compare and render one story.

    Args:
        job: The story.
        setting: Of the build.
        compare: How it is compared, when no comparison is cached.

    Raises:
        OutputError: The disk refuses.
        ConfigError: A template of the site's own cannot be used; that is no story's fault.
    """
    made = Made(job.story)
    try:
        _make(job, setting, compare, made)
    except (OutputError, ConfigError):
        raise
    except CrossreadError as error:
        made.failure = Failure(job.story, error)
        _fall_back(job, setting, made)
    except Exception:  # a fault of the program costs one story, and keeps its traceback
        made.failure = Failure(job.story, None, traceback.format_exc())
    return made


def _make(job: Job, setting: Setting, compare: Compare, made: Made) -> None:
    from compare.pages import wire

    with timed(made.seconds, "cache"):
        known = None if setting.fresh else stored(job.stored)
    if known is not None:
        _render(*known, setting, made)
        return
    done = compare(job, setting)
    made.stable = done.stable
    made.seconds |= done.seconds
    with timed(made.seconds, "cache"):
        written = wire.written(done.comparison)
        if job.stored and made.stable:
            store(Path(job.stored), written)
    _render(done.comparison, written, setting, made)


def _render(comparison: Comparison, written: bytes, setting: Setting, made: Made) -> None:
    from compare.pages.rights import publishable

    drawn = renderer(setting.site, setting.templates, setting.drawn)
    with timed(made.seconds, "render"):
        folder, root = Path(setting.root) / "sources" / made.story, Path(setting.root)
        added = own.pictures_of(folder, comparison.story.introduction, f"stories/{made.story}/", root)
        made.pages = [*drawn.story(comparison, written), *added]
    made.card = msgspec.to_builtins(drawn.card(comparison))
    made.found = search.document(publishable(comparison, setting.site.excerpt_words))
    sentences = sum(len(article) for article in comparison.sentences)
    made.counts = (len(comparison.story.articles), sentences, len(comparison.counted))
    home = f"stories/{made.story}/"
    for page in made.pages:
        if not page.path.startswith(home):
            raise RuntimeError(f"a story's page outside of {home}: {page.path}")


def _fall_back(job: Job, setting: Setting, made: Made) -> None:
    """Render the last good comparison of a story whose sources are not good any more."""
    from compare.pages import wire

    known = stored(job.last)
    if known is not None:
        _render(known[0], wire.written(known[0]), setting, made)  # another version may have kept it


def write_pages(made: Made, writer: Writer, old: dict[str, str]) -> None:
    """Write a story's pages; those that are as before are links to the old ones.

    Args:
        made: Its ``pages`` become ``written``.
        writer: Where.
        old: Path → digest of the old site's files.

    Raises:
        OutputError: The disk refuses.
    """
    with timed(made.seconds, "write"):
        for page in made.pages:
            made.written[page.path] = writer.put(page.path, page.content, old)
    made.pages = ()


def stored(path: str | None) -> tuple[Comparison, bytes] | None:
    """A comparison from the cache with its JSON; None when there is none, or not a whole one."""
    if path is None:
        return None
    try:
        content = cache.unpack(Path(path).read_bytes())
    except OSError:
        return None
    if content is None:
        return None
    from compare.pages import wire

    try:
        return wire.read(content), content
    except ValueError:  # the form of another version
        return None


def store(path: Path, written: bytes) -> None:
    """Keep a comparison's JSON in the cache; without room for it the build goes on."""
    with suppress(OSError):
        cache.write(path, cache.pack(written))


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Add the time that something takes to its stage's seconds."""
    started = perf_counter()
    try:
        yield
    finally:
        seconds[stage] = seconds.get(stage, 0.0) + perf_counter() - started
