"""What the preview adds of its own: the reload script, the page of problems, the page of questions.

All of it is made here from escaped text. The published site has none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from compare.errors import CrossreadError
from compare.readers import files
from compare.review import Question
from compare.serve.state import Trouble

_AROUND = 2  # lines shown before and after a faulty one
_LARGEST = 4_000_000

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .25rem }
mark { display: inline-block; min-width: 100% }
article { border-top: 1px solid; padding: 1rem 0 }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: .25rem solid }
button { font: inherit; padding: .5rem 1rem; margin: 0 .5rem .5rem 0 }
"""

_RELOAD = """
(() => {
  const source = new EventSource("%(events)s?since=%(number)d");
  source.onmessage = () => { source.close(); location.reload(); };
  addEventListener("pagehide", () => source.close());
})();
"""


def reload_script(place: str, number: int) -> bytes:
    """The script that reloads a page after the next build.

    Args:
        place: Path of the preview's own addresses, with a slash at its end.
        number: Of the build that the page is from.
    """
    return f"<script>{_RELOAD % {'events': place + 'events', 'number': number}}</script>".encode()


def with_script(page: bytes, script: bytes) -> bytes:
    """A page with a script before the end of its body."""
    head, end, tail = page.rpartition(b"</body>")
    return head + script + end + tail if end else page + script


def problem_page(troubles: Sequence[Trouble], root: Path) -> bytes:
    """The problems of a build, with the lines that they speak of."""
    parts = [f"<h1>{len(troubles)} problem{'' if len(troubles) == 1 else 's'} to mend</h1>"]
    parts.append(
        "<p>This page goes away by itself. Until then: <a href='?last-good'>the last good page</a></p>"
    )
    for trouble in troubles:
        where = ":".join(str(part) for part in (trouble.path, trouble.line) if part is not None)
        parts.append("<article>")
        parts.append(f"<h2><code>{escape(where)}</code></h2>" if where else "")
        parts.append(f"<p>{escape(trouble.message)}</p>")
        parts.append(f"<p>Hint: {escape(trouble.hint)}</p>" if trouble.hint else "")
        parts.append(_lines(trouble, root))
        parts.append(f"<pre>{escape(trouble.trace)}</pre>" if trouble.trace else "")
        parts.append("</article>")
    return _page("Problems", "".join(parts))


def _lines(trouble: Trouble, root: Path) -> str:
    """The lines around a faulty one, when they can be read."""
    if trouble.path is None or trouble.line is None:
        return ""
    try:
        lines = files.read_text(root / trouble.path, root, _LARGEST).split("\n")
    except CrossreadError:
        return ""
    first = max(trouble.line - 1 - _AROUND, 0)
    shown = []
    for number, line in enumerate(lines[first : trouble.line + _AROUND], first + 1):
        text = escape(f"{number:5}  {line[:200]}")
        shown.append(f"<mark>{text}</mark>" if number == trouble.line else text)
    return f"<pre>{chr(10).join(shown)}</pre>"


def review_page(story: str, title: str, asked: Sequence[Question], token: str, undo: int) -> bytes:
    """The questions about one story, each with its buttons."""
    parts = [
        f"<h1>Review: {escape(title)}</h1>",
        f"<p><a href='../../stories/{escape(story)}/index.html'>The story</a></p>",
    ]
    if undo:
        parts.append(_form(token, [("undo", f"Undo the last of {undo}")], {}))
    if not asked:
        parts.append("<p>Nothing is left to ask.</p>")
    for question in asked:
        state = "one claim now" if question.joined else "two claims now"
        doubt = f"{question.probability:.0%} likely, {state}; {question.reason}"
        parts.append(f"<article><p>Do these say the same thing? {doubt}.</p>")
        for sentence in (question.x, question.y):
            source = f"<br><small>{escape(sentence.article)}</small>"
            parts.append(f"<blockquote dir='auto'>{escape(sentence.text)}{source}</blockquote>")
        buttons = [("same", "Yes, the same"), ("different", "No, different")]
        parts.append(_form(token, buttons, {"x": question.x.id, "y": question.y.id}) + "</article>")
    return _page(f"Review: {title}", "".join(parts))


def _form(token: str, buttons: Sequence[tuple[str, str]], hidden: dict[str, str]) -> str:
    fields = {"token": token, **hidden}
    inputs = "".join(
        f"<input type='hidden' name='{name}' value='{escape(value)}'>" for name, value in fields.items()
    )
    shown = "".join(
        f"<button name='answer' value='{value}'>{escape(label)}</button>" for value, label in buttons
    )
    return f"<form method='post'>{inputs}{shown}</form>"


def review_link(place: str, story: str) -> bytes:
    """A link from a story's page to its questions."""
    style = (
        "position:fixed;bottom:1rem;right:1rem;padding:.5rem 1rem;background:#fff;color:#000;border:1px solid"
    )
    address = f"{escape(place)}review/{escape(story)}"
    return f"<a style='{style}' href='{address}'>Review this story’s links</a>".encode()


def _page(title: str, body: str) -> bytes:
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    ).encode()
