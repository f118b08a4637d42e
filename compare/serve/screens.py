"""What the preview adds of its own: the reload script, the page of problems, the page of questions.

All of it is made here from escaped text. The published site has none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from compare.errors import CrossreadError
from compare.model import Story
from compare.one_story.review import Question
from compare.pages.environment import shipped_templates
from compare.site import files

_AROUND = 2  # lines shown before and after a faulty one
_LARGEST = 4_000_000

# Beside the site's own style.
_STYLE = """
main { max-width: 50rem; padding-top: 1.5rem }
p { white-space: pre-wrap }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .25rem }
pre mark { display: inline-block; min-width: 100% }
article { border-top: 1px solid var(--line); padding: 1rem 0 }
h2 { font: 600 1rem/1.5 var(--sans); margin: .5rem 0 0 }
blockquote { margin: .3rem 0 1rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--edge) }
button { padding: .5rem 1rem; margin: 0 .5rem .5rem 0 }
"""

# Style is set through the object model: the pages' policy forbids style attributes.
SCRIPT = b"""(() => {
  const own = document.currentScript, place = own.src.replace(/preview\\.js.*/, "");
  const source = new EventSource(place + "events?since=" + own.dataset.number);
  source.onmessage = () => { source.close(); location.reload(); };
  addEventListener("pagehide", () => source.close());
  addEventListener("submit", () => source.close()); // a reload would call the answer back
  if (own.dataset.story) {
    const link = document.createElement("a");
    link.href = place + "review/" + own.dataset.story;
    link.textContent = "Review this story's links";
    Object.assign(link.style, { position: "fixed", bottom: "1rem", right: "1rem", padding: ".5rem 1rem",
      background: "#fff", color: "#000", border: "1px solid", zIndex: 9 });
    document.body.append(link);
  }
})();
"""


def live(page: bytes, place: str, number: int, story: str = "") -> bytes:
    """A page that reloads itself after the next build, and of a story one that leads to its questions.

    Args:
        page: As built.
        place: Path of the preview's own addresses, with a slash at its end.
        number: Of the build that the page is from.
        story: Id of the story whose page it is, or "".
    """
    data = f'data-number="{number}" data-story="{escape(story)}"'
    tag = f'<script src="{escape(place)}preview.js" {data}></script>'
    head, end, tail = page.rpartition(b"</body>")
    return head + tag.encode() + end + tail if end else page + tag.encode()


def problem_page(troubles: Sequence[CrossreadError], root: Path) -> bytes:
    """The problems of a build, with the lines that they speak of."""
    parts = [f"<h1>{len(troubles)} problem{'' if len(troubles) == 1 else 's'} to mend</h1>"]
    parts.append(
        "<p>This page goes away by itself. Until then: <a href='?last-good'>the last good page</a></p>"
    )
    for problem in troubles:
        parts.append("<article>")
        parts.append(f"<h2><code>{escape(problem.where)}</code></h2>" if problem.where else "")
        parts.append(f"<p>{escape(problem.message)}</p>")
        parts.append(f"<p>Hint: {escape(problem.hint)}</p>" if problem.hint else "")
        parts.append(_lines(problem.path, problem.line, root))
        parts.append("</article>")
    return _page("Problems", "".join(parts))


def _lines(path: str | None, faulty: int | None, root: Path) -> str:
    """The lines around a faulty one, when they can be read."""
    if path is None or faulty is None:
        return ""
    try:
        lines = files.read_text(root / path, root, _LARGEST).split("\n")
    except CrossreadError:
        return ""
    first = max(faulty - 1 - _AROUND, 0)
    shown = []
    for number, line in enumerate(lines[first : faulty + _AROUND], first + 1):
        text = escape(f"{number:5}  {line[:200]}")
        shown.append(f"<mark>{text}</mark>" if number == faulty else text)
    return f"<pre>{chr(10).join(shown)}</pre>"


def review_page(story: Story, asked: Sequence[Question], token: str, undo: int) -> bytes:
    """The questions about one story, each with its buttons."""
    parts = [
        f"<h1>Review: {escape(story.title)}</h1>",
        f"<p><a href='../../stories/{escape(story.id)}/index.html'>The story</a></p>",
    ]
    if undo:
        parts.append(_form(token, [("undo", f"Undo the last of {undo}")], {}))
    if not asked:
        parts.append("<p>Nothing is left to ask.</p>")
    for question in asked:
        state = "one claim now" if question.joined else "two claims now"
        doubt = f"{question.probability:.0%} likely, {state}"
        parts.append(f"<article><p>Do these say the same thing? {doubt}.</p>")
        for side in (question.x, question.y):
            around = [f"<small>{escape(text)}</small> " if text else "" for text in (side.before, side.after)]
            told = f"{around[0]}<strong>{escape(side.sentence.text)}</strong> {around[1]}"
            parts.append(f"<h2>{escape(side.outlet)}</h2><blockquote dir='auto'>{told}</blockquote>")
        buttons = [("same", "Yes, the same"), ("different", "No, different")]
        parts.append(
            _form(token, buttons, {"x": question.x.sentence.id, "y": question.y.sentence.id}) + "</article>"
        )
    return _page(f"Review: {story.title}", "".join(parts))


def _form(token: str, buttons: Sequence[tuple[str, str]], hidden: dict[str, str]) -> str:
    fields = {"token": token, **hidden}
    inputs = "".join(
        f"<input type='hidden' name='{name}' value='{escape(value)}'>" for name, value in fields.items()
    )
    shown = "".join(
        f"<button name='answer' value='{value}'>{escape(label)}</button>" for value, label in buttons
    )
    return f"<form method='post'>{inputs}{shown}</form>"


def _page(title: str, body: str) -> bytes:
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'><meta name='color-scheme' content='light dark'>"
        f"<link rel='icon' href='data:,'><title>{escape(title)}</title><style>{_site_style()}{_STYLE}</style>"
        f"</head><body><div class='wrap'><main>{body}</main></div></body></html>"
    ).encode()


@cache
def _site_style() -> str:
    """The shipped style sheet: a site that cannot be built has none of its own yet."""
    return (shipped_templates() / "static" / "site.css").read_text("utf-8")
