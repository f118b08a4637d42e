"""Words as they are spoken: contractions written out, one spelling for British and American papers."""

from __future__ import annotations

from functools import lru_cache

_CONTRACTED = {
    "can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not"),
    "let's": ("let", "us"), "ain't": ("is", "not"), "gonna": ("going", "to"), "wanna": ("want", "to"),
    "ok": ("okay",), "toward": ("towards",), "programme": ("program",), "programmes": ("programs",),
    "centre": ("center",), "centres": ("centers",), "theatre": ("theater",), "metres": ("meters",),
    "metre": ("meter",), "sen": ("senator",), "rep": ("representative",), "gov": ("governor",),
    "gen": ("general",), "mr": ("mister",), "dr": ("doctor",), "pct": ("percent",),
    "grey": ("gray",), "tyre": ("tire",), "tyres": ("tires",),
}  # fmt: skip
_ENDINGS = {"'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would"}
_IS = frozenset(
    ("it", "he", "she", "that", "what", "who", "there", "here", "where", "how", "this", "everybody")
)


_ENDINGS_ABROAD = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("ence", "ense"),
)


@lru_cache(maxsize=1 << 14)
def spoken(word: str) -> tuple[str, ...]:
    """A normalised word as it is spoken in full: ``they're`` is ``they are``."""
    if "'" not in word:
        return _CONTRACTED.get(word, (_american(word),))
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    if word.endswith("n't"):
        return (word[:-3], "not")
    stem, mark, ending = word.rpartition("'")
    if mark + ending in _ENDINGS:
        return (stem, _ENDINGS[mark + ending])
    if ending == "s" and stem in _IS:
        return (stem, "is")
    return (word,)


def _american(word: str) -> str:
    """One spelling for words that British and American papers spell differently."""
    if len(word) < 6 or not word.isascii():
        return word
    for british, american in _ENDINGS_ABROAD:
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word.replace("our", "or") if word.endswith(("our", "ours", "oured", "ouring")) else word
