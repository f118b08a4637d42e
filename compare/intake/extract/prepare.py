"""A page's tree made ready to be read: what never shows text goes, what browsers repair is repaired.

Nothing is judged here by its name; that is for ``asides``, once it is known where the article is.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from compare.intake.extract.asides import WHOLE
from compare.intake.extract.page import visible

_NEVER_TEXT = (
    "script", "style", "template", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas",
    "map", "button", "select", "option", "textarea", "noscript", "dialog",
)  # fmt: skip
_NO_TEXT = ("meta", "link", "input", "source", "param", "track", "base", "wbr")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = ".//p[string-length(normalize-space()) > 40]"
_SHORT_FORM = 400
_SIGN_UP = re.compile(
    r"newsletter|inbox|sign[ -]?up|subscribe|e-?mail|anmelden|abonn|inscri|iscriv|suscri|aanmeld|kayıt",
    re.IGNORECASE,
)
_INLINE = ("span", "a", "b", "strong", "em", "i", "time", "small")
_CARD = re.compile(r"rollover|hover|tooltip|popover|popup|flyout|dropdown", re.IGNORECASE)
_LONGEST_HEADING = 400


def prepare(tree: HtmlElement) -> None:
    """Make a whole page ready, in place."""
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    for step in (_unpack, _drop_what_shows_no_text, _mend_forms_and_headings, _drop_cards, _part_words):
        step(tree)


def _drop_what_shows_no_text(tree: HtmlElement) -> None:
    for element in list(tree.iter(*_NEVER_TEXT)):
        _drop(element)
    for element in list(tree.iter(*_NO_TEXT)):
        if element.getparent() is not None:
            element.drop_tag()


def _mend_forms_and_headings(tree: HtmlElement) -> None:
    """What holds the article becomes a plain box: a form around everything, a heading never closed."""
    for element in list(tree.iter(*_HEADINGS, "form")):
        longest = _SHORT_FORM if element.tag == "form" else _LONGEST_HEADING
        if element.xpath(_PARAGRAPHS) or len(visible(element)) > longest:
            element.tag = "div"
        elif element.tag == "form":
            _drop(_sign_up_box(element))


def _drop_cards(tree: HtmlElement) -> None:
    """Without what only shows while one points at a word."""
    for element in list(tree.iter("span", "div")):
        parent = element.getparent()
        if parent is not None and parent.tag in ("p", "span") and _CARD.search(element.get("class") or ""):
            element.drop_tree()


def _drop(element: HtmlElement) -> None:
    """Take an element out; one whose surroundings went before is out already."""
    if element.getparent() is not None:
        element.drop_tree()


def _sign_up_box(form: HtmlElement) -> HtmlElement:
    """The largest element around a form that says little but what one signs up for."""
    box = form
    while (parent := box.getparent()) is not None and parent.tag not in (*WHOLE, "td"):
        text = visible(parent)
        if len(text) > _SHORT_FORM or not _SIGN_UP.search(text):
            break
        box = parent
    return box


def _unpack(tree: HtmlElement) -> None:
    """Put in place the text that scripts would show, where the page keeps paragraphs for it."""
    for element in list(tree.iter("noscript", "script", "template")):
        kind = (element.get("type") or "").lower()
        if element.tag == "script" and kind not in ("text/template", "text/html", "text/x-template"):
            continue
        if element.tag == "script" or (element.tag == "noscript" and "<p" in (element.text or "")):
            held = element.text or ""
            if held.count("<p") < 2:
                continue
            for child in list(element):
                element.remove(child)
            element.text = None
            element.append(fragment_fromstring(held, create_parent="div"))
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
