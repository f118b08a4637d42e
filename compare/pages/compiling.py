"""How the templates become Python: a story's pages hold ten thousand values, and each costs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from compare.pages.escaping import Escapes
from compare.pages.phrases import Phrases

_VALUE = re.compile(r"%\((\w+)\)s")
# Around the expression of a value: a text from the memory, HTML as it is, a number, anything else.
_BEFORE = "(texts[shown] if (kind := (shown := "
_AFTER = ").__class__) is str else shown if kind is Markup else str(shown) if kind is int else escape(shown))"


class Code(CodeGenerator):
    """Templates that are compiled for speed: a story's pages hold ten thousand values.

    Texts are escaped once and remembered, and messages are translated once, here. The shipped templates,
    which ask only for what is there, take attributes and items as Python takes them; a site's own may ask for
    more, and test whether it is defined, in Jinja's way.
    """

    environment: CompilingEnvironment

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        """A message stands in the code in the site's language."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            node.nodes = [piece for child in node.nodes for piece in self._translated(child)]
        super().visit_Output(node, frame)

    def _translated(self, node: nodes.Expr) -> list[nodes.Expr]:
        """A message as its pieces in the site's language, with its values between them.

        Whatever is not as simple as that is left to Jinja.
        """
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return [node]
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
            return [node]
        message = str(escape(self.environment.phrases.gettext(node.args[0].value)))
        values = {pair.key: pair.value for pair in node.kwargs}
        pieces = _VALUE.split(message)
        if any("%" in piece for piece in pieces[::2]) or not values.keys() >= set(pieces[1::2]):
            return [node]
        found: list[nodes.Expr] = []
        for at, piece in enumerate(pieces):
            text = nodes.TemplateData(piece, lineno=node.lineno, environment=self.environment)
            found.append(values[piece] if at % 2 else text)
        return found

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        """``(value).name``."""
        if not self.environment.ships(self.filename):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        """``(value)[key]``."""
        if not self.environment.ships(self.filename) or isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")[")
        self.visit(node.arg, frame)
        self.write("]")

    def write_commons(self) -> None:
        """What each function of a template begins with."""
        super().write_commons()
        self.writeline("texts = environment.texts")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """A block yields its text whole: each piece would pass through all templates up to the base."""
        whole = frame.block_frame and frame.buffer is None
        if whole:
            self.buffer(frame)
        super().blockvisit(body, frame)
        if whole:
            self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if self._plain(frame, finalize):
            self.write(_BEFORE)
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if self._plain(frame, finalize):
            self.write(_AFTER)
        else:
            super()._output_child_post(node, frame, finalize)

    def _plain(self, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
        context = frame.eval_ctx
        return context.autoescape and not context.volatile and finalize.src is None


class CompilingEnvironment(Environment):
    """Jinja's environment with what ``Code`` writes into the templates.

    Attributes:
        texts: What is escaped already.
        phrases: Of the site's language.
        shipped: Folder of the shipped templates.
    """

    code_generator_class = Code
    texts: Escapes
    phrases: Phrases
    shipped: str

    def ships(self, file: str | None) -> bool:
        """Whether a template's file is a shipped one."""
        return file is not None and file.startswith(self.shipped)
