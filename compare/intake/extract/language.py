"""Which language a text is in, when its page does not say or says it wrongly."""

from __future__ import annotations

import regex

from compare import text as words_of

# One script, one language, as far as news goes; the others are told apart by function words.
_SCRIPTS = {
    "ja": r"[\p{Hiragana}\p{Katakana}]",
    "ko": r"\p{Hangul}",
    "zh": r"\p{Han}",
    "ar": r"\p{Arabic}",
    "he": r"\p{Hebrew}",
    "el": r"\p{Greek}",
    "hi": r"\p{Devanagari}",
    "th": r"\p{Thai}",
    "hy": r"\p{Armenian}",
    "ta": r"\p{Tamil}",
}
_PATTERNS = {code: regex.compile(script) for code, script in _SCRIPTS.items()}
_LETTER = regex.compile(r"\p{L}")
_BY_WORDS = (
    "en",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "nl",
    "tr",
    "ru",
    "uk",
    "pl",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "ro",
    "hu",
    "id",
)
_SAME_SCRIPT = {"ar": ("fa", "ur", "ps", "ckb"), "hi": ("ne", "mr"), "zh": ("yue",)}
_ENOUGH_WORDS = 40
_LOOKED_AT = 2000


def guess(text: str) -> str | None:
    """The likely language of a text as a primary subtag, or None when it is too close to tell.

    By script where that decides, else by the share of words that are function words of a language.
    """
    sample = text[:_LOOKED_AT]
    letters = len(_LETTER.findall(sample))
    if letters == 0:
        return None
    for code, pattern in _PATTERNS.items():
        share = len(pattern.findall(sample)) / letters
        if share > (0.08 if code == "ja" else 0.4):
            return code
    found = [word.text for word in words_of.words(sample)]
    if len(found) < _ENOUGH_WORDS:
        return None
    shares = {
        code: sum(map(words_of.stop_words(code).__contains__, found)) / len(found) for code in _BY_WORDS
    }
    first, second = sorted(shares, key=lambda code: (-shares[code], code))[:2]
    if shares[first] < 0.2 or shares[first] - shares[second] < 0.05:
        return None
    return first


def contradicts(declared: str, guessed: str | None) -> bool:
    """Whether a declared language cannot be the guessed one."""
    primary = words_of.primary(declared)
    if guessed is None or primary == guessed or primary in _SAME_SCRIPT.get(guessed, ()):
        return False
    return {primary, guessed} not in ({"no", "nb"}, {"no", "nn"}, {"no", "da"}, {"sr", "ru"}, {"bg", "ru"})
