"""The templates: where they are found, and the environment that they are compiled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from compare.pages.phrases import Phrases


def shipped_templates() -> Path:
    """The folder of the templates that come with the package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "site_templates"  # as installed
    return inside if inside.is_dir() else package.parent / "site_templates"


def environment(folders: Sequence[Path], phrases: Phrases) -> Environment:
    """Jinja with autoescape; a name that a template misspells is an error.

    Args:
        folders: Searched in order, file by file.
        phrases: Of the site's language.
    """
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        phrases.gettext, phrases.ngettext, newstyle=True
    )
    return made


def static_files(folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The files below ``static/``, by path; of two with one name, the one in the earlier folder."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        top = folder / "static"
        found |= {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
    return [(name, found[name].read_bytes()) for name in sorted(found)]
