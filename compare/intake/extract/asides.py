"""Blocks that a page's markup calls no part of its article: boxes of other articles, captions, comments.

A name may mislead: “sticky-sidebar-relative” and “paywall” stand on whole articles. So names are only held
against text that the article can spare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from compare.intake.extract.runs import Run, is_prose

WHOLE = ("html", "body", "main", "article")
# Other people's words or other pages', however long.
_FOREIGN = frozenset(
    """comments commentlist disqus cookie cookies consent outbrain taboola breadcrumb
    breadcrumbs""".split()  # noqa: SIM905
)
# Words of a class or an id.
_NAMES = _FOREIGN | frozenset(
    """ad ads advert advertisement banner bio byline bylines caption captions copyright credit credits
    date disclaimer follow gallery menu modal nav navbar navigation newsletter newsletters overlay
    pagination paywall popular popup promo promotion recirc recirculation recommended related respond
    share sharing sharedaddy sidebar signup slideshow social sponsor sponsored sronly subscribe
    subscription tags teaser timestamp trending""".split()  # noqa: SIM905
)
CORRECTION = "correction"
_CORRECTIONS = frozenset(("correction", "corrections", "clarification", "erratum", "richtigstellung"))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOT_SHOWN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_LONGEST_LABEL = 1000
_SPARED = 0.2  # share of the article that no box has
_MANY = 3  # blocks of prose that none has


def asides(every: Sequence[Run], hits: Sequence[int]) -> dict[int, str]:
    """The blocks that stand in a box, by number, each with what the box is called; “correction” is one.

    Args:
        every: The page's blocks.
        hits: Those that seem to be the article.
    """
    called: dict[HtmlElement, str | None] = {}
    boxes: dict[tuple[str, HtmlElement | None], list[int]] = {}
    found: dict[int, str] = {}
    for at, run in enumerate(every):
        around = list(_boxes(run.home, called))
        if any(called[box] == CORRECTION for box in around):
            found[at] = CORRECTION
            continue
        for box in around:
            # Paragraphs of one class are judged together: “paywall” stands on each of an article’s.
            key = (called[box] or "", None if box.tag == "p" else box)
            boxes.setdefault(key, []).append(at)
    wanted = frozenset(hits)
    total = sum(len(every[at].text) for at in wanted)
    foreign: dict[int, str] = {}
    for (name, _), inside in boxes.items():
        if name in _FOREIGN:
            foreign |= dict.fromkeys(inside, name)
        elif not _is_article([every[at] for at in inside if at in wanted], total):
            found |= dict.fromkeys(inside, name)
    # No name takes the whole article away.
    return next((boxed for boxed in (found | foreign, found) if wanted - boxed.keys()), {})


def _is_article(held: Sequence[Run], total: int) -> bool:
    """Whether a box that is called no part of the article is its container after all."""
    return sum(map(is_prose, held)) >= _MANY or sum(len(run.text) for run in held) > _SPARED * total


def _boxes(home: HtmlElement, called: dict[HtmlElement, str | None]) -> Iterator[HtmlElement]:
    """The elements around a block that are called something, from the innermost."""
    for element in (home, *home.iterancestors()):
        if element not in called:
            called[element] = None if element.tag in WHOLE else _name(element)
        if called[element] is not None:
            yield element


def _name(element: HtmlElement) -> str | None:
    """What an element is called that is no part of an article; “hidden” when it is not shown."""
    label = " ".join([element.get(key) or "" for key in ("class", "id", "data-testid")])
    is_hidden = element.get("hidden") is not None or _NOT_SHOWN.search((element.get("style") or "")[:1000])
    return _named(label[:_LONGEST_LABEL]) or ("hidden" if is_hidden else None)


@lru_cache(maxsize=4096)  # pages and templates repeat their classes
def _named(label: str) -> str | None:
    """What a class is called: “authorBox”, “author-box” and “author_box” have the same words."""
    spoken = [word.lower() for word in _WORD.findall(label)]
    if not _CORRECTIONS.isdisjoint(spoken):
        return CORRECTION
    return next((word for word in spoken if word in _NAMES), None)
