"""The headline of a page, without the outlet's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from compare.intake.extract.model import NO_TITLE, Doubt
from compare.intake.extract.page import Page, visible
from compare.text import normalise

SEPARATORS = ("_", ": ", " | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • ")
_LONGEST_TITLE = 400
_SHORTEST_TITLE = 15
_TITLES = (
    "og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title",
    "headline",
)  # fmt: skip


def read_title(page: Page, outlet: str | None) -> tuple[str | None, tuple[Doubt, ...]]:
    """The headline: as shown where that agrees with what the page declares, else as declared.

    The outlet's name is cut off it.
    """
    stated = [_without_site(text, outlet) for text in page.stated(("headline", "name"), _TITLES)]
    declared = [text for text in stated if text]
    heads = list(_headlines(page.tree, outlet))
    document = _without_site(page.document_title, outlet)
    for texts in (declared, [document] if document else []):
        agreed = next((head for head in heads for text in texts if _alike(head, text)), None)
        if agreed:
            return agreed, ()
    shown = next((text for text in declared if _is_shown(page.tree, heads, text)), None)
    if shown:
        return shown, ()
    if len(heads) == 1 and declared:
        what = f"the page's headline is “{heads[0][:90]}” but it names itself “{declared[0][:90]}”"
        return heads[0], (Doubt("title", what),)
    likely = next(filter(None, (*declared, *sorted(heads, key=len, reverse=True), document)), None)
    if likely is None:
        return None, (NO_TITLE,)
    guessed = () if declared else (Doubt("title", "the title is a guess from the page's headings"),)
    return likely[:_LONGEST_TITLE], guessed


def _headlines(tree: HtmlElement, outlet: str | None) -> Iterator[str]:
    """First-level headings that can be a headline: not the site's name, not empty."""
    seen = set()
    for element in tree.xpath("//h1 | //*[@itemprop='headline'][not(self::meta)]"):
        text = visible(element)
        is_new = text not in seen and normalise(text) != normalise(outlet or "")
        if is_new and 3 < len(text) <= _LONGEST_TITLE:
            seen.add(text)
            yield text


def _is_shown(tree: HtmlElement, heads: Sequence[str], declared: str) -> bool:
    """Whether a declared title ends a headline behind its kicker, or is a heading below a section's name."""
    plain = normalise(declared)
    if len(plain) < _SHORTEST_TITLE:
        return False
    lower = (visible(element) for element in tree.iter("h2", "h3"))
    return any(normalise(head).endswith(plain) for head in heads) or any(
        normalise(text) == plain for text in lower
    )


def _alike(one: str, other: str) -> bool:
    """Whether two titles are one, apart from a cut end or an ellipsis."""
    x, y = (normalise(text).rstrip(".… ") for text in (one, other))
    shorter, longer = sorted((x, y), key=len)
    return bool(shorter) and (x == y or (len(shorter) > 20 and longer.startswith(shorter)))


def _without_site(text: str, outlet: str | None) -> str:
    """A document title without the outlet's name at one end."""
    bare = " ".join(text.split())
    name = normalise(outlet or "")
    for separator in SEPARATORS:
        head, found, tail = bare.rpartition(separator)
        if found and name and _is_site(tail, name):
            return _without_site(head, outlet)
        first, found, rest = bare.partition(separator)
        if found and name and _is_site(first, name):
            return rest.strip()
    return bare


def _is_site(part: str, name: str) -> bool:
    other = normalise(part)
    if not other:
        return False
    shorter, longer = sorted((other, name), key=len)
    return shorter in longer and 2 * len(shorter) >= len(longer)
