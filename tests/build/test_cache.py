"""The cache: believed when it is whole and the user's own, and never else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from compare.build import cache, inputs
from compare.build.cache import Cache, Index, Output, StoryRecord
from compare.build.inputs import Inputs

INDEX = Index(
    seen=Inputs({"a": "d"}, "s", "t", "l", {"sources/a/story.md": (10, 20, 30, "ab")}),
    outputs={
        "/site/output": Output(
            "m", "r", {"index.html": (1, 2, 3)}, {"a": StoryRecord("k", "c", (2, 9, 5), "f", Raw(b"{}"))}
        )
    },
)


def test_index_comes_back_as_it_was(tmp_path: Path) -> None:
    """Saved and loaded, it is equal, and readable by the user alone."""
    one = Cache(tmp_path / "cache", tmp_path)
    one.save(INDEX)
    other = Cache(tmp_path / "cache", tmp_path)
    assert other.load() == INDEX
    assert other.notes == []
    assert stat.S_IMODE(other.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((other.folder / "index.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"nonsense", b'{"format": "another"}', b"[" * 10**5, b"\xff\xfe"]
)
def test_damaged_index_is_ignored_with_a_note(tmp_path: Path, content: bytes) -> None:
    """Everything is computed again, and the user is told why."""
    one = Cache(tmp_path / "cache", tmp_path)
    (one.folder / "index.json").write_bytes(content)
    assert one.load() == Index()
    assert "damaged or of another version" in one.notes[0]


@given(st.data())
def test_cut_or_changed_index_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever byte is lost, the answer is an index."""
    root = tmp_path_factory.mktemp("cache")
    one = Cache(root / "cache", root)
    one.save(INDEX)
    content = bytearray((one.folder / "index.json").read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at:] = data.draw(st.binary(max_size=20))
    (one.folder / "index.json").write_bytes(bytes(content))
    assert isinstance(one.load(), Index)


def test_unusable_folder_is_a_note_and_no_cache(tmp_path: Path) -> None:
    """A build needs no cache."""
    (tmp_path / "file").write_text("x")
    one = Cache(tmp_path / "file", tmp_path)
    assert "no cache" in one.notes[0]
    assert one.load() == Index()
    one.save(INDEX)
    one.forget([])
    assert one.comparison_path("ab") is None


def test_name_that_is_not_utf8_is_a_note(tmp_path: Path) -> None:
    """JSON holds text; a file's name on Linux is bytes. Then nothing is remembered."""
    one = Cache(tmp_path / "cache", tmp_path)
    one.save(Index(Inputs({os.fsdecode(b"\xff"): "d"})))
    assert "not UTF-8" in one.notes[0]
    assert one.load() == Index()


def test_place_of_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's cache folder, unless CROSSREAD_CACHE names another; each site has its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("CROSSREAD_CACHE", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert cache.default_folder() == tmp_path / "crossread"
    monkeypatch.setenv("CROSSREAD_CACHE", str(tmp_path / "ci"))
    assert cache.default_folder() == tmp_path / "ci"
    assert Cache(tmp_path, tmp_path / "one").folder != Cache(tmp_path, tmp_path / "two").folder


def test_forgotten_comparisons_are_deleted(tmp_path: Path) -> None:
    """Only what an output folder is made from stays."""
    one = Cache(tmp_path / "cache", tmp_path)
    for key in ("aa11", "bb22"):
        path = one.comparison_path(key)
        assert path is not None
        cache.write(path, b"x")
    one.forget(["aa11"])
    assert [path.name for path in sorted(one.folder.glob("comparisons/??/*"))] == ["aa11"]


@given(st.binary(max_size=500), st.integers(0, 600), st.integers(1, 255))
def test_packed_content_is_whole_or_nothing(content: bytes, at: int, change: int) -> None:
    """One changed byte anywhere, and nothing else comes out."""
    packed = bytearray(cache.pack(content))
    assert cache.unpack(bytes(packed)) == content
    packed[at % len(packed)] ^= change
    assert cache.unpack(bytes(packed)) in (None, content)
    assert cache.unpack(bytes(packed[: at % len(packed)])) is None


def write_story(root: Path, text: str) -> Path:
    """A file of a story, old enough for its time to be believed."""
    path = root / "sources" / "a" / "one.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, ns=(10**18, 10**18))
    return path


def test_unchanged_files_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size, time and inode are enough to know a file again."""
    write_story(tmp_path, "one")
    first = inputs.look(tmp_path, {})
    monkeypatch.setattr(inputs._Reader, "_content", lambda *_: pytest.fail("read again"))
    assert inputs.look(tmp_path, first.files).stories == first.stories


def test_file_written_just_now_is_read_again(tmp_path: Path) -> None:
    """A second change could hide behind the same time."""
    path = write_story(tmp_path, "one")
    path.write_text("two")
    first = inputs.look(tmp_path, {})
    status = path.stat()
    path.write_text("six")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert inputs.look(tmp_path, first.files).stories != first.stories


def test_every_name_and_byte_counts(tmp_path: Path) -> None:
    """A changed text, a renamed file, a moved byte: another digest. A hidden file: the same."""
    path = write_story(tmp_path, "one")
    seen = {inputs.look(tmp_path, {}).stories["a"]}
    (path.parent / ".one.md.swp").write_text("an editor's")
    assert inputs.look(tmp_path, {}).stories["a"] in seen
    write_story(tmp_path, "two")
    seen.add(inputs.look(tmp_path, {}).stories["a"])
    path.rename(path.with_name("two.md"))
    seen.add(inputs.look(tmp_path, {}).stories["a"])
    (path.parent / "empty.md").write_text("")
    seen.add(inputs.look(tmp_path, {}).stories["a"])
    assert len(seen) == 4


def test_odd_files_have_digests_and_are_not_opened(tmp_path: Path) -> None:
    """Pipes, loops of links and dangling links neither hang nor raise."""
    folder = write_story(tmp_path, "one").parent
    os.mkfifo(folder / "pipe.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "gone.md").symlink_to("nowhere.md")
    (folder / "same.md").symlink_to("one.md")
    first = inputs.look(tmp_path, {})
    write_story(tmp_path, "two")
    assert set(first.stories) == {"a"}
    assert inputs.look(tmp_path, first.files).stories != first.stories


def test_order_of_the_listing_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are listed in any order; digests are the same."""
    for name in ("one", "two", "three"):
        write_story(tmp_path, name).rename(tmp_path / "sources" / "a" / f"{name}.txt")
    first = inputs.look(tmp_path, {})
    listed = os.scandir

    class Backwards:
        def __init__(self, folder: str) -> None:
            self.entries = list(listed(folder))[::-1]

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "scandir", Backwards)
    assert inputs.look(tmp_path, {}).stories == first.stories
