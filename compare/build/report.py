"""What a build is asked, tells and reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from compare.errors import CrossreadError


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    Attributes:
        base_url: Where the site will be served, instead of the configured URL.
        strict: Write nothing unless every story is good.
        fresh: Believe nothing that earlier builds found out.
        workers: Local processes; None for the cores this process may use.
        scheduler: Address of a Dask scheduler that does the stories instead, or None.
        cache: Folder of the caches; None for the user's own.
        search: Make the search index.
        drafts: Also stories and pages with ``draft: true``.
        patience: Seconds to wait for another build of the same output folder.
    """

    base_url: str | None = None
    strict: bool = False
    fresh: bool = False
    workers: int | None = None
    scheduler: str | None = None
    cache: Path | None = None
    search: bool = True
    drafts: bool = False
    patience: float = 60.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told while a build runs.

    Attributes:
        say: Notes in plain words, such as a damaged cache.
        progress: Stories done and stories to do.
    """

    say: Callable[[str], None] = lambda _text: None
    progress: Callable[[int, int], None] = lambda _done, _total: None


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
class Report:
    """What a build did.

    Attributes:
        stories: In the site.
        articles: In them.
        sentences: In those.
        claims: Counted ones.
        drafts: Stories that were left out.
        done: Stories that were compared or rendered anew.
        written: Whether the site on the disk is another than before.
        failures: Stories that could not be built; their last good pages stayed.
        seconds: Stage → seconds, ``total`` last; work in workers adds up over them.
    """

    stories: int = 0
    articles: int = 0
    sentences: int = 0
    claims: int = 0
    drafts: int = 0
    done: int = 0
    written: bool = False
    failures: tuple[Failure, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
