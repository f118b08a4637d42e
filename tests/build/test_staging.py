"""The new site beside the old one: written whole, swapped in one step, nothing else deleted."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.build import manifest, previous, staging, swap, writer
from compare.build.staging import Staging
from compare.errors import OutputError

FIRST = {"index.html": b"one", "stories/a/index.html": b"a", "stories/a/deep/er/page.html": b"deep"}
SECOND = {"index.html": b"two", "stories/b/index.html": b"b", "stories/a/deep/er/page.html": b"deep"}


def write_site(output: Path, pages: dict[str, bytes], said: list[str] | None = None) -> None:
    """Write a site as a build does."""
    say = pytest.fail if said is None else said.append
    found = manifest.inspect(output)
    new = Staging(output, found)
    new.begin(say)
    files = {}
    for path, content in pages.items():
        name = manifest.digest(content)
        if found.files.get(path) == name:
            new.writer.keep(path)
        else:
            new.writer.write(path, content)
        files[path] = name
    new.finish(files, say)


def read_site(output: Path) -> dict[str, bytes]:
    """Every file but the manifest."""
    paths = (path for path in output.rglob("*") if path.is_file() and path.name != manifest.NAME)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in paths}


def test_second_site_replaces_the_first_and_keeps_unchanged_files(tmp_path: Path) -> None:
    """Pages come, go and stay; what stays keeps its time; beside the output is the site before."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    assert read_site(output) == FIRST
    os.utime(output / "stories/a/deep/er/page.html", ns=(5, 5))
    write_site(output, SECOND)
    assert read_site(output) == SECOND
    assert (output / "stories/a/deep/er/page.html").stat().st_mtime_ns == 5
    assert not (output / "stories/a/index.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".output.previous", "output"]
    assert read_site(previous.path_of(output)) == FIRST


def test_two_renames_do_where_names_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system without an atomic exchange, the fallback gives the same site."""
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    output = tmp_path / "output"
    write_site(output, FIRST)
    write_site(output, SECOND)
    assert read_site(output) == SECOND
    assert read_site(previous.path_of(output)) == FIRST
    assert sorted(path.name for path in tmp_path.iterdir()) == [".output.previous", "output"]


def test_recovery_after_a_death_between_two_renames(tmp_path: Path) -> None:
    """The old site, moved aside by the fallback, is put back."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    output.rename(staging.spare(output))
    staging.recover(output, pytest.fail)
    assert read_site(output) == FIRST
    assert not staging.spare(output).exists()


def test_recovery_clears_half_written_and_half_deleted_sites(tmp_path: Path) -> None:
    """What a killed build leaves beside the output is cleared away, the site stays."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    half = Staging(output, manifest.inspect(output))
    half.begin(pytest.fail)
    half.writer.write("stories/x/index.html", b"x")
    deleted = tmp_path / ".output.new-1"
    write_site(deleted, FIRST)
    (deleted / "index.html").unlink()
    write_site(tmp_path / ".output.new-4", FIRST)
    (tmp_path / ".output.new-4" / manifest.PASSING).write_bytes(b"")
    (tmp_path / ".output.new-2").mkdir()
    (tmp_path / ".output.new-3").mkdir()
    (tmp_path / ".output.new-3" / manifest.NAME).write_bytes(b"")
    staging.recover(output, pytest.fail)
    assert read_site(output) == FIRST
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_recovery_leaves_a_folder_that_only_looks_like_ours(tmp_path: Path) -> None:
    """Without a manifest in it, a folder is not deleted, and the user is told."""
    said: list[str] = []
    theirs = tmp_path / ".output.new-7"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work")
    staging.recover(tmp_path / "output", said.append)
    assert (theirs / "thesis.txt").read_text() == "years of work"
    assert "no manifest" in said[0]


def test_recovery_touches_no_folder_of_another_output(tmp_path: Path) -> None:
    """An output whose name begins alike has a staging folder and a previous site of its own."""
    for pages in (FIRST, SECOND):
        write_site(tmp_path / "output.new-b", pages)
    write_site(tmp_path / "output", FIRST)
    staging.recover(tmp_path / "output", pytest.fail)
    assert read_site(previous.path_of(tmp_path / "output.new-b")) == FIRST


def test_recovery_takes_away_what_file_managers_left_in_an_old_site(tmp_path: Path) -> None:
    """A build that was killed after the swap leaves the whole old site, with its litter."""
    old = tmp_path / ".output.new-7"
    write_site(old, FIRST)
    (old / "stories" / ".DS_Store").write_bytes(b"view")
    staging.recover(tmp_path / "output", pytest.fail)
    assert not old.exists()


@pytest.mark.parametrize("name", ["mine.txt", "stories/a/notes.md", ".git/HEAD"])
def test_somebody_elses_files_stop_the_build(tmp_path: Path, name: str) -> None:
    """A file that no build has written is named, and nothing is touched."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    (output / name).parent.mkdir(exist_ok=True)
    (output / name).write_text("mine")
    with pytest.raises(OutputError, match=name):
        manifest.inspect(output)
    assert (output / name).read_text() == "mine"


def test_folder_without_a_manifest_is_somebody_elses(tmp_path: Path) -> None:
    """Up to five of its files are named, the others counted."""
    for number in range(8):
        (tmp_path / f"photo-{number}.jpg").write_bytes(b"x")
    with pytest.raises(OutputError, match=r"photo-4\.jpg and 3 more"):
        manifest.inspect(tmp_path)


def test_empty_folder_and_missing_folder_are_free(tmp_path: Path) -> None:
    """Both are built into."""
    (tmp_path / "empty").mkdir()
    write_site(tmp_path / "empty", FIRST)
    write_site(tmp_path / "missing", FIRST)
    assert read_site(tmp_path / "empty") == read_site(tmp_path / "missing") == FIRST


def test_empty_folder_in_the_output_is_somebody_elses(tmp_path: Path) -> None:
    """A build makes no empty folder, so it must not delete one."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    (output / "uploads").mkdir()
    with pytest.raises(OutputError, match="uploads/"):
        manifest.inspect(output)


def test_what_file_managers_leave_behind_is_carried_over(tmp_path: Path) -> None:
    """A .DS_Store neither stops a build nor is it lost."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    (output / ".DS_Store").write_bytes(b"view")
    write_site(output, SECOND)
    assert read_site(output) == SECOND | {".DS_Store": b"view"}


def test_links_in_the_output_are_never_followed(tmp_path: Path) -> None:
    """A link in place of a page or a folder is somebody else's; what it leads to stays."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("precious")
    output = tmp_path / "output"
    write_site(output, FIRST)
    (output / "stories/a/index.html").unlink()
    (output / "stories/a/index.html").symlink_to(outside / "index.html")
    with pytest.raises(OutputError, match=r"stories/a/index\.html"):
        manifest.inspect(output)
    (output / "stories/a/index.html").unlink()
    (output / "stories/a/deep/er/page.html").unlink()
    (output / "stories/a/deep/er").rmdir()
    (output / "stories/a/deep/er").symlink_to(outside)
    (outside / "page.html").write_text("precious")
    said: list[str] = []
    previous.discard(output, dict.fromkeys(FIRST, ""), said.append)
    assert (outside / "page.html").read_text() == "precious"
    assert (output / "stories/a/deep/er").is_symlink()
    assert said


def test_output_that_is_a_link_or_a_file_is_refused(tmp_path: Path) -> None:
    """Its target is named as the way out."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(OutputError, match=r"symbolic link(.|\n)*real"):
        manifest.inspect(tmp_path / "link")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        manifest.inspect(tmp_path / "file")


def test_files_put_into_the_site_during_a_build_are_not_deleted(tmp_path: Path) -> None:
    """They stay in the old folder, and the user is told where that is."""
    output = tmp_path / "output"
    write_site(output, FIRST)
    found = manifest.inspect(output)
    new = Staging(output, found)
    new.begin(pytest.fail)
    new.writer.write("index.html", b"two")
    (output / "late.txt").write_text("mine")
    said: list[str] = []
    new.finish({"index.html": manifest.digest(b"two")}, said.append)
    new.abandon()
    assert read_site(output) == {"index.html": b"two"}
    assert [path.read_text() for path in tmp_path.glob(".output.*/late.txt")] == ["mine"]
    assert "during the build" in said[0]


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", "a//b", "", ".", "a/./b", "a\\b", "a\0b", "c:x", "a\nb", "x" * 256],
)
def test_unsafe_paths_are_refused(tmp_path: Path, path: str) -> None:
    """No page can be written outside of the staging folder."""
    new = Staging(tmp_path / "output", manifest.Found())
    new.begin(pytest.fail)
    with pytest.raises(OutputError, match="may not be written there"):
        new.writer.write(path, b"x")
    listed = manifest.encode({path: "0"})
    assert manifest.decode(listed) is None


