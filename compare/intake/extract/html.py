"""A web page → a draft."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree, html

from compare.errors import PASTE, SAVE, FetchError
from compare.intake.extract.body import read_body
from compare.intake.extract.decoding import decode
from compare.intake.extract.language import in_its_language
from compare.intake.extract.metadata import read_facts
from compare.intake.extract.model import Doubt, Draft
from compare.intake.extract.page import Page
from compare.text import words

_FEWEST_WORDS = 12
_FEW_WORDS = 50  # below, it may be something else
_SHORT = 220  # words up to which a page may be an error page or a consent wall
_MISSING = re.compile(
    r"\W*(?:error\s)?(?:404|410|403|50[0-4])(?:\W*$|\s*[-–—|:]|\s(?:not|error|forbidden|gone|internal|page))"
    r"|.*\b(?:page|site|file|article|url)\s(?:was\s|could\s)?not\s(?:be\s)?found"
    r"|(?:not found|access denied)\W*(?:$|[-–|])"
    r"|seite nicht gefunden|página no encontrada|page (?:introuvable|non trouvée)|pagina non trovata",
    re.IGNORECASE,
)
# What the parser takes for one thing: a comment, an element of raw text, or a tag past any quoted “>”.
# The possessive marks and atomic groups keep it linear on any input.
_ATTRIBUTES = r"""(?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+"""
_MARKUP = re.compile(
    rf"""<(?:!--(?>.*?-->|.*+)
    | (?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])(?P<of_raw>{_ATTRIBUTES})
      (?>.*?</(?P=raw)(?=[\s/>])|.*+)
    | (?P<name>[A-Za-z][^\s/>]*+)(?P<of_tag>{_ATTRIBUTES}))""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_SOFT_HYPHEN = "\u00ad"  # shows only at the end of a line
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # no part of any tree
_REFERENCE = re.compile(r"&(?:#(?:([0-9]{1,9})|[xX]([0-9A-Fa-f]{1,8}))|shy);?")
_LONGEST_TAG = 10_000  # characters up to which the attributes of a tag need not be counted
_MOST_ATTRIBUTES = 500  # the parser compares them pair by pair
_CONSENT = re.compile(
    r"cookie|consent|gdpr|privacy|tracking|javascript|captcha|robot|einwilligung|çerez|我们使用",
    re.IGNORECASE,
)


def read_page(content: bytes, *, address: str | None = None, charset: str | None = None) -> Draft:
    """The article on a page.

    Args:
        content: The page as
        address: Where it came from, or None for a saved page that may tell itself.
        charset: What the server declared.

    Raises:
        FetchError: There is no article on it.
    """
    text, note = decode(content, charset)
    page = Page.of(parse(text))
    facts = read_facts(page, address)
    found = read_body(page, facts)
    draft = Draft(facts.doubting(*found.unsure), found.pieces, content)
    _refuse_other_pages(draft, address)
    count = len(words(draft.text))
    doubts = [Doubt("encoding", note)] if note else []
    if count < _FEW_WORDS:
        doubts.append(Doubt("text", f"only {count} words of an article were found"))
    complete = facts.complete and not found.is_cut
    return in_its_language(replace(draft, facts=draft.facts.doubting(*doubts, complete=complete)))


def parse(text: str) -> html.HtmlElement:
    """The tree of a page, however broken.

    Raises:
        FetchError: There is no markup in it.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_blank_text=False, huge_tree=True)
    try:
        return html.document_fromstring(_bounded(_clean(text)).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FetchError(
            "the page is empty", hint="save the page again after it has loaded in a browser"
        ) from error


def _bounded(text: str) -> str:
    """Markup in which a tag with more attributes than any page has need of has lost them."""
    kept: list[str] = []
    at = 0
    for match in _MARKUP.finditer(text):
        if match.end() - match.start() <= _LONGEST_TAG:
            continue
        start, end = match.span("of_tag" if match["name"] else "of_raw")
        if end - start > _LONGEST_TAG and len(_ATTRIBUTE.findall(text, start, end)) > _MOST_ATTRIBUTES:
            kept.append(text[at:start])
            at = end
    return "".join(kept) + text[at:]


def _clean(text: str) -> str:
    """Markup without characters that no tree may hold, written out or as references."""
    return _REFERENCE.sub(_reference, _CONTROL.sub("", text.replace(_SOFT_HYPHEN, "")))


def _reference(match: re.Match[str]) -> str:
    code = int(match[1], 10) if match[1] else int(match[2] or "AD", 16)
    return "" if code > 0x10FFFF or code == ord(_SOFT_HYPHEN) or _CONTROL.match(chr(code)) else match[0]


def _refuse_other_pages(draft: Draft, address: str | None) -> None:
    """Say what a page without an article is.

    Raises:
        FetchError: Always, when the page is one.
    """
    body, title = draft.text, draft.facts.title or ""
    count = len(words(body[:20_000]))
    if count < _SHORT and _MISSING.match(title):
        what = f"the page says “{title[:80]}” instead of an article"
        hint = f"look at the address in a browser; if it is an article, {PASTE}"
    elif count < _SHORT and len(_CONSENT.findall(body)) >= max(3, count / 25):
        what, hint = "the page shows a consent or robot wall instead of an article", SAVE
    elif count == 0:
        what, hint = "no article was found on the page", SAVE
    elif count < _FEWEST_WORDS:
        what = f"only {count} words of an article were found on the page"
        hint = f"if that is all of it, {PASTE}; if not, {SAVE}"
    else:
        return
    raise FetchError(what, path=address, hint=hint)
