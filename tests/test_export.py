"""A comparison in other people's formats."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from compare.cli.export import command
from compare.one_story import open_story
from compare.one_story.export import TEI, to_tei
from compare.site.new import make_site

STORY = "skarn-ferry"
NS = {"tei": TEI}
XML = "http://www.w3.org/XML/1998/namespace"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example site."""
    make_site(tmp_path / "site")
    return tmp_path / "site"


def export(root: Path, *arguments: str) -> bytes:
    """Run the command; what it writes."""
    told = CliRunner().invoke(command, [STORY, "--root", str(root), *arguments])
    assert told.exit_code == 0, told.output
    return told.stdout_bytes


def test_tei(root: Path) -> None:
    """Every article is a witness, every claim an apparatus entry in which each witness has one reading."""
    comparison = open_story(root, STORY).compare()
    tree = ET.fromstring(export(root, "--format", "tei"))
    assert tree.tag == f"{{{TEI}}}TEI"
    assert [child.tag.removeprefix(f"{{{TEI}}}") for child in tree] == ["teiHeader", "text"]
    witnesses = {element.get(f"{{{XML}}}id") for element in tree.findall(".//tei:witness", NS)}
    assert witnesses == {f"w-{article.id}" for article in comparison.story.articles}
    entries = tree.findall(".//tei:app", NS)
    assert len(entries) == len(comparison.claims)
    for claim, entry in zip(comparison.claims, entries, strict=True):
        readings = entry.findall("tei:rdg", NS)
        assert len(readings) >= 1
        named = [name for reading in readings for name in (reading.get("wit") or "").split()]
        assert sorted(named) == sorted(f"#{name}" for name in witnesses)
        for reading in claim.readings:
            own = next(
                element
                for element in readings
                if f"#w-{reading.article}" in (element.get("wit") or "").split()
            )
            assert (own.get("type") == "omission") == (not reading.told)
            if reading.article == claim.base:
                assert own.text == " ".join(reading.text.split())
                assert own.get("type") == "base"


def test_identifiers_are_names(root: Path) -> None:
    """Every xml:id is a name in XML's sense, and there once."""
    ids = [element.get(f"{{{XML}}}id") for element in ET.fromstring(export(root, "--format", "tei")).iter()]
    given = [name for name in ids if name]
    assert len(given) == len(set(given))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in given)


def test_hostile_text_stays_text(root: Path) -> None:
    """Markup in a source cannot become markup of the export."""
    article = next((root / "sources" / STORY).glob("harbour-wire.md"))
    article.write_text(
        article.read_text() + '\n\nThe sign said ]]> & <app wit="#x"> & "quoted" \\<!-- it --> twice.\n'
    )
    comparison = open_story(root, STORY).compare()
    tree = ET.fromstring(to_tei(comparison))
    assert len(tree.findall(".//tei:app", NS)) == len(comparison.claims)
    assert any('<app wit="#x">' in (element.text or "") for element in tree.iter())


def test_json_and_csv(root: Path) -> None:
    """They are what the site offers for download."""
    comparison = open_story(root, STORY).compare()
    values = json.loads(export(root))
    assert [claim["id"] for claim in values["claims"]] == [claim.id for claim in comparison.claims]
    rows = list(csv.DictReader(io.StringIO(export(root, "--format", "csv").decode("utf-8-sig"))))
    assert len(rows) == len(comparison.counted) * len(comparison.story.articles)


def test_rights(root: Path) -> None:
    """What rights withhold is left out, unless the editor asks for the whole."""
    article = root / "sources" / STORY / "harbour-wire.md"
    article.write_text(article.read_text().replace("---\n", "---\nrights: none\n", 1))
    opened = open_story(root, STORY)
    number = next(at for at, one in enumerate(opened.story.articles) if one.id == "harbour-wire")
    others = {
        sentence.text for at, group in enumerate(opened.sentences) for sentence in group if at != number
    }
    own = next(one.text for one in opened.sentences[number] if one.kind == "body" and one.text not in others)
    for form in ("json", "csv", "tei"):
        assert own not in export(root, "--format", form).decode().replace('""', '"').replace('\\"', '"')
    assert own in json.dumps(json.loads(export(root, "--whole")), ensure_ascii=False).replace('\\"', '"')


def test_to_a_file(root: Path) -> None:
    """A file is written whole, and replaced when it is there."""
    target = root / "out.json"
    for _ in range(2):
        assert export(root, "--output", str(target)) == b""
        assert json.loads(target.read_text())["story"]["id"] == STORY
