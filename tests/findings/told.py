"""Reads the case files: two or more readings of a claim, and what must be found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from compare import findings
from compare.align.claims.states import against
from compare.model import Article, Block, Claim, Finding, Outlet, Reading
from compare.text.segment import split

FOLDER = Path(__file__).parent.parent / "cases" / "findings"
_CASE = re.compile(r"^([^\n]+) \((\w+(?:-\w+)?)\)\n\.\n(.*?)\n\.\n(.*?)^\.$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^(\w+)(?: @(\S+))?: (.*)$")


def cases(kind: str) -> list[tuple[str, str, str, str]]:
    """Name, language, readings and expected findings of each case of a kind's file."""
    text = (FOLDER / f"{kind}.md").read_text(encoding="utf-8")
    found = [match.groups() for match in _CASE.finditer(text)]
    assert 3 * len(found) == len(re.findall(r"^\.$", text, re.MULTILINE)), "a case is lost to a typing slip"
    return found


def claim(readings: str, language: str) -> tuple[Claim, Mapping[str, Article]]:
    """A claim of one line an article: ``name @2024-05-14T08:00+00:00: text``; `` // `` parts paragraphs."""
    articles: dict[str, Article] = {}
    made: list[Reading] = []
    for line in readings.splitlines():
        match = _LINE.match(line)
        assert match, line
        name, published, text = match.groups()
        articles[name] = article(name, text.split(" // "), language, published)
        sentences = split(articles[name])
        if not made:
            made.append(Reading(name, sentences, "base", probability=1.0, depth=0.0))
            continue
        made.append(against(Reading(name, sentences, "reworded", (), 0.9, 0.0), made[0]))
    return Claim("0a1b2c3d", made[0].article, tuple(made)), articles


def examined(made: Claim, articles: Mapping[str, Article]) -> tuple[Finding, ...]:
    """The findings of a story of one claim."""
    (claim,) = findings.examine((made,), articles)
    return claim.findings


def of_kind(kind: str, made: Claim, articles: Mapping[str, Article]) -> list[Finding]:
    """The findings of one kind inside a claim."""
    return [finding for finding in findings.inside(made, articles) if finding.kind == kind]


def article(name: str, paragraphs: list[str], language: str, published: str | None) -> Article:
    """An article of plain paragraphs."""
    blocks, place = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", place, place + len(paragraph)))
        place += len(paragraph) + 2
    return Article(
        name,
        Outlet(name, f"The {name.title()}", name[:2].upper()),
        "\n\n".join(paragraphs),
        tuple(blocks),
        language=language,
        published=datetime.fromisoformat(published) if published else None,
    )


def told(found: Iterable[Finding], articles: Mapping[str, Article]) -> str:
    """Findings as a case file writes them: ``relation!: value | value``; checks that spans are true."""
    lines = []
    for finding in found:
        for variant in finding.variants:
            assert variant.places
            for place in variant.places:
                assert articles[place.article].text[place.start : place.end] == place.text
        sign = "!" if finding.disputed else ""
        lines.append(
            f"{finding.relation}{sign}: {' | '.join(variant.value for variant in finding.variants)}\n"
        )
    return "".join(lines)
