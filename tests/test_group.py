"""A heap of articles becomes stories, for reasons that are told."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.cli.group import command
from compare.errors import SourceError
from compare.intake.group import Item, propose
from compare.intake.inbox import read_inbox

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "news3-dev.jsonl"
PAGES = Path(__file__).parent / "pages"
MOMENT = datetime(2024, 5, 1, 8, tzinfo=UTC)
WORDS = ("lamp", "ferry", "dam", "heron", "bridge", "court", "strike", "cable")
BRIDGE = "The old bridge over the Karsk was closed after divers found cracks in its second pillar."
HERON = "A heron that nests on the cathedral roof has hatched three chicks, the verger told pupils."


def item(name: str, text: str, hours: float | None = 0, language: str = "en") -> Item:
    """An article of the heap."""
    published = None if hours is None else MOMENT + timedelta(hours=hours)
    return Item(name, text.split(".", maxsplit=1)[0], text, language, published)


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated stories are not here")
def test_annotated_stories_come_back() -> None:
    """All ten stories of three articles come back whole from one heap, without any dates."""
    heap, story_of = [], {}
    for line in GOLD.read_text("utf-8").splitlines():
        story = json.loads(line)
        for article in story["articles"]:
            name = f"{article['id']}-{len(heap)}"
            heap.append(Item(name, article["title"], "\n".join(article["sentences"])))
            story_of[name] = story["story"]
    random.Random(7).shuffle(heap)
    grouping = propose(heap)
    assert grouping.alone == ()
    assert sorted(len(proposal.items) for proposal in grouping.proposals) == [3] * 10
    for proposal in grouping.proposals:
        assert len({story_of[item.id] for item in proposal.items}) == 1
        assert len(proposal.reasons) == 6


def test_reasons_and_loners() -> None:
    """What belongs together is proposed with the words that decided; the rest stays alone."""
    heap = [
        item("a", BRIDGE + " Repairs begin in June."),
        item("b", "Cracks close bridge. Divers saw cracks in the second pillar of the Karsk bridge."),
        item("c", HERON),
    ]
    grouping = propose(heap)
    (proposal,) = grouping.proposals
    assert [item.id for item in proposal.items] == ["a", "b"]
    assert {"bridge", "cracks", "Karsk"} & set(proposal.reasons)
    assert [item.id for item in grouping.alone] == ["c"]


def test_window() -> None:
    """The same words a month later are another story; an article without a time fits into any."""
    heap = [
        item("a", BRIDGE),
        item("b", BRIDGE, 5),
        item("c", BRIDGE, 24 * 30),
        item("d", BRIDGE, None),
        item("e", HERON),
    ]
    grouping = propose(heap)
    groups = sorted([item.id for item in proposal.items] for proposal in grouping.proposals)
    assert [group for group in groups if "a" in group and "c" in group] == []
    assert sum("d" in group for group in groups) == 1
    assert all("b" in group for group in groups if "a" in group)


def test_languages_stay_apart() -> None:
    """Articles in two languages are two stories, whatever names they share."""
    heap = [item("a", BRIDGE), item("b", BRIDGE, language="de"), item("c", HERON), item("d", HERON)]
    assert [[item.id for item in proposal.items] for proposal in propose(heap).proposals] == [["c", "d"]]


def test_nothing_to_group() -> None:
    """Empty heaps and empty texts are no error."""
    assert propose([]).proposals == ()
    assert len(propose([item("a", ""), item("b", "")]).alone) == 2


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["lamp", "ferry", "dam", "heron", "bridge", "court", "strike", "cable"]),
            max_size=8,
        ),
        max_size=9,
    ),
    st.randoms(),
)
def test_order_does_not_matter(texts: list[list[str]], chance: random.Random) -> None:
    """Every article is in one group or alone, and the order of the heap changes nothing."""
    heap = [item(f"{number}", " ".join(text), number) for number, text in enumerate(texts)]
    grouping = propose(heap)
    names = [item.id for proposal in grouping.proposals for item in proposal.items]
    assert sorted(names + [item.id for item in grouping.alone]) == sorted(item.id for item in heap)
    chance.shuffle(heap)
    assert propose(heap) == grouping


def fill(inbox: Path) -> None:
    """Three articles on one event, one on another, and a picture."""
    inbox.mkdir()
    body = "\n\n".join(f"{BRIDGE} Engineers set up camp number {number} there." for number in range(6))
    for outlet in ("Lamp", "Wire", "Gull"):
        head = f"---\noutlet: {outlet}\ntitle: Closed\npublished: 2024-05-01T08:00Z\nlanguage: en\n---\n"
        (inbox / f"{outlet}.md").write_text(head + body.replace("camp", f"{outlet} camp"))
    (inbox / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (inbox / "page.html").write_bytes((PAGES / "amp.html").read_bytes())


def test_command(tmp_path: Path) -> None:
    """Proposals are printed with reasons; nothing is written before --apply, and twice is no harm."""
    fill(tmp_path / "inbox")
    arguments = [str(tmp_path / "inbox"), "--root", str(tmp_path)]
    shown = CliRunner().invoke(command, arguments)
    assert shown.exit_code == 1
    assert "picture.png: error: this is a picture" in shown.output
    assert "3 articles, nearness" in shown.stdout
    assert "alone: page.html" in shown.stdout
    assert not (tmp_path / "sources").exists()
    (tmp_path / "inbox/picture.png").unlink()
    as_json = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).stdout)
    (story,) = as_json["stories"]
    assert story["articles"] == ["Gull.md", "Lamp.md", "Wire.md"]
    applied = CliRunner().invoke(command, [*arguments, "--apply"])
    assert applied.exit_code == 0, applied.output
    written = sorted(path.name for path in (tmp_path / "sources" / story["story"]).iterdir())
    assert written == ["gull.md", "lamp.md", "story.md", "wire.md"]


def test_what_stands_in_a_story_is_passed_over(tmp_path: Path) -> None:
    """A second --apply over the same inbox takes nothing again."""
    fill(tmp_path / "inbox")
    ask = [str(tmp_path / "inbox"), "--root", str(tmp_path), "--apply"]
    CliRunner().invoke(command, ask)
    written = sorted(path.name for path in (tmp_path / "sources").rglob("*"))
    again = CliRunner().invoke(command, ask)
    assert "already" in again.output
    assert sorted(path.name for path in (tmp_path / "sources").rglob("*")) == written


def test_inbox_must_be_a_folder(tmp_path: Path) -> None:
    """A missing inbox is told."""
    with pytest.raises(SourceError, match="not a folder"):
        read_inbox(tmp_path / "nowhere")
