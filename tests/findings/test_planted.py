"""The differences planted in the shipped harbour-bridge story are found, and nothing else is disputed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from compare.model import Comparison, Finding
from compare.site.config import load
from compare.site.readers import read_story
from compare.story import compare_story

PLANT = re.compile(r"^\d+\. \*\*([a-z ]+)\*\*")
DISPUTED = {
    ("number", "conflict", ("11", "14")),
    ("date", "conflict", ("2024-05-21", "2024-05-22")),
    ("quotation", "speaker", ("Jon Addeley", "Marta Oyelin")),
    ("negation", "negation", ("in place", "not in place")),
}


@pytest.fixture(scope="module")
def comparison(project: Path) -> Comparison:
    """The story through all stages."""
    return compare_story(read_story(project / "sources" / "harbour-bridge", project, load(project)))


def found(comparison: Comparison) -> Iterator[Finding]:
    """Every finding of every claim."""
    for claim in comparison.claims:
        yield from claim.findings


def test_every_planted_kind_is_found(comparison: Comparison) -> None:
    """Each kind that the story's page lists shows up."""
    planted = {m[1] for line in comparison.story.introduction.splitlines() if (m := PLANT.match(line))}
    assert planted - {"published earlier"} <= {finding.kind for finding in found(comparison)}


def test_nothing_else_is_disputed(comparison: Comparison) -> None:
    """The disputed findings are the planted ones: five values and one altered quotation."""
    disputed = [f for f in found(comparison) if f.disputed]
    told = {(f.kind, f.relation, tuple(sorted(v.value for v in f.variants))) for f in disputed}
    altered = {entry for entry in told if entry[:2] == ("quotation", "altered")}
    assert told - altered == DISPUTED
    assert len(altered) == 1
    assert all("rebuild" in entry[2][0] or "repair" in entry[2][0] for entry in altered)


def test_undisputed_plants(comparison: Comparison) -> None:
    """Words that near copies exchange are told, and dispute nothing."""
    told = [f for f in found(comparison) if not f.disputed]
    assert {finding.kind for finding in told} <= {"number", "date", "name", "choice"}


def test_the_clock(comparison: Comparison) -> None:
    """The radio bulletin went out before the keeper was found; it did not leave him out."""
    claim = next(c for c in comparison.claims if "Anders Pell, was missing" in c.base_reading.text)
    radio = next(reading for reading in claim.readings if reading.article == "coast-radio")
    assert radio.state == "earlier"


def test_the_sources_of_the_seed(project: Path) -> None:
    """All five texts name the agency that the captured one has its news from."""
    story = read_story(project / "sources" / "s400-transfer", project, load(project))
    (agency,) = [a for a in compare_story(story).agencies if a.name == "Reuters"]
    assert len(agency.articles) == len(story.articles)
