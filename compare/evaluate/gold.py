"""Gold files: stories with annotated links, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from compare.errors import GoldError, Problems

LABELS = ("same", "partial")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GoldStory:
    """One annotated story.

    Attributes:
        id: Unique in its file.
        articles: Article id → its sentences; a sentence is named ``<article>:<index>``.
        languages: BCP 47 tag of each article.
        links: Pair of names, the smaller first → ``same`` or ``partial``.
        ignore: Pairs that count neither way.
        conflicts: Linked pairs that disagree.
    """

    id: str
    articles: dict[str, tuple[str, ...]]
    languages: tuple[str, ...]
    links: dict[Pair, str]
    ignore: frozenset[Pair]
    conflicts: frozenset[Pair]


def pair(x: str, y: str) -> Pair:
    """Two sentence names in the order in which they are kept."""
    return (x, y) if x < y else (y, x)


def read(path: Path) -> list[GoldStory]:
    """Read a gold file.

    Raises:
        Problems: Everything that is wrong with it, with file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise GoldError("The gold file cannot be read", path=path, hint=str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise GoldError("The gold file is not UTF-8 text", path=path) from error
    problems: list[GoldError] = []
    stories: list[GoldStory] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue

        def report(message: str, hint: str | None = None, line: int = number) -> None:
            problems.append(GoldError(message, path=path, line=line, hint=hint))

        story = _story(line, report)
        if story is None:
            continue
        if story.id in seen:
            report(f"Story {story.id} stands on line {seen[story.id]} already")
        seen.setdefault(story.id, number)
        stories.append(story)
    if not stories and not problems:
        problems.append(GoldError("The gold file holds no story", path=path))
    if problems:
        raise Problems(problems)
    return stories


Report = Callable[..., None]


class _Article(msgspec.Struct):
    id: str
    sentences: tuple[str, ...]
    language: str | None = None


class _Line(msgspec.Struct):
    story: str
    articles: list[_Article]
    links: list[Any] = []
    ignore: list[Any] = []
    conflicts: list[Any] = []
    language: str = "en"


def _story(line: str, report: Report) -> GoldStory | None:
    try:
        data = msgspec.json.decode(line, type=_Line)
    except (msgspec.MsgspecError, RecursionError) as error:
        hint = 'One story a line: {"story": "...", "articles": [{"id": "...", "sentences": ["...", ...]}]}.'
        report(f"No story in JSON: {error}", hint)
        return None
    articles: dict[str, tuple[str, ...]] = {}
    for article in data.articles:
        if article.id in articles:
            report(f"Two articles are called {article.id}")
            return None
        articles[article.id] = article.sentences
    names = {f"{name}:{n}" for name, sentences in articles.items() for n in range(len(sentences))}
    links: dict[Pair, str] = {}
    for found, label in _pairs("links", data.links, names, report):
        if label not in LABELS:
            report(f"Link {found[0]} {found[1]} has the label {label!r}", f"Use {' or '.join(LABELS)}.")
        elif links.setdefault(found, label) != label:
            report(f"Link {found[0]} {found[1]} is given twice, with different labels")
    return GoldStory(
        id=data.story,
        articles=articles,
        languages=tuple(article.language or data.language for article in data.articles),
        links=links,
        ignore=frozenset(found for found, _ in _pairs("ignore", data.ignore, names, report)),
        conflicts=frozenset(found for found, _ in _pairs("conflicts", data.conflicts, names, report)),
    )


def _pairs(key: str, rows: list[Any], names: set[str], report: Report) -> Iterator[tuple[Pair, Any]]:
    """The valid pairs of a list of rows, each with the third entry of its row."""
    for row in rows:
        if not isinstance(row, list) or len(row) < 2 or not all(isinstance(name, str) for name in row[:2]):
            report(f'"{key}" has a row that is no pair: {json.dumps(row)[:60]}', "A row is [x, y, ...].")
            continue
        x, y = row[:2]
        unknown = [name for name in (x, y) if name not in names]
        if unknown:
            report(f'"{key}" names {" and ".join(unknown)}, which is not there', "Names are article:index.")
        elif x == y:
            report(f'"{key}" links {x} with itself')
        elif x.rpartition(":")[0] == y.rpartition(":")[0]:
            report(f'"{key}" links {x} and {y}, which are of one article')
        else:
            yield pair(x, y), row[2] if len(row) > 2 else None
