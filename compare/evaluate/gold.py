"""Gold files: stories with annotated links, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def _story(line: str, report: Report) -> GoldStory | None:
    try:
        data = json.loads(line)
    except ValueError as error:
        report(f"Not a JSON object: {error}", "One story a line, each a JSON object.")
        return None
    if not isinstance(data, dict) or not isinstance(data.get("story"), str):
        report("A story needs its name", 'Give it as "story": "some-name".')
        return None
    articles = _articles(data.get("articles"), report)
    if articles is None:
        return None
    names = {f"{name}:{n}" for name, sentences in articles.items() for n in range(len(sentences))}
    links: dict[Pair, str] = {}
    for found, label in _pairs(data, "links", names, report):
        if label not in LABELS:
            report(f"Link {found[0]} {found[1]} has the label {label!r}", f"Use {' or '.join(LABELS)}.")
        elif links.setdefault(found, label) != label:
            report(f"Link {found[0]} {found[1]} is given twice, with different labels")
    default = data.get("language", "en")
    ignore, conflicts = (
        frozenset(found for found, _ in _pairs(data, key, names, report)) for key in ("ignore", "conflicts")
    )
    return GoldStory(
        id=data["story"],
        articles=articles,
        languages=tuple(str(article.get("language", default)) for article in data["articles"]),
        links=links,
        ignore=ignore,
        conflicts=conflicts,
    )


def _articles(data: object, report: Report) -> dict[str, tuple[str, ...]] | None:
    hint = '"articles" is a list of {"id": "...", "sentences": ["...", ...]}.'
    if not isinstance(data, list):
        report("A story needs its articles", hint)
        return None
    result: dict[str, tuple[str, ...]] = {}
    for article in data:
        name = article.get("id") if isinstance(article, dict) else None
        sentences = article.get("sentences") if isinstance(article, dict) else None
        if not isinstance(name, str) or not isinstance(sentences, list):
            report("An article needs an id and sentences", hint)
            return None
        if not all(isinstance(sentence, str) for sentence in sentences):
            report(f"A sentence of {name} is not text", hint)
            return None
        if name in result:
            report(f"Two articles are called {name}")
            return None
        result[name] = tuple(sentences)
    return result


def _pairs(data: dict[str, Any], key: str, names: set[str], report: Report) -> Iterator[tuple[Pair, object]]:
    """The valid pairs of a list of rows, each with the third entry of its row."""
    rows = data.get(key, [])
    if not isinstance(rows, list):
        report(f'"{key}" is not a list', f'"{key}" is a list of [x, y, ...].')
        return
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
