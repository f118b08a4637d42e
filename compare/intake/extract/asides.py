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

from compare.intake.extract.runs import Run
from compare.text import plain_words

_TAGS = {"aside": "aside", "footer": "footer", "menu": "menu", "nav": "navigation", "figure": "picture",
         "figcaption": "caption"}  # fmt: skip
_ROLES = frozenset(
    "navigation complementary banner contentinfo search dialog alert menu tablist".split()  # noqa: SIM905
)
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
_NAMES = _FOREIGN | OTHER_ARTICLES | frozenset(
    """newsletters promos promotion sponsored sponsor advert adverts advertisement advertising ad ads
    adslot adbox adunit banner dfp mpu share sharing shares sharedaddy social recirculation caption
    captions credit credits copyright subscribe subscription subscriptions signup tags taglist
    tagcloud byline bylines bio navigation nav navbar menu pagination pager toolbar popup modal
    overlay paywall regwall timestamp poll quiz donate donation follow gallery slideshow toc
    disclaimer feedback relatedposts readmore alsoread date pubdate legende bildunterschrift
    didascalia""".split()  # noqa: SIM905
)  # fmt: skip
_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "read more", "also read", "read also", "read next", "more on", "more from", "more stories",
        "most read", "sr only", "screen reader", "author box", "about author", "sign up", "up next",
        "you may", "media caption", "min read", "reading time", "call action", "page tools", "print only",
        "no print", "see also",
    )
)  # fmt: skip
# “label-hidden” hides a label, “is-hidden” what it stands on.
_NO_SIGHT = frozenset(("hidden", "invisible"))
_HOW = frozenset(("is", "visually", "element", "u"))
CORRECTION = "correction"
_CORRECTIONS = frozenset(("correction", "corrections", "clarification", "erratum", "richtigstellung"))
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOT_SHOWN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_LONGEST_CLASS = 1000

_SPARED = 0.2  # share of the article that no box has
_LONG = 15  # words
_MANY_LONG = 3


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
    long = sum(run.linked < 0.3 and len(plain_words(run.text)) >= _LONG for run in held)
    return long >= _MANY_LONG or sum(len(run.text) for run in held) > _SPARED * total


def _boxes(home: HtmlElement, called: dict[HtmlElement, str | None]) -> Iterator[HtmlElement]:
    """The elements around a block that are called something, from the innermost."""
    at: HtmlElement | None = home
    while at is not None:
        if at not in called:
            called[at] = None if at.tag in WHOLE else _name(at)
        if called[at] is not None:
            yield at
        at = at.getparent()


def _name(element: HtmlElement) -> str | None:
    """What an element is called, if that is no part of an article; “correction” for what is one."""
    label = " ".join([element.get(key) or "" for key in ("class", "id", "data-component")])
    name = _named(label[:_LONGEST_CLASS])
    if name is not None:
        return name
    if element.tag in _TAGS:  # a figure may show a quotation or a table rather than a picture
        holds_text = element.tag == "figure" and next(element.iter("blockquote", "table"), None) is not None
        if not holds_text:
            return _TAGS[str(element.tag)]
    role: str = (element.get("role") or "").lower()
    if role in _ROLES:
        return role
    style = (element.get("style") or "")[:_LONGEST_CLASS]
    is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return "hidden" if is_hidden or _NOT_SHOWN.search(style) else None


@lru_cache(maxsize=4096)  # pages and templates repeat their classes
def _named(label: str) -> str | None:
    names = [parts_of(name) for name in label.split()]
    if any(part in _CORRECTIONS for parts in names for part in parts):
        return CORRECTION
    for parts in names:
        if parts and not _NO_SIGHT.isdisjoint(parts) and (_NO_SIGHT | _HOW).issuperset(parts):
            return "hidden"
        for part in parts:
            if part in _NAMES:
                return part
        for pair in pairwise(parts):
            if pair in _PAIRS:
                return " ".join(pair)
    return None


def parts_of(label: str) -> list[str]:
    """The words of which a class is made: “authorBox”, “author-box” and “author_box” have the same."""
    return [part.lower() for part in _PART.findall(label)]
