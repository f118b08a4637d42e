"""Who wrote an article: where a page shows it, and the names in bylines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby, islice

from lxml.html import HtmlElement

from compare.text import normalise
from compare.text.agencies import is_agency

_CREDIT = re.compile(
    r"^(?:(?:written|reported|posted|published|text|story|words|report)\s)?"
    r"(?:by|por|von|par|di|da|door|av|af|autor(?:in)?|author|auteur|autore|reporter|yazan|text|من|作者|记者|文)"
    r"[\s:：/／]\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r" ?[,;|•·/] ?| [-–—] | (?:and|und|et|&|with|for) ", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,500}>")
_ADDRESS = re.compile(
    r"[\w.+-]{1,64}+@[\w-]{1,60}(?:\.[\w-]{1,20}){1,4}|https?:\S+|www\.\S+|@\w+", re.IGNORECASE
)
# From here on it is no name any more: a digit, or what stands beside bylines.
_CLUTTER = re.compile(
    r"\d|(?:reading time|read time|min read|updated|published|posted|last modified|follow|contact|"
    r"view (?:my|bio|full|profile|all)|e-?mail|twitter|facebook|share|more by|opens in|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|yesterday|today|just now)|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? \d",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:no|unknown|the|guest|default|site)?\s?(?:authors?|admin(?:istrator)?|editors?|unknown|none|null|"
    r"undefined|n/?a|anonymous|webmaster|web ?desk|news ?desk|news ?room|redaktion|redazione|redacción|"
    r"rédaction|redactie|redação|staff|user|root|test|haber merkezi|online|press release|contributor)"
    r"(?:\s(?:reporters?|writers?|desk|team|report))?$|"
    # a title, a company
    r".*\b(?:writers?|reporters?|correspondents?|editors?|columnist|contributor|redakteur(?:in)?|"
    r"korrespondent(?:in)?|journalist|staff|bureau|desk|producer|chief|director|agencies|wire services?|"
    r"agenturen|agências|agencias)$|.*\b(?:inc|ltd|llc|corp|gmbh|co|plc|ag)\.?$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?<=\w)\s\([^()]{0,100}\)")  # “Ana Lind (Brussels)”
_WHERE = re.compile(r"\s(?:in|on|at|for)\s.*")  # “Ana Lind in Brussels on Monday”
_ODD = re.compile(r"[{}$%<>=_#@]|\w\.[a-z]{2,4}$")  # markup, handles, hosts
_MOST_WORDS = 6
_LONGEST_NAME = 60

_LONGEST = 200  # characters of a byline
_MOST = 20  # places looked at
_MOST_PLACES = 3  # of one kind; further down are the names of readers and of other articles' authors
_AROUND = 3  # elements around a byline that another article's headline may stand in
_TEASER = 400  # characters of such an element
_HEADLINE = "self::*[not(.//h1)]//*[self::h2 or self::h3 or self::h4][ancestor::a or .//a]"
_CLASSES = "translate(concat(@class, ' ', @id), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_FOLDERS = ("author", "authors", "by", "profile", "staff", "contributor", "journalist", "auteur", "autor")
# The deliberate markup first; what only seems to be a byline stands below the headline, not in running text.
_PLACES = (
    "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')"
    " or contains(concat(' ', @class, ' '), ' author ')]",
    f"//h1[1]/following::*[contains({_CLASSES}, 'byline') or contains({_CLASSES}, 'author')]"
    " | //h1[1]/following::a[" + " or ".join(f"contains(@href, '/{name}/')" for name in _FOLDERS) + "]"
    f"[string-length(normalize-space(..)) <= {_LONGEST}]",
)


def read_names(text: str, outlet: str | None) -> tuple[tuple[str, ...], str | None]:
    """The people that a byline names, and the agency in it.

    Addresses, handles, dates, titles, placeholders and the outlet itself are no names.
    """
    plain = " ".join(_MARKUP.sub(" ", html.unescape(text)).split())
    plain = _PLACE.sub(" ", _ADDRESS.sub(" ", plain))
    plain = _CLUTTER.split(_CREDIT.sub("", plain.strip()), maxsplit=1)[0]
    people: list[str] = []
    agency: str | None = None
    for part in _PARTS.split(plain):
        name = _WHERE.sub("", _CREDIT.sub("", part.strip(' ()[]"“”.:-–—*')))
        if is_agency(name):
            agency = agency or re.sub(r"\sstaff$", "", name, flags=re.IGNORECASE)
        elif _is_name(name, outlet):
            people.append(name)
    return tuple(dict.fromkeys(people)), agency


def _plain(name: str) -> str:
    """A name's letters, without the end of a host: neither “cnn.com” nor “CNN News” is an author of CNN."""
    return re.sub(r"\W", "", re.sub(r"^www\.|\.[a-z]{2,4}$|\snews$", "", normalise(name)))


def _is_name(name: str, outlet: str | None) -> bool:
    if not 1 < len(name) <= _LONGEST_NAME or len(name.split()) > _MOST_WORDS or not name[0].isalpha():
        return False
    if name.isascii() and (name.islower() or _CREDIT.fullmatch(f"{name} ")):  # a handle, or “By” alone
        return False
    return _plain(name) != _plain(outlet or "") and not (_ODD.search(name) or _NO_NAME.match(name))


def bylines(tree: HtmlElement) -> Iterator[tuple[str, ...]]:
    """The texts of each place where bylines stand, the more deliberate first; looked for as it is asked."""
    for path in _PLACES:
        found = [element for element in tree.xpath(path)[:_MOST] if not _is_listed(element)]
        for _, inside in islice(groupby(found, key=_place), _MOST_PLACES):
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
    around = islice(element.iterancestors(), _AROUND)
    return any(len(_text(one)) <= _TEASER and one.xpath(_HEADLINE) for one in around)
