"""Which language a text is in, when its page does not say or says it wrongly."""

from __future__ import annotations

from dataclasses import replace

import regex

from compare import text as words_of
from compare.intake.extract.model import Doubt, Draft

# One script, one language, as far as news goes; the others are told apart by function words.
_SCRIPTS = {
    code: regex.compile(script)
    for code, script in {
        "ja": r"[\p{Hiragana}\p{Katakana}]", "ko": r"\p{Hangul}", "zh": r"\p{Han}", "ar": r"\p{Arabic}",
        "he": r"\p{Hebrew}", "el": r"\p{Greek}", "hi": r"\p{Devanagari}", "th": r"\p{Thai}",
        "hy": r"\p{Armenian}", "ta": r"\p{Tamil}",
    }.items()
}  # fmt: skip
_LETTER = regex.compile(r"\p{L}")
_BY_WORDS = ("en", "es", "fr", "de", "it", "pt", "nl", "tr", "ru", "uk", "pl", "sv", "da", "no", "fi", "cs",
             "ro", "hu", "id")  # fmt: skip
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
    for code, pattern in _SCRIPTS.items():
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


def _contradicts(declared: str, guessed: str) -> bool:
    """Whether a declared language cannot be the guessed one."""
    primary = words_of.primary(declared)
    if primary == guessed or primary in _SAME_SCRIPT.get(guessed, ()):
        return False
    return {primary, guessed} not in ({"no", "nb"}, {"no", "nn"}, {"no", "da"}, {"sr", "ru"}, {"bg", "ru"})


def in_its_language(draft: Draft) -> Draft:
    """The draft with a language, and a doubt when that is a guess or not the one that it declares."""
    declared, guessed = draft.facts.language, guess(draft.text)
    if guessed is None:
        doubt = "the language is not stated; the story's is assumed" if declared is None else None
    elif declared is None:
        doubt = f"the language is guessed as {guessed}"
    elif _contradicts(declared, guessed):
        doubt = f"the page declares the language {declared} but reads like {guessed}"
    else:
        doubt, guessed = None, declared
    if doubt is None:
        return draft
    return replace(draft, facts=draft.facts.doubting(Doubt("language", doubt), language=guessed))
