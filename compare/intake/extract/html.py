"""A web page → a draft."""

from __future__ import annotations

import re
from dataclasses import replace

from compare.errors import PASTE, SAVE, FetchError
from compare.intake.extract.body import read_body
from compare.intake.extract.decoding import decode
from compare.intake.extract.language import in_its_language
from compare.intake.extract.metadata import read_facts
from compare.intake.extract.model import Doubt, Draft
from compare.intake.extract.page import Page, parse
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
_CONSENT = re.compile(r"cookie|consent|gdpr|privacy|tracking|javascript|captcha|robot", re.IGNORECASE)


def read_page(content: bytes, *, address: str | None = None, charset: str | None = None) -> Draft:
    """The article on a page.

    Args:
        content: The page as received.
        address: Where it came from, or None for a saved page that may tell itself.
        charset: What the server declared.

    Raises:
        FetchError: There is no article on it.
    """
    text, note = decode(content, charset)
    page = Page.of(parse(text))
    facts = read_facts(page, address)
    pieces, unsure, is_cut = read_body(page, facts.title)
    draft = Draft(facts, pieces, content)
    count = len(words(draft.text))
    _refuse_other_pages(draft.text, count, facts.title or "", address)
    doubts = [*unsure, *([Doubt("encoding", note)] if note else [])]
    if count < _FEW_WORDS:
        doubts.append(Doubt("text", f"only {count} words of an article were found"))
    facts = facts.doubting(*doubts, complete=facts.complete and not is_cut)
    return in_its_language(replace(draft, facts=facts))


def _refuse_other_pages(body: str, count: int, title: str, address: str | None) -> None:
    """Say what a page without an article is, by its title and its body of some words.

    Raises:
        FetchError: Always, when the page is one.
    """
    hint = SAVE
    if count < _SHORT and _MISSING.match(title):
        what = f"the page says “{title[:80]}” instead of an article"
        hint = f"look at the address in a browser; if it is an article, {PASTE}"
    elif count < _SHORT and len(_CONSENT.findall(body)) >= max(3, count / 25):
        what = "the page shows a consent or robot wall instead of an article"
    elif count == 0:
        what = "no article was found on the page"
    elif count < _FEWEST_WORDS:
        what = f"only {count} words of an article were found on the page"
        hint = f"if that is all of it, {PASTE}; if not, {SAVE}"
    else:
        return
    raise FetchError(what, path=address, hint=hint)
