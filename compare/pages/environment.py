"""The templates: where they are found, and the environment that they are compiled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    meta,
)
from markupsafe import Markup, escape

from compare.pages.compiled import compiled
from compare.pages.compiling import CompilingEnvironment
from compare.pages.escaping import Escapes
from compare.pages.phrases import Phrases

_MOST_COUNTS = 4096


def shipped_templates() -> Path:
    """The folder of the templates that come with the package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "site_templates"  # as installed
    return inside if inside.is_dir() else package.parent / "site_templates"


class Templates(CompilingEnvironment):
    """The templates of a site."""

    def rendered(self, name: str, values: Mapping[str, Any]) -> str:
        """The template filled in, as by its ``render``, which copies the globals at each import besides.

        Raises:
            TemplateError: The template cannot be used.
        """
        template = self.get_template(name)
        context = self.context_class(self, {**self.globals, **values}, template.name, template.blocks)
        try:
            return self.concat(template.root_render_func(context))
        except Exception:
            self.handle_exception()


def environment(folders: Sequence[Path], phrases: Phrases) -> Templates:
    """Jinja with autoescape; a name that a template misspells is an error.

    Args:
        folders: Searched in order, file by file; the last is the shipped one, whose files are also there
            as ``shipped/…``, so that a site's own file of the same name can extend them.
        phrases: Of the site's language.
    """
    shipped = PrefixLoader({"shipped": FileSystemLoader(folders[-1])})
    made = Templates(
        loader=ChoiceLoader([*(FileSystemLoader(folder) for folder in folders), shipped]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=compiled(phrases),
    )
    made.shipped = str(folders[-1])
    made.phrases = phrases
    made.texts = Escapes()
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        lambda message: escape(phrases.gettext(message)),  # messages are text, not HTML
        phrases.ngettext,  # replaced below
        newstyle=True,
    )
    made.globals["ngettext"] = _counting(phrases)
    return made


def unused_templates(own: Path) -> tuple[list[str], set[str]]:
    """Files of a site's own templates that neither stand for a shipped one nor are asked for by any.

    Returns:
        Their names, and those of the shipped templates.
    """
    reading = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    folders = [
        (folder, {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")})
        for folder in (own, shipped_templates())
    ]
    asked: set[str | None] = set()
    for folder, names in folders:
        for name in names:
            with suppress(TemplateError, UnicodeDecodeError, OSError):  # the build tells of these
                source = reading.parse((folder / name).read_text("utf-8"))
                asked.update(meta.find_referenced_templates(source))
    (_, names), (_, shipped) = folders
    return [] if None in asked else sorted(
        names - shipped - asked
    ), shipped  # None: a name that is worked out


def _counting(phrases: Phrases) -> Callable[..., Markup]:
    """``ngettext`` for templates; without values but the count it is remembered: the same few come again."""

    def counted(one: str, many: str, num: int, /, **values: object) -> Markup:
        return escape(phrases.ngettext(one, many, num)) % {"num": num, **values}

    remembered = lru_cache(_MOST_COUNTS, typed=True)(counted)

    def ngettext(one: str, many: str, num: int, /, **values: object) -> Markup:
        return counted(one, many, num, **values) if values else remembered(one, many, num)

    return ngettext


def static_files(folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The files below ``static/``, by path; of two with one name, the one in the earlier folder."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        top = folder / "static"
        found |= {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
    return [(name, found[name].read_bytes()) for name in sorted(found)]
