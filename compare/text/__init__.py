"""Words, stems and stop words: how text is read before anything is compared.

One normalisation serves the whole house. Two texts have the *same words* when they are equal
after it: case, white space, quotation marks and dashes are levelled, nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate
from threading import Lock
from typing import NamedTuple, overload

import regex

_QUOTES = dict.fromkeys("“”„‟«»‹›〝〞＂「」『』", '"') | dict.fromkeys("‘’‚‛ʼ＇´`", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_INVISIBLE = dict.fromkeys(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LEVEL = str.maketrans({**_QUOTES, **_DASHES, **_INVISIBLE})

# Scripts that put no space between words: every letter with its marks stands for itself.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(
    rf"""
      [{_UNSPACED}]\p{{M}}*
    | \p{{N}}+ (?: [.,:٫٬] \p{{N}}+ )* (?: [\p{{L}}\p{{M}}]+ )?
    | [[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]+ (?: ['’ʼ] [\p{{L}}\p{{M}}]+ )*
    """,
    regex.VERSION1 | regex.VERBOSE,
)
# The same words where only ASCII occurs in small letters, several times faster.
_ASCII_WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*[a-z]*|[a-z0-9]+(?:'[a-z]+)*")
# What stands between words and the words, in turn.
_PIECES = regex.compile(rf"({_WORD.pattern})", regex.VERSION1 | regex.VERBOSE)
_ASCII_PIECES = re.compile(f"({_ASCII_WORD.pattern})")
# Marks of print that stand in no word or, as the apostrophe, are levelled there; offsets stay.
_PRINT = str.maketrans({**dict.fromkeys("“”„«»‘–—…\u00a0", " "), "’": "'"})
_SPACED_LETTER = regex.compile(rf"[\p{{L}}--[{_UNSPACED}]]", regex.VERSION1)
_UNSPACED_LETTER = regex.compile(rf"[{_UNSPACED}]", regex.VERSION1)

# BCP 47 primary subtag → name of the Snowball algorithm.
STEMMERS = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch",
    "en": "english", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german", "el": "greek",
    "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nb": "norwegian", "nn": "norwegian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        text: Normalised form.
        start: Offset of its first character.
        end: Offset past its last character.
    """

    text: str
    start: int
    end: int


_new_word = partial(tuple.__new__, Word)  # a third of the time of ``Word(...)``


class Words(Sequence[Word]):
    """The words of a text in order, kept as columns: most who ask need nothing but their forms.

    Attributes:
        texts: The normalised form of each.
        starts: The offset of each one's first character.
        ends: The offset past each one's last character.
    """

    __slots__ = ("ends", "starts", "texts")

    def __init__(self, texts: list[str], starts: list[int], ends: list[int]) -> None:
        self.texts = texts
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Word]:
        return map(_new_word, zip(self.texts, self.starts, self.ends, strict=True))

    @overload
    def __getitem__(self, index: int) -> Word: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...

    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        return Word(self.texts[index], self.starts[index], self.ends[index])


def normalise(text: str) -> str:
    """Level case, white space, quotation marks and dashes; drop invisible characters.

    Composed and decomposed letters become equal (Unicode NFC). Idempotent.
    """
    if text.isascii():  # the same with less to do
        return " ".join(text.replace("`", "'").lower().split())
    levelled = unicodedata.normalize("NFC", text).translate(_LEVEL)
    folded = unicodedata.normalize("NFC", levelled.casefold())
    return " ".join(folded.translate(_LEVEL).split())


@lru_cache(maxsize=2048)  # each stage of a story asks for the words of the same sentences
def words(text: str) -> Words:
    """The words of a text with their offsets, in order.

    A number with its separators is one word, as is a contraction; a hyphen parts words, so that
    ``47-page`` and ``47 pages`` share one. In scripts without spaces each letter is a word.
    """
    plain = text.translate(_PRINT)
    if plain.isascii():
        pieces = _ASCII_PIECES.split(plain.lower())
        found = pieces[1::2]
    else:
        pieces = _PIECES.split(text)
        found = [normal_word(word) for word in pieces[1::2]]
    ends = list(accumulate(map(len, pieces)))
    return Words(found, ends[:-1:2], ends[1::2])


@lru_cache(maxsize=1 << 16)
def normal_word(word: str) -> str:
    """A normalised word: news repeats its words, and a look-up is ten times as fast."""
    return normalise(word)


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag, in lower case: ``pt`` of ``pt-BR``."""
    return language.partition("-")[0].lower()


@cache
def stop_words(language: str) -> frozenset[str]:
    """Normalised function words of a language; empty when none are known."""
    import stopwordsiso

    code = {"nb": "no", "nn": "no"}.get(primary(language), primary(language))
    if not stopwordsiso.has_lang(code):
        return frozenset()
    return frozenset(word for entry in stopwordsiso.stopwords(code) for word in words(entry).texts)


@cache
def _stemmer(language: str) -> dict[str, str]:
    return _Stems(primary(language))


class _Stems(dict[str, str]):
    """Word → stem, filled as words are asked for: news repeats its words."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._lock = Lock()  # a stemmer works on a word of its own
        self._stem = None
        if code in STEMMERS:
            import snowballstemmer

            self._stem = snowballstemmer.stemmer(STEMMERS[code]).stemWord

    def __missing__(self, word: str) -> str:
        plain = word.removesuffix("'s")
        with self._lock:
            stem = plain if self._stem is None else str(self._stem(plain))
        self[word] = stem
        return stem


def stems(normalised: Iterable[str], language: str) -> tuple[str, ...]:
    """The stems of normalised words; the words themselves where the language has no stemmer."""
    table = _stemmer(language)
    return tuple(table[word] for word in normalised)


def is_spaced(text: str) -> bool:
    """Whether most letters of a text belong to a script that puts spaces between words."""
    return len(_SPACED_LETTER.findall(text)) >= len(_UNSPACED_LETTER.findall(text))


def plain_words(levelled: str) -> list[str]:
    """The words of an already normalised text: as ``words``, without offsets and several times faster."""
    pattern = _ASCII_WORD if levelled.isascii() else _WORD
    found: list[str] = pattern.findall(levelled)
    return found
