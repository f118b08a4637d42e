"""The search index: small documents, in parts, of which an edit costs one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from built import stamps

from compare.build import Report, manifest, search

Make = Callable[..., Report]


def test_parts_are_few_and_even() -> None:
    """One for a small site, eight at most, and no story moves while the number of parts stays."""
    assert {search.part_of(f"story-{n}", 125) for n in range(125)} == {0}
    for stories, parts in ((126, 2), (500, 4), (1000, 8), (100_000, 8)):
        sizes = [0] * parts
        for n in range(1000):
            sizes[search.part_of(f"story-{n}", stories)] += 1
        assert min(sizes) > 1000 / parts / 2


def test_files_of_parts_are_told_apart() -> None:
    """The first part's folder holds the others'."""
    files = [
        "pagefind/pagefind.js",
        "pagefind/fragment/a",
        "pagefind/1/fragment/b",
        "pagefind/parts.json",
        "x",
    ]
    assert search.files_of(0, files) == files[:2]
    assert search.files_of(1, files) == [files[2]]


def test_small_site_has_one_index_without_ready_made_interfaces(site: Path, make: Make) -> None:
    """All its files are listed; the documents that it was made from are gone."""
    make(search=True)
    output = site / "output"
    listed = manifest.decode((output / manifest.NAME).read_bytes())
    assert listed is not None
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= listed[0].keys()
    assert not [path for path in listed[0] if "ui" in path.rpartition("/")[2]]
    assert json.loads((output / "pagefind/parts.json").read_text()) == [0]
    assert not list(output.glob(".search*"))


def test_edit_costs_one_part(site: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other parts' files stay the files they are; without an edit of texts all do."""
    monkeypatch.setattr(search, "ONE_PART", 2)
    make(search=True)
    parts = json.loads((site / "output/pagefind/parts.json").read_text())
    assert len(parts) > 1
    before = stamps(site / "output/pagefind")
    article = site / "sources" / "story-00002" / "paper-1.md"
    article.write_text(article.read_text() + "Zanzibar was not asked.\n")
    indexed: list[int] = []
    index = search.index
    monkeypatch.setattr(
        search, "index", lambda writer, part, *more: indexed.append(part) or index(writer, part, *more)
    )
    make(search=True)
    assert indexed == [search.part_of("story-00002", 6)]
    after = stamps(site / "output/pagefind")
    own = f"{indexed[0]}/" if indexed[0] else ("fragment/", "index/", "pagefind", "wasm")
    kept = [path for path in before if not path.startswith(own) and "." in path[1:]]
    assert kept
    assert all(after[path] == before[path] for path in kept)
    indexed.clear()
    config = site / "crossread.toml"
    config.write_text(config.read_text().replace("Benchmark", "Another name"))
    assert make(search=True).written
    assert indexed == []


def test_lost_documents_are_taken_from_the_pages(site: Path, tmp_path: Path, make: Make) -> None:
    """A cache that lost them costs nothing but a less tidy index."""
    make(search=True)
    for folder in (tmp_path / "cache").glob("*/found"):
        shutil.rmtree(folder)
    article = site / "sources" / "story-00002" / "paper-1.md"
    article.write_text(article.read_text() + "Zanzibar was not asked.\n")
    assert make(search=True).written
    assert (site / "output/pagefind/pagefind-entry.json").exists()
