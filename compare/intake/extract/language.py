"""Which language a text is in, when its page does not say or says it wrongly."""

from __future__ import annotations

from dataclasses import replace

import regex

from compare import text as words_of
from compare.intake.extract.model import Doubt, Draft

# One script, one language, as far as news goes; the others are told apart by function words.
_SCRIPTS = {
    "ja": r"[\p{Hiragana}\p{Katakana}]", "ko": r"\p{Hangul}", "zh": r"\p{Han}", "ar": r"\p{Arabic}",
    "he": r"\p{Hebrew}", "el": r"\p{Greek}", "hi": r"\p{Devanagari}", "th": r"\p{Thai}",
}  # fmt: skip
_BY_WORDS = ("en", "es", "fr", "de", "it", "pt", "nl", "tr", "ru", "uk", "pl", "sv", "da", "no", "fi", "cs",
             "ro", "hu", "id")  # fmt: skip
# What reads like a language and is another: by its script, or by most of its function words.
_ALIKE = {"ar": ("fa", "ur", "ps", "ckb"), "hi": ("ne", "mr"), "zh": ("yue",), "no": ("nb", "nn", "da"),
          "da": ("no",), "ru": ("sr", "bg")}  # fmt: skip
_ENOUGH_WORDS = 40
_LOOKED_AT = 2000


def guess(text: str) -> str | None:
    """The likely language of a text as a primary subtag, or None when it is too close to tell.

    By script where that decides, else by the share of words that are function words of a language.
    """
    sample = text[:_LOOKED_AT]
    letters = len(regex.findall(r"\p{L}", sample))
    for code, script in _SCRIPTS.items():
        if len(regex.findall(script, sample)) > letters * (0.08 if code == "ja" else 0.4):
            return code
    found = [word.text for word in words_of.words(sample)]
    if len(found) < _ENOUGH_WORDS:
        return None
    shares = {
        code: sum(map(words_of.stop_words(code).__contains__, found)) / len(found) for code in _BY_WORDS
    }
    first, second = sorted(shares, key=lambda code: (-shares[code], code))[:2]
    return first if shares[first] >= 0.2 and shares[first] - shares[second] >= 0.05 else None


def in_its_language(draft: Draft) -> Draft:
    """The draft with a language, and a doubt when that is a guess or not the one that it declares."""
    declared, guessed = draft.facts.language, guess(draft.text)
    if declared is not None:
        if guessed is None or words_of.primary(declared) in (guessed, *_ALIKE.get(guessed, ())):
            return draft
        doubt = f"the page declares the language {declared} but reads like {guessed}"
    elif guessed is None:
        doubt = "the language is not stated; the story's is assumed"
    else:
        doubt = f"the language is guessed as {guessed}"
    return replace(draft, facts=draft.facts.doubting(Doubt("language", doubt), language=guessed))
