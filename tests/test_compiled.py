"""Compiled templates are kept between builds, and believed only as long as they are what was compiled."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from compare.pages.environment import Templates, environment
from compare.pages.phrases import Phrases

TEXT = "{% set n = names | length %}<p>{{ _('Outlets') }}: {{ names[0].title() }} ({{ n }})</p>"
PAGE = "<p>Outlets: Lamp (1)</p>"
CATALOGUE = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Outlets"\nmsgstr "{}"\n'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one template; what is kept lies in ``passing`` beside it."""
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site/page.html").write_text(TEXT, "utf-8")
    return tmp_path / "site"


def drawn(folder: Path, language: str = "en") -> str:
    """The page, from an environment of its own."""
    made = environment((folder,), Phrases(language, (folder,)))
    return made.rendered("page.html", {"names": ["lamp"]})


def kept(folder: Path) -> list[Path]:
    """The files of what is kept."""
    return sorted(path for path in (folder.parent / "passing").rglob("*") if path.is_file())


def test_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second environment finds it; nobody but the user can put anything there."""
    assert drawn(folder) == PAGE
    (path,) = kept(folder)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    monkeypatch.setattr(Templates, "compile", lambda *_: pytest.fail("compiled again"))
    assert drawn(folder) == PAGE


def test_another_text_or_language_is_another_template(folder: Path) -> None:
    """Messages are compiled in, so the catalogue counts as well."""
    assert drawn(folder) == PAGE
    (folder / "page.html").write_text(TEXT.replace("<p>", "<p lang=en>"), "utf-8")
    assert drawn(folder) == PAGE.replace("<p>", "<p lang=en>")
    (folder / "locale").mkdir()
    for message in ("Yayınlar", "Kaynaklar"):
        (folder / "locale/tr.po").write_text(CATALOGUE.format(message), "utf-8")
        assert drawn(folder, "tr") == PAGE.replace("<p>", "<p lang=en>").replace("Outlets", message)


def test_same_text_elsewhere_is_the_same_template(folder: Path) -> None:
    """Whatever the names of the folders above it; they need not be UTF-8."""
    assert drawn(folder) == PAGE
    moved = folder.rename(folder.parent / os.fsdecode(b"of\xff"))
    assert drawn(moved) == PAGE
    assert len(kept(moved)) == 1


@pytest.mark.parametrize("size", [0, 5, 9, 14, 40, 200, -1])
def test_what_is_damaged_is_compiled_again(folder: Path, size: int) -> None:
    """However much of it is left, as after a power cut."""
    assert drawn(folder) == PAGE
    (path,) = kept(folder)
    path.write_bytes(path.read_bytes()[:size])
    assert drawn(folder) == PAGE
    path.write_bytes(os.urandom(1000))
    assert drawn(folder) == PAGE


def test_without_a_safe_folder_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None at all, one that leads elsewhere, one that others may write to."""
    theirs = folder.parent / "theirs"
    theirs.mkdir()
    theirs.chmod(0o755)
    own = folder.parent / f"passing/crossread-templates-{os.getuid()}"
    own.symlink_to(theirs)
    assert drawn(folder) == PAGE
    assert list(theirs.iterdir()) == []
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o755
    own.unlink()
    own.mkdir()
    own.chmod(0o770)
    assert drawn(folder) == PAGE
    assert list(own.iterdir()) == []
    monkeypatch.setattr("tempfile.tempdir", str(folder.parent / "missing"))
    assert drawn(folder) == PAGE


def test_full_disk_costs_only_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is drawn all the same."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    assert drawn(folder) == PAGE
    assert kept(folder) == []
