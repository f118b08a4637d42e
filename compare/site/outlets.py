"""Names of outlets: ids and signs for those that the configuration does not tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from hashlib import sha256
from itertools import chain

from compare.model import Outlet

LONGEST_SLUG = 80
SLUG = re.compile(rf"[a-z0-9](?:[a-z0-9_-]{{0,{LONGEST_SLUG - 2}}}[a-z0-9])?")
_PLAIN = str.maketrans({
    "ı": "i", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "&": " and "
})  # fmt: skip
_SMALL = frozenset(
    ("the", "of", "and", "de", "del", "la", "le", "les", "el", "los", "der", "die", "das", "il")
)


def slug(name: str) -> str:
    """A name as an id: lower-case ASCII letters and digits joined by hyphens.

    A name with no letter that has an ASCII form becomes ``outlet-`` and six hexadecimal digits.
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "")
    short = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_SLUG].strip("-")
    return short or "outlet-" + sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def sign(name: str, taken: Collection[str] = ()) -> str:
    """Two to four capitals for a name, not taken: initials, or first letters, or those with a figure."""
    words = re.findall(r"[^\W_]+", name.replace("'", "").replace("’", ""))
    telling = [word for word in words if word.lower() not in _SMALL] or words or ["outlet"]
    initials = "".join(word[0] for word in telling).upper()[:4]
    letters = "".join(telling).upper()
    wanted = [initials, letters[:2], letters[:3], letters[:4]]
    numbered = (f"{letters[: 4 - len(str(n))]}{n}" for n in range(2, 1000))
    for candidate in chain(wanted, numbered):
        if 2 <= len(candidate) <= 4 and candidate not in taken:
            return candidate
    return f"{letters[:2]:X<2}"


class Directory:
    """The outlets of a site, at first the configured ones, by what an article may call them."""

    def __init__(self, known: Iterable[Outlet]) -> None:
        self._found: dict[str, Outlet] = {}
        self._signs: set[str] = set()
        for outlet in known:
            self._add(outlet)

    def find(self, name: str) -> Outlet:
        """The outlet of that id or name; an unknown one gets an id and a sign from its name."""
        short = slug(name)
        outlet = self._found.get(name.casefold()) or self._found.get(short)
        if outlet is None:
            outlet = Outlet(short, name, sign(name, self._signs))
            self._add(outlet)
        return outlet

    def _add(self, outlet: Outlet) -> None:
        self._signs.add(outlet.sign)
        self._found.setdefault(outlet.id, outlet)
        self._found.setdefault(outlet.name.casefold(), outlet)
