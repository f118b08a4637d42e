"""The headline of a page, without the outlet's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from compare.intake.extract import linked_data
from compare.intake.extract.values import Metas, stated, visible
from compare.text import normalise

SEPARATORS = ("_", ": ", " | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • ")
_LONGEST_TITLE = 400
_SHORTEST_TITLE = 15
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "title",
    "headline",
)


def read_title(
    tree: HtmlElement,
    metas: Metas,
    article: linked_data.Node,
    outlet: str | None,
    unsure: list[str],
) -> str | None:
    """The headline: as shown where it agrees with what the page declares, else as declared.

    Args:
        tree: The page.
        metas: Its meta elements.
        article: Its linked data, or {}.
        outlet: The outlet's name, which is cut off.
        unsure: Takes doubts.
    """
    declared = [_without_site(text, outlet) for text in stated(metas, article, ("headline", "name"), _TITLES)]
    declared = [text for text in declared if text]
    heads = list(_headlines(tree, outlet))
    document = next((_without_site(visible(element), outlet) for element in tree.iter("title")), "")
    agreed = next((head for head in heads for text in declared if _alike(head, text)), None)
    if agreed is None and document:
        agreed = next((head for head in heads if _alike(head, document)), None)
    if agreed:
        return agreed
    shown = next((text for text in declared if _is_shown(tree, heads, text)), None)
    if shown:
        return shown
    if len(heads) == 1 and declared:
        unsure.append(f"the page's headline is “{heads[0][:90]}” but it names itself “{declared[0][:90]}”")
        return heads[0]
    for text in (*declared, *sorted(heads, key=len, reverse=True), document):
        if text:
            if not declared:
                unsure.append("the title is a guess from the page's headings")
            return text[:_LONGEST_TITLE]
    unsure.append("no title was found")
    return None


def _headlines(tree: HtmlElement, outlet: str | None) -> Iterator[str]:
    """First-level headings that can be a headline: not the site's name, not empty."""
    seen = set()
    for element in tree.xpath("//h1 | //*[@itemprop='headline'][not(self::meta)]"):
        text = visible(element)
        if (
            3 < len(text) <= _LONGEST_TITLE
            and text not in seen
            and normalise(text) != normalise(outlet or "")
        ):
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
