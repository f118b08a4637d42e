"""Writes any number of invented stories, so that a benchmark has something of a newsroom's size.

    python tests/benchmarks/stories.py FOLDER --stories 1000 --articles 3 --sentences 25

Each story is a list of facts about a made-up town. An article tells most of them, now and then in
other words or with another figure, so that there is as much to align and to find as in real
coverage. The same numbers give the same bytes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from random import Random

# fmt: off
ONSETS = [
    "B", "Br", "C", "Cr", "D", "Dr", "F", "G", "Gr", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T",
    "V", "W",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
CODAS = ["l", "n", "r", "s", "t", "nd", "rn", "st", "ck", "m"]
ENDINGS = ["burgh", "ford", "ham", "mouth", "stead", "ton", "wick", "worth"]
GIVEN = [
    "Ada", "Bram", "Cleo", "Dorit", "Edda", "Falk", "Greta", "Hollis", "Ilse", "Joram", "Katla", "Lorne",
    "Mira", "Nils", "Orla", "Piet",
]
BODIES = [
    "city council", "port authority", "water board", "transport office", "housing agency",
    "hospital trust", "school district", "fire service", "planning committee", "audit office",
]
WORKS = [
    "harbour bridge", "tram line", "northern reservoir", "central library", "market hall", "flood wall",
    "ring road", "power station", "ferry terminal", "old theatre",
]
TRADES = ["engineer", "teacher", "baker", "nurse", "fisherman", "clerk", "printer", "driver"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
]
MATTERS = [
    "safety", "noise", "traffic", "the budget", "the timetable", "insurance", "staffing",
    "the foundations", "river levels", "access for wheelchairs", "parking", "compensation",
]
# fmt: on

# One fact, two wordings. Slots are filled once for a story, so both wordings state one claim.
FACTS = [
    (
        "The {body} of {town} closed the {work} on {day} after cracks were found in {n} places.",
        "Cracks found in {n} places led {town}'s {body} to shut the {work} on {day}.",
    ),
    (
        "Repairs to the {work} will cost {m} million crowns, the {body} said.",
        "According to the {body}, mending the {work} is going to cost {m} million crowns.",
    ),
    (
        "“We could not wait any longer,” said {name}, who heads the {body}.",
        "{name}, the head of the {body}, said that it was impossible to wait any longer.",
    ),
    ("About {n} people use the {work} every day.", "The {work} is used by roughly {n} people daily."),
    (
        "{name} denied that warnings about {matter} had been ignored.",
        "Warnings about {matter} were not ignored, {name} insisted.",
    ),
    (
        "The inspection began on {d} {month} and lasted {n} days.",
        "Inspectors started their work on {d} {month}; it took them {n} days.",
    ),
    (
        "{name}, a {trade} from {town}, said that the noise had grown worse since {month}.",
        "Since {month} the noise has become worse, said {name}, a {trade} who lives in {town}.",
    ),
    (
        "Work on {matter} is due to start before the end of {month}.",
        "Before {month} is over, work on {matter} should begin.",
    ),
    (
        "The {body} has not published the report on {matter}.",
        "A report on {matter} remains unpublished by the {body}.",
    ),
    (
        "Buses will replace the service between {town} and {other} for {n} weeks.",
        "For {n} weeks, buses are to run between {town} and {other} instead.",
    ),
    (
        "In {year}, a similar fault at {other} injured {n} workers.",
        "{n} workers were hurt by a comparable fault at {other} in {year}.",
    ),
    (
        "Opposition members called the decision on {matter} hasty.",
        "The decision about {matter} was hasty, members of the opposition said.",
    ),
    (
        "The contract for the {work} was signed in {year} by {name}.",
        "{name} signed the {work} contract in {year}.",
    ),
    (
        "Shops near the {work} reported that sales fell by {p} percent.",
        "Sales dropped {p} percent at shops close to the {work}, their owners reported.",
    ),
    (
        "A public meeting about {matter} will be held in {other} on {day}.",
        "On {day}, {other} hosts a public meeting on {matter}.",
    ),
]


@dataclass(frozen=True)
class Size:
    """How much to write: stories, articles of each, sentences of each article."""

    stories: int = 1000
    articles: int = 3
    sentences: int = 25


def write_stories(root: Path, size: Size, *, first: int = 0) -> None:
    """Write ``sources/`` and ``crossread.toml`` below a folder.

    Args:
        root: The site's folder; made when missing.
        size: How much.
        first: Number of the first story, to add to a folder that has some.
    """
    outlets = [f"Invented Paper {number + 1}" for number in range(max(size.articles, 1))]
    root.mkdir(parents=True, exist_ok=True)
    tables = [
        f'[outlets.paper-{number + 1}]\nname = "{name}"\nsign = "P{number + 1}"\n'
        for number, name in enumerate(outlets)
    ]
    (root / "crossread.toml").write_text('title = "Benchmark"\n\n' + "\n".join(tables), encoding="utf-8")
    for number in range(first, first + size.stories):
        write_story(root / "sources" / f"story-{number:05}", number, size)


def write_story(folder: Path, number: int, size: Size) -> None:
    """Write one story's folder; its text depends on the number alone."""
    chance = Random(number)
    town, facts = facts_of(chance, size.sentences)
    folder.mkdir(parents=True)
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    head = f"---\ntitle: What happened in {town}\ndate: {day}\ntags: [{town}, benchmark]\n---\n"
    story = head + "An invented event.\n"
    (folder / "story.md").write_text(story, encoding="utf-8")
    for article in range(size.articles):
        text = article_text(chance, facts, size.sentences)
        head = (
            f"---\noutlet: paper-{article + 1}\ntitle: {town} and paper {article + 1}\n"
            f"published: {day}T{6 + article % 12:02}:30:00+00:00\nrights: full\n---\n"
        )
        (folder / f"paper-{article + 1}.md").write_text(head + text, encoding="utf-8")