@given(st.text(st.sampled_from("ab./\\:-é\n "), max_size=9))
def test_safe_paths_are_those_of_the_definition(path: str) -> None:
    """The short way for usual paths lets nothing through that the rules refuse, and refuses nothing else."""
    parts = path.split("/")
    safe = not {"", ".", ".."} & set(parts) and not set(path) & set("\\:\n")
    assert manifest.is_safe(path) == safe


def test_two_pages_of_one_path_are_refused(tmp_path: Path) -> None:
    """The second does not overwrite the first."""
    new = Staging(tmp_path / "output", manifest.Found())
    new.begin(pytest.fail)
    new.writer.write("a/index.html", b"1")
    with pytest.raises(OutputError, match="two pages want the same file"):
        new.writer.write("a/index.html", b"2")


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    """Pages are readable by all, whatever the user's umask."""
    before = os.umask(0o077)
    try:
        write_site(tmp_path / "output", FIRST)
    finally:
        os.umask(before)
    for path in [tmp_path / "output", *(tmp_path / "output").rglob("*")]:
        expected = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.path.insert(0, sys.argv[2])
from compare.build import manifest
from compare.build.staging import Staging
from compare.errors import OutputError
output = Path(sys.argv[1])
new = Staging(output, manifest.inspect(output))
new.begin(print)
try:
    new.writer.write("big.html", b"x" * 50_000)
except OutputError as error:
    print(error)
    new.abandon()
"""


def test_full_disk_is_a_clear_message_and_the_old_site_stays(tmp_path: Path) -> None:
    """A write that the system cuts short ends the build with the reason."""
    assert resource.RLIMIT_FSIZE is not None
    output = tmp_path / "output"
    write_site(output, FIRST)
    home = str(Path(__file__).resolve().parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(output), home], capture_output=True, text=True, check=True
    )
    assert "big.html: cannot be written: file too large" in ran.stdout
    assert read_site(output) == FIRST
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EBUSY])
def test_every_usual_refusal_has_a_hint(number: int) -> None:
    """The disk's errors say what to do."""
    assert writer.refusal(OSError(number, os.strerror(number)), "output").hint


def test_manifest_is_the_same_for_the_same_site() -> None:
    """Order of files does not show."""
    one = manifest.encode({"a": "1", "b": "2"})
    assert one == manifest.encode({"b": "2", "a": "1"})
    assert manifest.decode(one) == ({"a": "1", "b": "2"}, True)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"crossread": 1, "files": []}', b"[" * 10**5]
)
def test_foreign_manifests_are_no_manifests(content: bytes) -> None:
    """Anything else in that place is not believed."""
    assert manifest.decode(content) is None
