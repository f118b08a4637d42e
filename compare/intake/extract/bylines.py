"""Where a page shows who wrote its article, when neither linked data nor meta elements say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, islice

from lxml.html import HtmlElement

from compare.intake.extract.asides import OTHER_ARTICLES, WHOLE, parts_of

_LONGEST = 200  # characters of a byline
_MOST = 20  # places looked at
_NAMES = "translate(concat(@class, ' ', @id), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_FOLDERS = (
    "author", "authors", "by", "profile", "profiles", "staff", "contributor", "contributors",
    "journalist", "journalists", "reporter", "reporters", "autor", "autores", "auteur", "auteurs",
)  # fmt: skip
_MOST_PLACES = 3  # of one kind; further down are the names of readers and of other articles' authors
# Other articles, and the readers of this one.
_ELSEWHERE = OTHER_ARTICLES | {"comment", "comments"}
_OUTSIDE = frozenset(("nav", "footer", "aside"))
_AROUND = 3  # elements around a byline that another article's headline may stand in
_TEASER = 400  # characters of such an element
_HEADLINE = "self::*[not(.//h1)]//*[self::h2 or self::h3 or self::h4][ancestor::a or .//a]"


def bylines(tree: HtmlElement) -> Iterator[tuple[str, ...]]:
    """The texts of each place where bylines stand, the more deliberate first; looked for as it is asked."""
    for path, is_misplaced in _PLACES:
        found = [element for element in tree.xpath(path)[:_MOST] if not is_misplaced(element)]
        places = [list(inside) for _, inside in groupby(found, key=_place)]
        for inside in places[:_MOST_PLACES]:
            yield tuple([text for text in map(_text, inside) if 1 < len(text) <= _LONGEST])


def _place(element: HtmlElement) -> HtmlElement | None:
    """What holds all names of one byline: each may stand in a box of its own."""
    parent = element.getparent()
    around = None if parent is None or len(parent) > 1 else parent.getparent()
    return parent if around is None else around


def _text(element: HtmlElement) -> str:
    """The text, its parts kept apart: a name and a title may touch in the markup."""
    return " ".join(" ".join(element.itertext()).split())


def _is_listed(element: HtmlElement) -> bool:
    """Whether an element stands beside the headline of another article."""
    around = list(islice(element.iterancestors(), _AROUND))
    return any(len(_text(one)) <= _TEASER and one.xpath(_HEADLINE) for one in around)


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element stands in a list of other articles, or among comments."""
    for around in element.iterancestors():
        if around.tag in WHOLE:
            break
        if around.tag in _OUTSIDE or not _ELSEWHERE.isdisjoint(parts_of(around.get("class") or "")):
            return True
    return _is_listed(element)


def _is_in_text(link: HtmlElement) -> bool:
    """Whether a link stands in running text, or elsewhere."""
    parent = link.getparent()
    return parent is None or len(_text(parent)) > _LONGEST or _is_elsewhere(link)


# From the most deliberate markup to the least; what only seems to be a byline stands below the headline.
_PLACES: tuple[tuple[str, Callable[[HtmlElement], bool]], ...] = (
    (
        "//*[@rel='author'] | //*[@itemprop='author'] | //*[contains(concat(' ', @class, ' '), ' byline ')]"
        " | //*[contains(concat(' ', @class, ' '), ' author ')]",
        _is_listed,
    ),
    (
        f"//h1[1]/following::*[contains({_NAMES}, 'byline') or contains({_NAMES}, 'author')]",
        _is_elsewhere,
    ),
    (
        "//h1[1]/following::a[" + " or ".join(f"contains(@href, '/{name}/')" for name in _FOLDERS) + "]",
        _is_in_text,
    ),
)
