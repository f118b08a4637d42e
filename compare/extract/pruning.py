"""Cutting away what stands on a page but is no part of its article.

Nothing is cut that holds a large share of the page's text: a class name may mislead, the
length of what it holds does not.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

_NEVER_TEXT = (
    "script",
    "style",
    "template",
    "svg",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "map",
    "button",
    "select",
    "option",
    "textarea",
    "noscript",
    "dialog",
    "figcaption",
    "nav",
)
_ASIDE = ("aside", "footer", "menu", "figure")
_ROLES = frozenset(
    ("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert", "menu", "tablist")
)
_JUNK = frozenset(
    """related newsletter newsletters promo promos promotion sponsored sponsor advert adverts
    advertisement advertising ad ads adslot adbox adunit banner dfp mpu outbrain taboola revcontent
    share sharing shares sharedaddy social recirc recirculation recommended recommendations
    recommendation trending popular mostread breadcrumb breadcrumbs caption captions credit credits
    copyright subscribe subscription subscriptions signup cookie cookies consent gdpr comments
    commentlist disqus tags taglist tagcloud byline bylines bio navigation nav navbar menu sidebar
    pagination pager toolbar popup modal overlay paywall regwall timestamp poll quiz donate donation
    follow gallery slideshow carousel teaser teasers toc disclaimer feedback correction-form
    relatedposts readmore alsoread hidden invisible tweet date pubdate legende bildunterschrift
    didascalia""".split()  # noqa: SIM905
)
_JUNK_PAIRS = frozenset(
    (
        ("read", "more"),
        ("also", "read"),
        ("read", "also"),
        ("read", "next"),
        ("more", "on"),
        ("more", "from"),
        ("more", "stories"),
        ("most", "read"),
        ("sr", "only"),
        ("screen", "reader"),
        ("author", "box"),
        ("about", "author"),
        ("sign", "up"),
        ("up", "next"),
        ("you", "may"),
        ("twitter", "embed"),
        ("media", "caption"),
        ("min", "read"),
        ("reading", "time"),
        ("call", "action"),
        ("page", "tools"),
        ("print", "only"),
        ("no", "print"),
        ("see", "also"),
    )
)
_EMBEDS = ("twitter-tweet", "instagram-media", "tiktok-embed", "fb-post", "bluesky-embed", "reddit-embed")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOT_SHOWN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)

_LARGE = 0.3  # a share of the page's text that no junk has
_SIGN_UP_CHARACTERS = 400
_LONGEST_CLASS = 1000


def prune(tree: HtmlElement) -> None:
    """Remove scripts, navigation, captions, advertisements, sign-up boxes and related links, in place."""
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    for element in list(tree.iter(*_NEVER_TEXT)):
        _drop(element)
    lengths = text_lengths(tree)
    limit = max(_LARGE * lengths.get(tree, 0), 1)
    for field in list(tree.iter("form", "input")):
        if field.tag == "form" or (field.get("type") or "").lower() in ("email", "search"):
            _drop(_sign_up_box(field, lengths))
    for element in list(tree.iter()):
        if element.tag in ("html", "body", "main", "article") or not isinstance(element.tag, str):
            continue
        if lengths.get(element, 0) < limit and _is_junk(element):
            _drop(element)


def text_lengths(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Letters inside each element, without white space."""
    lengths: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(tree, events=("end",)):
        own = len("".join((element.text or "").split()))
        lengths[element] = own + sum(
            lengths.get(child, 0) + len("".join((child.tail or "").split())) for child in element
        )
    return lengths


def _is_junk(element: HtmlElement) -> bool:
    if element.tag in _ASIDE and not (element.tag == "figure" and _holds_text(element)):
        return True
    if (element.get("role") or "").lower() in _ROLES or element.get("hidden") is not None:
        return True
    if (element.get("aria-hidden") or "") == "true" or _NOT_SHOWN.search(
        (element.get("style") or "")[:_LONGEST_CLASS]
    ):
        return True
    label = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}"[
        :_LONGEST_CLASS
    ]
    if any(embed in label for embed in _EMBEDS):
        return True
    for name in label.split():
        parts = [part.lower() for part in _PART.findall(name)]
        if any(part in _JUNK for part in parts) or any(pair in _JUNK_PAIRS for pair in pairwise(parts)):
            return True
    return False


def _holds_text(figure: HtmlElement) -> bool:
    """Whether a figure shows a quotation or a table rather than a picture."""
    return next(figure.iter("blockquote", "table"), None) is not None


def _sign_up_box(field: HtmlElement, lengths: dict[HtmlElement, int]) -> HtmlElement:
    """The largest element around a form field that says little else."""
    box = field
    while True:
        parent = box.getparent()
        if parent is None or parent.tag in ("html", "body", "main", "article", "td"):
            return box
        if lengths.get(parent, 0) > _SIGN_UP_CHARACTERS:
            return box
        box = parent


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
