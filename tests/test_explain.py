"""The receipt of a claim: complete, and adding up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from compare.cli.explain import command
from compare.errors import SourceError
from compare.one_story import Opened, open_story
from compare.one_story.explain import explain, find_claim, log_odds
from compare.site.new import make_site


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example site."""
    folder = tmp_path_factory.mktemp("explain") / "site"
    make_site(folder)
    return folder


@pytest.fixture(scope="module")
def opened(root: Path) -> Opened:
    """Its story."""
    return open_story(root, "skarn-ferry")


def test_receipt(opened: Opened) -> None:
    """Links lie inside the claim, rivals outside of it, and the evidence is the model's."""
    comparison = opened.compare()
    claim = max(comparison.counted, key=lambda claim: len(claim.links))
    receipt = explain(opened, claim.id)
    members = {one.id for reading in receipt.claim.readings for one in (*reading.sentences, *reading.also)}
    assert receipt.claim == claim
    assert receipt.links
    assert all({link.x, link.y} <= members for link in receipt.links)
    assert all(link.evidence for link in receipt.links if link.decided_by == "model")
    assert all(rival.member.id in members and rival.sentence.id not in members for rival in receipt.rivals)
    assert receipt.threshold == comparison.threshold
    assert receipt.signature == comparison.signature


def test_claims_are_found_by_each_name(opened: Opened) -> None:
    """By the id, by its start, by a permalink and by a sentence; nothing else is guessed."""
    comparison = opened.compare()
    claim = comparison.claims[0]
    sentence = claim.base_reading.sentences[0]
    for name in (claim.id, claim.id[:7], f"#{claim.id}", claim.id.upper(), sentence.id):
        assert find_claim(comparison, name) is claim
    for name in ("", "zz", "lamp/00000000"):
        with pytest.raises(SourceError):
            find_claim(comparison, name)


def test_log_odds() -> None:
    """The score behind a probability, bounded."""
    assert log_odds(0.5) == 0
    assert log_odds(0.9) == pytest.approx(2.1972, abs=1e-4)
    assert (log_odds(0.0), log_odds(1.0)) == (-20.0, 20.0)


def test_command(root: Path, opened: Opened) -> None:
    """The receipt is printed for people and as JSON."""
    claim = max(opened.compare().counted, key=lambda claim: sum(bool(link.evidence) for link in claim.links))
    told = CliRunner().invoke(command, ["skarn-ferry", claim.id, "--root", str(root)])
    assert told.exit_code == 0, told.output
    assert f"claim {claim.id}" in told.output
    assert "bias and rounding" in told.output
    assert "threshold" in told.output
    values = json.loads(
        CliRunner().invoke(command, ["skarn-ferry", claim.id, "--root", str(root), "--json"]).output
    )
    assert values["claim"]["id"] == claim.id
    assert any(link["evidence"] for link in values["links"])
