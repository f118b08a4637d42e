"""Names in bylines: of people, and of the news agencies that papers run."""

from __future__ import annotations

import html
import re

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
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? \d|"
    r"(?:reading time|read time|min read|updated|published|posted|last modified|follow|contact|"
    r"view (?:my|bio|full|profile|all)|"
    r"e-?mail|twitter|facebook|share|more by|opens in|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|yesterday|today|just now)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:no|unknown|the|guest|default|site)?\s?(?:authors?|admin(?:istrator)?|editors?|unknown|none|null|"
    r"undefined|n/?a|anonymous|webmaster|web ?desk|news ?desk|news ?room|redaktion|redazione|redacción|"
    r"rédaction|redactie|redação|staff|user|root|test|haber merkezi|online|press release|contributor)"
    r"(?:\s(?:reporters?|writers?|desk|team|report))?",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:writers?|reporters?|correspondents?|editors?|columnist|contributor|redakteur(?:in)?|"
    r"korrespondent(?:in)?|journalist|staff|bureau|desk|producer|chief|director|agencies|wire services?|"
    r"agenturen|agências|agencias)$",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b(?:inc|ltd|llc|corp|gmbh|co|plc|ag)\.?$", re.IGNORECASE)
_PLACE = re.compile(r"(?<=\w)\s\([^()]{0,100}\)")  # “Ana Lind (Brussels)”
# “Ana Lind in Brussels on Monday”
_WHERE = re.compile(r"\s(?:in|on|at|for)\s.*")
_ODD = re.compile(r"[{}$%<>=_#@]|\w\.[a-z]{2,4}$")  # markup, handles, hosts
_MOST_WORDS = 6
_LONGEST = 60


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
    if not 1 < len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS or not name[0].isalpha():
        return False
    if _plain(name) == _plain(outlet or "") or _ODD.search(name):
        return False
    if name.isascii() and (name.islower() or _CREDIT.fullmatch(f"{name} ")):  # a handle, or “By” alone
        return False
    return not (_NO_NAME.fullmatch(name) or _TITLE.search(name) or _COMPANY.search(name))
