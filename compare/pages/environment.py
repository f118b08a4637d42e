"""The templates: where they are found, and the environment that they are compiled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from compare.pages.phrases import Phrases

_special = re.compile("[&<>\"']").search


def shipped_templates() -> Path:
    """The folder of the templates that come with the package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "site_templates"  # as installed
    return inside if inside.is_dir() else package.parent / "site_templates"


def escaped(value: object) -> str:
    """As ``markupsafe.escape``, five times as fast for the texts that most values are: those with nothing to escape."""
    kind = type(value)
    if kind is Markup or (kind is str and _special(value) is None):  # type: ignore[arg-type]
        return value  # type: ignore[return-value]
    return escape(value)


class _Code(CodeGenerator):
    """Templates whose output is escaped by ``escaped``: a story's pages hold ten thousand values."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Templates(Environment):
    """Jinja's environment with the faster escaping."""

    code_generator_class = _Code
    escaped = staticmethod(escaped)


def environment(folders: Sequence[Path], phrases: Phrases) -> Environment:
    """Jinja with autoescape; a name that a template misspells is an error.

    Args:
        folders: Searched in order, file by file.
        phrases: Of the site's language.
    """
    made = Templates(
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
