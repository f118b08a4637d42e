"""One story's work: the same in this process, in a worker process and on another machine.

What goes in and comes out can be pickled. A story that cannot be used comes back as a failure, so
that the others are built all the same.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import perf_counter

import msgspec

from compare.build import cache, inputs, own, search
from compare.build.report import Failure
from compare.build.writer import Writer, Written
from compare.errors import ConfigError, CrossreadError, OutputError
from compare.model import Comparison, Site
from compare.pages import Page, Renderer, wire
from compare.pages.rights import publishable


@dataclass(frozen=True, slots=True)
class Setting:
    """What all stories of one build have in common.

    Attributes:
        root: The site's folder.
        site: Its configuration.
        templates: Folder of the site's own templates, or None.
        drawn: Digest of these templates.
        fresh: Whether to compare again what the cache holds.
        new: The staging folder.
        old: The old site.
    """

    root: str
    site: Site
    templates: str | None = None
    drawn: str = ""
    fresh: bool = False
    new: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One story to do.

    Attributes:
        story: Its folder's name.
        inputs: Digest of that folder when the build began.
        key: Digest of all that its pages are made from.
        comparison: Digest of all that its comparison is made from.
        stored: The cached comparison's file, or None without a cache.
        last: The file of its last good comparison, for when the sources are not good any more.
        old: Its pages in the old site: path → digest.
    """

    story: str
    inputs: str
    key: str
    comparison: str
    stored: Path | None = None
    last: Path | None = None
    old: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Made:
    """One story done.

    Attributes:
        story: Its folder's name.
        pages: Its pages, until they are written.
        written: Path → digest and stamp, once they are.
        card: Its ``StoryCard`` as JSON; None when there are no pages.
        counts: Articles, sentences and claims.
        stable: False when its sources changed while they were read; it is done again next time.
        found: What the search finds of it, as a page for Pagefind.
        failure: Why these are the pages of its last good state, or why there are none.
        seconds: Stage → seconds.
    """

    story: str
    pages: Sequence[Page] = ()
    written: dict[str, Written] = field(default_factory=dict)
    card: bytes | None = None
    counts: tuple[int, int, int] = (0, 0, 0)
    stable: bool = True
    found: bytes = b""
    failure: Failure | None = None
    seconds: dict[str, float] = field(default_factory=dict)


@lru_cache(maxsize=4)
def renderer(site: Site, templates: str | None, drawn: str) -> Renderer:
    """The renderer, made once in each process as long as ``drawn``, the templates' digest, is the same."""
    return Renderer(site, None if templates is None else Path(templates))


def load(setting: Setting) -> None:
    """Load what reads, compares and draws, which otherwise the first story waits for."""
    import compare.site.readers
    import compare.story  # noqa: F401

    renderer(setting.site, setting.templates, setting.drawn)


def do(job: Job, setting: Setting) -> Made:
    """Make a story and write its pages.

    Raises:
        OutputError, ConfigError: As ``make``.
    """
    made = make(job, setting)
    write_pages(made, setting, job)
    return made


def make(job: Job, setting: Setting) -> Made:
    """Read, compare and render one story.

    Raises:
        OutputError: The disk refuses.
        ConfigError: A template of the site's own cannot be used; that is no story's fault.
    """
    made = Made(job.story)
    try:
        comparison, written = _compared(job, setting, made)
        _render(comparison, written, setting, made)
    except (OutputError, ConfigError):
        raise
    except CrossreadError as error:
        made.failure = Failure(job.story, error)
        if (known := stored(job.last)) is not None:  # its last good state
            _render(known[0], wire.written(known[0]), setting, made)  # another version may have kept it
    except Exception:  # a fault of the program costs one story, and keeps its traceback
        made.failure = Failure(job.story, None, traceback.format_exc())
    return made


def _compared(job: Job, setting: Setting, made: Made) -> tuple[Comparison, bytes]:
    """A story's comparison with its JSON, from the cache or else new."""
    with timed(made.seconds, "cache"):
        known = None if setting.fresh else stored(job.stored)
    if known is not None:
        return known
    comparison = compare(job, setting, made)
    with timed(made.seconds, "cache"):
        written = wire.written(comparison)
        if job.stored and made.stable:
            store(job.stored, cache.pack(written))
    return comparison, written


def compare(job: Job, setting: Setting, made: Made) -> Comparison:
    """Read and compare one story.

    Raises:
        Problems: Something in its sources cannot be used.
    """
    from compare.site import readers  # loaded only where a story is not in the cache
    from compare.story import compare_story

    root = Path(setting.root)
    with timed(made.seconds, "read"):
        story = readers.read_story(root / "sources" / job.story, root, setting.site)
    with timed(made.seconds, "compare"):
        comparison = compare_story(story, setting.site.settings)
    made.stable = inputs.story_digest(root, job.story) == job.inputs
    return comparison


def _render(comparison: Comparison, written: bytes, setting: Setting, made: Made) -> None:
    drawn = renderer(setting.site, setting.templates, setting.drawn)
    with timed(made.seconds, "render"):
        folder, root = Path(setting.root) / "sources" / made.story, Path(setting.root)
        added = own.pictures_of(folder, comparison.story.introduction, f"stories/{made.story}/", root)
        made.pages = [*drawn.story(comparison, written), *added]
    made.card = msgspec.json.encode(drawn.card(comparison))
    made.found = search.document(publishable(comparison, setting.site.excerpt_words))
    sentences = sum(len(article) for article in comparison.sentences)
    made.counts = (len(comparison.story.articles), sentences, len(comparison.counted))
    home = f"stories/{made.story}/"
    for page in made.pages:
        if not page.path.startswith(home):
            raise RuntimeError(f"a story's page outside of {home}: {page.path}")


def write_pages(made: Made, setting: Setting, job: Job) -> None:
    """Write a story's ``pages``, which become ``written``; what is as before is a link to the old one.

    Raises:
        OutputError: The disk refuses.
    """
    writer = Writer(setting.new, setting.old)
    with timed(made.seconds, "write"):
        for page in made.pages:
            made.written[page.path] = writer.put(page.path, page.content, job.old)
    made.pages = ()


def stored(path: Path | None) -> tuple[Comparison, bytes] | None:
    """A comparison from the cache with its JSON; None when there is none, or not a whole one."""
    if path is None:
        return None
    try:
        content = cache.unpack(path.read_bytes())
    except OSError:
        return None
    try:
        return None if content is None else (wire.read(content), content)
    except ValueError:  # the form of another version
        return None


def store(path: Path, packed: bytes) -> None:
    """Keep a comparison in the cache; without room for it the build goes on."""
    with suppress(OSError):
        cache.write(path, packed)


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Add the time that something takes to its stage's seconds."""
    started = perf_counter()
    try:
        yield
    finally:
        seconds[stage] = seconds.get(stage, 0.0) + perf_counter() - started
