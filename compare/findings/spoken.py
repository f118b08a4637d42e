"""Words as they are spoken: contractions written out, one spelling for British and American papers."""

from __future__ import annotations

from functools import lru_cache

from compare.text.lexicon import ANY, lexicon, meanings

_ENDINGS = {"'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would"}


_ENDINGS_ABROAD = {"isation": "ization", "ising": "izing", "ised": "ized", "ise": "ize", "ence": "ense"}


@lru_cache(maxsize=1 << 14)
def spoken(word: str) -> tuple[str, ...]:
    """A normalised word as it is spoken in full: ``they're`` is ``they are``."""
    if full := meanings("spoken").get(word):
        return tuple(full.split("_"))
    if "'" not in word:
        return (_american(word),)
    if word.endswith("n't"):
        return (word[:-3], "not")
    stem, mark, ending = word.rpartition("'")
    if mark + ending in _ENDINGS:
        return (stem, _ENDINGS[mark + ending])
    if ending == "s" and stem in lexicon("is_after", ANY):
        return (stem, "is")
    return (word,)


def _american(word: str) -> str:
    """One spelling for words that British and American papers spell differently."""
    if len(word) < 6 or not word.isascii():
        return word
    for british, american in _ENDINGS_ABROAD.items():
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word.replace("our", "or") if word.endswith(("our", "ours", "oured", "ouring")) else word
