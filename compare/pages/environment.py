"""The templates: where they are found, and the environment that they are compiled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from compare.pages.escaping import output
from compare.pages.phrases import Phrases


def shipped_templates() -> Path:
    """The folder of the templates that come with the package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "site_templates"  # as installed
    return inside if inside.is_dir() else package.parent / "site_templates"


class _Code(CodeGenerator):
    """Templates that are compiled for speed: a story's pages hold ten thousand values.

    Values are escaped by ``escaping.output``, and messages without a value are translated once, here.
    """

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        node.nodes = [self._translated(child) for child in node.nodes]
        super().visit_Output(node, frame)

    def _translated(self, node: nodes.Expr) -> nodes.Expr:
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return node
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const) or node.kwargs:
            return node
        assert isinstance(self.environment, Templates)  # noqa: S101 - the one that names this class
        message = self.environment.phrases.gettext(node.args[0].value)
        return nodes.TemplateData(str(escape(message)), lineno=node.lineno, environment=self.environment)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.output(")


class Templates(Environment):
    """Jinja's environment with the faster escaping."""

    code_generator_class = _Code
    output = staticmethod(output)
    phrases: Phrases


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
    made.phrases = phrases
    if len(folders) == 1:
        # The shipped templates name only attributes that are there, as the tests see to: they need no
        # second try by key, nor an undefined value.
        made.getattr = getattr  # type: ignore[method-assign, assignment]
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
