"""The words that the rules know, read once from ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from compare.text import normalise, primary, stems, stop_words

ANY = "any"  # stands for a language where a rule's words of all languages are known at once


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))


@cache
def lexicon(rule: str, language: str) -> frozenset[str]:
    """Single words of a rule, normalised; empty for a language that the rule does not know."""
    entries = _tables()[rule].get(primary(language), "").split()
    return frozenset(normalise(entry) for entry in entries if "_" not in entry)


def function_words(language: str) -> frozenset[str]:
    """Words that say nothing of what a sentence is about; of a search "page" is one, and here it is none."""
    return lexicon("function", language) or stop_words(language)


@cache
def phrases(rule: str, language: str) -> frozenset[tuple[str, ...]]:
    """Entries of several words of a rule, normalised."""
    entries = _tables()[rule].get(primary(language), "").split()
    return frozenset(tuple(normalise(entry).split("_")) for entry in entries if "_" in entry)


@cache
def stemmed(rule: str, language: str) -> frozenset[str]:
    """The stems of a rule's single words."""
    return frozenset(stems(sorted(lexicon(rule, language)), language))


@cache
def opposites(rule: str, language: str) -> dict[str, frozenset[str]]:
    """Word → its opposites, for a rule whose entries stand in pairs."""
    table: dict[str, frozenset[str]] = {}
    for entry in _tables()[rule].get(primary(language), "").split(";"):
        names = [normalise(name) for name in entry.split()]
        for name, other in zip(names, reversed(names), strict=True):
            table[name] = table.get(name, frozenset()) | {other}
    return table


@cache
def classes(rule: str, language: str) -> dict[str, str]:
    """Word → the first word of its class, for a rule whose entries exclude one another."""
    table: dict[str, str] = {}
    for group in _tables()[rule].get(primary(language), "").split(";"):
        names = [normalise(name) for name in group.split()]
        table |= dict.fromkeys(names, names[0] if names else "")
    return table


@cache
def stemmed_classes(rule: str, language: str) -> dict[str, str]:
    """Stem of a word → stem of the first word of its class."""
    table = classes(rule, language)
    return dict(zip(stems(tuple(table), language), stems(tuple(table.values()), language), strict=True))


@cache
def meanings(rule: str, language: str = ANY) -> dict[str, str]:
    """Word → what it is read as, for a rule whose groups begin with that, as it is written there."""
    table: dict[str, str] = {}
    for group in _tables()[rule].get(primary(language), "").split(";"):
        meaning, *names = group.split() or [""]
        table |= dict.fromkeys(map(normalise, names), meaning)
    return table


@cache
def numbers(rule: str, language: str = ANY) -> dict[str, int]:
    """Word → the whole number that it is read as."""
    return {name: int(meaning) for name, meaning in meanings(rule, language).items()}