def facts_of(chance: Random, sentences: int) -> tuple[str, list[tuple[str, str]]]:
    """A town's name and a fifth more facts about it than an article tells, in two wordings each."""
    town = place(chance)
    facts = []
    for number in range(sentences * 6 // 5 + 1):
        slots = {
            "body": chance.choice(BODIES),
            "work": chance.choice(WORKS),
            "day": chance.choice(DAYS),
            "month": chance.choice(MONTHS),
            "name": f"{chance.choice(GIVEN)} {place(chance)}",
            "trade": chance.choice(TRADES),
            "matter": chance.choice(MATTERS),
            "town": town,
            "other": place(chance),
            "n": chance.randint(3, 900),
            "m": chance.randint(2, 80),
            "d": chance.randint(1, 28),
            "p": chance.randint(2, 60),
            "year": chance.randint(1950, 2020),
        }
        first, second = FACTS[number % len(FACTS)]
        facts.append((first.format(**slots), second.format(**slots)))
    return town, facts


def article_text(chance: Random, facts: list[tuple[str, str]], sentences: int) -> str:
    """One article: most facts in order, a third of them reworded, a few with another figure."""
    told = sorted(chance.sample(range(len(facts)), min(sentences, len(facts))))
    lines = []
    for fact in told:
        line = facts[fact][chance.random() < 1 / 3]
        if chance.random() < 0.05:
            line = "".join(str((int(c) + 1) % 10) if c in "23456" else c for c in line)
        lines.append(line)
    return "\n\n".join(" ".join(lines[start : start + 3]) for start in range(0, len(lines), 3)) + "\n"


def place(chance: Random) -> str:
    """A made-up name."""
    return chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS) + chance.choice(ENDINGS)


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description="Write invented stories.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=3)
    parser.add_argument("--sentences", type=int, default=25)
    given = parser.parse_args()
    write_stories(given.folder, Size(given.stories, given.articles, given.sentences))


if __name__ == "__main__":
    main()
