"""The previous site as the next build's start: fast, and never in the way."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_staging import FIRST, SECOND, read_site, write_site

from compare.build import manifest, previous, staging

PATHS = st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "a/c", "c/d/e.css", "c.txt"])
CONTENTS = st.sampled_from([b"1", b"2", b"3"])
SITES = st.lists(st.dictionaries(PATHS, CONTENTS, min_size=1), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(sites=SITES)
def test_any_sequence_of_sites_is_shown_whole_and_the_one_before_is_kept(
    sites: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever comes, goes and stays."""
    output = tmp_path_factory.mktemp("sites") / "output"
    shown: dict[str, bytes] = {}
    for pages in sites:
        write_site(output, pages)
        assert read_site(output) == pages
        assert read_site(previous.path_of(output)) == shown
        shown = pages


def test_unchanged_files_are_not_linked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that stayed twice costs no operation."""
    output = tmp_path / "output"
    for _ in range(2):
        write_site(output, SECOND)
    monkeypatch.setattr("os.link", lambda *_, **__: pytest.fail("linked again"))
    write_site(output, SECOND)
    assert read_site(output) == SECOND


def test_site_that_was_deleted_is_built_from_nothing(tmp_path: Path) -> None:
    """Without the site that is shown, the one before it is of no use."""
    output = tmp_path / "output"
    for pages in (FIRST, SECOND):
        write_site(output, pages)
    shutil.rmtree(output)
    write_site(output, SECOND)
    assert read_site(output) == SECOND


def test_only_its_owner_can_read_the_previous_site(tmp_path: Path) -> None:
    """A page that was taken back is not public beside the site either; the site itself is."""
    output = tmp_path / "output"
    for pages in (FIRST, SECOND, FIRST):
        write_site(output, pages)
    assert stat.S_IMODE(previous.path_of(output).stat().st_mode) == 0o700
    assert stat.S_IMODE(output.stat().st_mode) == 0o755


def test_previous_site_that_was_changed_does_not_reach_the_new_one(tmp_path: Path) -> None:
    """Another file in place of a link is taken away, as is a manifest of other files."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    write_site(output, SECOND)
    page = previous.path_of(output) / "stories/a/deep/er/page.html"
    page.unlink()
    page.write_bytes(b"changed")
    write_site(output, SECOND)
    assert read_site(output) == SECOND
    (previous.path_of(output) / "index.html").unlink()
    write_site(output, FIRST)
    assert read_site(output) == FIRST


def test_somebody_elses_file_in_the_previous_site_stays(tmp_path: Path) -> None:
    """The user is told where it is, and the site is built without that folder's help."""
    output, said = tmp_path / "output", []
    write_site(output, FIRST)
    write_site(output, SECOND)
    theirs = previous.path_of(output) / "thesis.txt"
    theirs.write_text("years of work")
    for pages in (FIRST, SECOND):
        write_site(output, pages, said)
        assert read_site(output) == pages
    assert theirs.read_text() == "years of work"
    assert "thesis" not in "".join(said)
    assert str(previous.path_of(output)) in said[0]


@pytest.mark.parametrize("content", [None, b"", b"{}", manifest.encode({}, complete=False)])
def test_folder_of_that_name_without_a_whole_manifest_is_left_alone(
    tmp_path: Path, content: bytes | None
) -> None:
    """It is not ours; the build goes on without it."""
    output, said = tmp_path / "output", []
    theirs = previous.path_of(output)
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work")
    if content is not None:
        (theirs / manifest.NAME).write_bytes(content)
    for pages in (FIRST, SECOND):
        write_site(output, pages, said)
        assert read_site(output) == pages
    assert (theirs / "thesis.txt").read_text() == "years of work"
    assert "no whole manifest" in said[0]


@pytest.mark.parametrize("target", ["outside", "nowhere"])
def test_link_of_that_name_is_not_followed(tmp_path: Path, target: str) -> None:
    """What it leads to stays as it is, and no build fails for it."""
    write_site(tmp_path / "outside", FIRST)
    previous.path_of(tmp_path / "output").symlink_to(tmp_path / target)
    write_site(tmp_path / "output", FIRST)
    write_site(tmp_path / "output", SECOND)
    assert read_site(tmp_path / "outside") == FIRST
    assert read_site(tmp_path / "output") == SECOND
    assert not list(tmp_path.glob(".output.new-*"))


def test_site_is_built_though_the_old_one_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user is told, and the next build clears it away."""
    output, said = tmp_path / "output", []
    write_site(output, FIRST)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(previous, "keep", refuse)
        write_site(output, SECOND, said)
    assert read_site(output) == SECOND
    assert "permission denied" in said[0]
    staging.recover(output, pytest.fail)
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_what_file_managers_leave_behind_does_not_stop_it(tmp_path: Path) -> None:
    """A .DS_Store stays in the site, and the previous site still serves."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    (output / ".DS_Store").write_bytes(b"view")
    for pages in (SECOND, FIRST, SECOND):
        write_site(output, pages)
        assert read_site(output) == pages | {".DS_Store": b"view"}
    assert previous.path_of(output).is_dir()
