"""The words that the rules know, read once from ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from compare.text import normalise, primary


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))


@cache
def lexicon(rule: str, language: str) -> frozenset[str]:
    """Single words of a rule, normalised; empty for a language that the rule does not know."""
    entries = _tables()[rule].get(primary(language), "").split()
    return frozenset(normalise(entry) for entry in entries if "_" not in entry)


@cache
def phrases(rule: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Entries of several words of a rule, normalised, in file order."""
    entries = _tables()[rule].get(primary(language), "").split()
    return tuple(tuple(normalise(entry).split("_")) for entry in entries if "_" in entry)


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
