"""A page's tree made ready to be read: what never shows text goes, what browsers repair is repaired.

Nothing is judged here by its name; that is for ``asides``, once it is known where the article is.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from compare.intake.extract.page import visible

_NEVER_TEXT = (
    "script", "style", "template", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas",
    "map", "button", "select", "option", "textarea", "noscript", "dialog",
)  # fmt: skip
_NO_TEXT = ("meta", "link", "input", "source", "wbr")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = ".//p[string-length(normalize-space()) > 40]"
_LONGEST = 400  # characters of a heading, or of a form that is none around the article
_TEMPLATE = re.compile(r"text/(?:x-)?(?:template|html)", re.IGNORECASE)
_INLINE = ("span", "a", "b", "strong", "em", "i", "time", "small")
_CARD = re.compile(r"rollover|hover|tooltip|popover|popup|flyout|dropdown", re.IGNORECASE)


def prepare(tree: HtmlElement) -> None:
    """Make a whole page ready, in place."""
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    _unpack(tree)
    for element in list(tree.iter(*_NEVER_TEXT)):
        _drop(element)
    for element in list(tree.iter(*_NO_TEXT)):
        if element.getparent() is not None:
            element.drop_tag()
    # What holds the article becomes a plain box: a form around everything, a heading never closed.
    for element in list(tree.iter(*_HEADINGS, "form")):
        if element.xpath(_PARAGRAPHS) or len(visible(element)) > _LONGEST:
            element.tag = "div"
        elif element.tag == "form":
            _drop(element)
    for element in tree.xpath("//p/span | //p/div | //span/span | //span/div"):
        if _CARD.search(element.get("class") or ""):
            _drop(element)  # it only shows while one points at a word
    _part_words(tree)


def _drop(element: HtmlElement) -> None:
    """Take an element out; one whose surroundings went before is out already."""
    if element.getparent() is not None:
        element.drop_tree()


def _unpack(tree: HtmlElement) -> None:
    """Put in place the text that scripts would show, where the page keeps paragraphs for it."""
    for element in list(tree.iter("noscript", "script", "template")):
        held = element.text or ""
        if held.count("<p") > 1 and (element.tag != "script" or _TEMPLATE.match(element.get("type") or "")):
            element[:] = [fragment_fromstring(held, create_parent="div")]
            element.text = None
        if len(element.xpath(_PARAGRAPHS)) > 1 and element.getparent() is not None:
            element.attrib.clear()
            element.tag = "div"


def _part_words(tree: HtmlElement) -> None:
    """A space between inline elements that a page sets apart by style alone: “2024</span><span>The”."""
    for element in tree.iter(*_INLINE):
        following = element.getnext()
        if following is None or element.tail or following.tag not in _INLINE:
            continue
        before, after = visible(element)[-1:], visible(following)[:1]
        if (before.islower() and (after.isupper() or after.isdecimal())) or (
            before.isdecimal() and after.isupper()
        ):
            element.tail = " "
