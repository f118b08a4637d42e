"""What a page's markup calls no part of its article: navigation, captions, boxes, comments.

A name may mislead: “label-hidden”, “sticky-sidebar-relative” and “paywall” stand on whole articles. So
names are only held against text that the article can spare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from lxml.html import HtmlElement

from compare.intake.extract.runs import Run, is_prose

_TAGS = {"aside": "aside", "footer": "footer", "menu": "menu", "nav": "navigation", "figure": "picture",
         "figcaption": "caption"}  # fmt: skip
WHOLE = ("html", "body", "main", "article")
# Where other articles are named.
OTHER_ARTICLES = frozenset(
    """related recommended recommendation recommendations recirc popular trending mostread sidebar teaser
    teasers newsletter carousel promo""".split()  # noqa: SIM905
)
# Other people's words or other pages', however long.
_FOREIGN = frozenset(
    """comments commentlist disqus cookie cookies consent gdpr outbrain taboola revcontent breadcrumb
    breadcrumbs respond""".split()  # noqa: SIM905
)
# Parts of a class, or two of them in a row: “read-more” is “readmore”.
_NAMES = _FOREIGN | OTHER_ARTICLES | frozenset(
    """newsletters promos promotion sponsored sponsor advert adverts advertisement advertising ad ads
    adslot adbox adunit banner dfp mpu share sharing shares sharedaddy social recirculation caption
    captions credit credits copyright subscribe subscription subscriptions signup tags taglist
    tagcloud byline bylines bio navigation nav navbar menu pagination pager toolbar popup modal
    overlay paywall regwall timestamp poll quiz donate donation follow gallery slideshow toc
    disclaimer feedback relatedposts readmore alsoread date pubdate legende bildunterschrift
    didascalia readalso readnext moreon morefrom morestories sronly screenreader authorbox aboutauthor
    upnext youmay minread readingtime callaction pagetools printonly noprint seealso""".split()  # noqa: SIM905
)  # fmt: skip
# Whole classes: “label-hidden” hides a label, “is-hidden” what it stands on.
_NO_SIGHT = ("hidden", "invisible", "ishidden", "visuallyhidden", "elementinvisible")
CORRECTION = "correction"
_CORRECTIONS = frozenset(("correction", "corrections", "clarification", "erratum", "richtigstellung"))
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOT_SHOWN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_LONGEST_CLASS = 1000

_SPARED = 0.2  # share of the article that no box has
_MANY = 3  # blocks of prose


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
    if wanted - found.keys() - foreign.keys():
        found |= foreign
    return found


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
    """What an element is called, if that is no part of an article; “correction” for what is one."""
    label = " ".join([element.get(key) or "" for key in ("class", "id", "data-component")])
    name = _named(label[:_LONGEST_CLASS])
    if name is not None:
        return name
    # A figure may show a quotation or a table rather than a picture.
    if element.tag in _TAGS and (element.tag != "figure" or not element.xpath(".//blockquote | .//table")):
        return _TAGS[str(element.tag)]
    is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    style = (element.get("style") or "")[:_LONGEST_CLASS]
    return "hidden" if is_hidden or _NOT_SHOWN.search(style) else None


@lru_cache(maxsize=4096)  # pages and templates repeat their classes
def _named(label: str) -> str | None:
    names = [parts_of(name) for name in label.split()]
    if any(part in _CORRECTIONS for parts in names for part in parts):
        return CORRECTION
    if any("".join(parts) in _NO_SIGHT for parts in names):
        return "hidden"
    spoken = [part for parts in names for part in (*parts, *map("".join, pairwise(parts)))]
    return next((part for part in spoken if part in _NAMES), None)


def parts_of(label: str) -> list[str]:
    """The words of which a class is made: “authorBox”, “author-box” and “author_box” have the same."""
    return [part.lower() for part in _PART.findall(label)]
