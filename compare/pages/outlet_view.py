"""An article's outlet as every page of its story names it."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from compare.model import Article, Outlet
from compare.pages.escaping import escaped, html
from compare.pages.phrases import Phrases, _, direction


class OutletView(NamedTuple):
    """An outlet with its article.

    Attributes:
        number: The article's number in the story, from 0; the page's script names outlets by it.
        id: Id of the outlet.
        article: Id of the article.
        name: The outlet's name.
        sign: The outlet's sign.
        sig: The sign as HTML.
        linked: What stands in a link with the outlet's name behind its address, as HTML.
        title: The article's headline, or "".
        url: Where it was published, or "".
        published: In words of the site's language, with the time of the last change, or "".
        machine: When it was published in ISO 8601, or "".
        author: As credited, or "".
        agency: As credited, or "".
        language: BCP 47 tag.
        dir: ``ltr`` or ``rtl``.
        lang: Both as HTML attributes after a space, or "" where the page itself has them.
        invented: True for an outlet that does not exist.
        complete: False for a source that is only an excerpt.
        version: 1 and up.
        citation: The article with author, title, outlet, day and address, as a reader may quote it.
    """

    number: int
    id: str
    article: str
    name: str
    sign: str
    sig: Markup
    linked: Markup
    title: str
    url: str
    published: str
    machine: str
    author: str
    agency: str
    language: str
    dir: str
    lang: Markup
    invented: bool
    complete: bool
    version: int
    citation: str


def outlet_view(article: Article, number: int, phrases: Phrases) -> OutletView:
    """The view of one article's outlet."""
    outlet = article.outlet
    towards = direction(article.language)
    return OutletView(
        number=number,
        id=outlet.id,
        article=article.id,
        name=outlet.name,
        sign=outlet.sign,
        sig=sig(outlet.sign, outlet.invented),
        linked=_linked(outlet, number),
        title=article.title or "",
        url=article.url or "",
        published=_when(article, phrases),
        machine=article.published.isoformat() if article.published else "",
        author=article.author or "",
        agency=article.agency or "",
        language=article.language,
        dir=towards,
        lang=_unlike_page(article.language, towards, phrases),
        invented=outlet.invented,
        complete=article.complete,
        version=article.version,
        citation=_citation(article, phrases),
    )


def _when(article: Article, phrases: Phrases) -> str:
    """When the article was published and, as its latest text is compared, when it was changed."""
    first, last = phrases.moment(article.published), phrases.moment(article.updated)
    if not first or not last or first == last:
        return first or last
    return phrases.gettext(_("%(first)s, updated %(last)s")) % {"first": first, "last": last}


def sig(sign: str, invented: bool, state: str = "") -> Markup:
    """An outlet's sign as HTML, with the shape of a state before it where one is named."""
    kind = " ".join(filter(None, ("sig", "made-up" if invented else "", state)))
    return html(f'<b class="{kind}">{escaped(sign)}</b>')


def _linked(outlet: Outlet, number: int) -> Markup:
    made_up = ' class="made-up"' if outlet.invented else ""
    return html(f' data-n="{number}"{made_up}>{escaped(outlet.name)}')


def _unlike_page(language: str, towards: str, phrases: Phrases) -> Markup:
    if language == phrases.language:
        return Markup("")
    return html(f' lang="{escaped(language)}" dir="{towards}"')


def _citation(article: Article, phrases: Phrases) -> str:
    title = f"“{article.title}”" if article.title else ""
    told = (article.author, title, article.outlet.name, phrases.day(article.published), article.url)
    return ", ".join(filter(None, told))
