"""What is fuzzed: each target takes any bytes and either succeeds or raises a CrossreadError.

Used by ``test_fuzz.py`` with hypothesis and by ``fuzz.py`` with Atheris.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from compare.errors import CrossreadError
from compare.model import Article, Block, Comparison, Outlet, Site, Story
from compare.pages import Renderer
from compare.site import readers
from compare.story import compare_story
from compare.text.segment import split

SITE = Site(url="https://news.example/coverage/")
GOOD = "---\noutlet: Other\n---\nThe bridge was closed on Monday. About 48 people were hurt.\n"
NAMES = ("one.md", "one.txt", "one.html", "story.md", "corrections.toml")
SCRIPT = re.compile(
    rb"<script\b(?![^>]*type=\"application/(?:ld\+)?json\")(?![^>]*src=)[^>]*>", re.IGNORECASE
)
# Nothing on a page is loaded from elsewhere.
FOREIGN = "iframe, object, embed, base, img[src^=http], script[src^=http], link[rel=stylesheet][href^=http]"


def read(data: bytes) -> None:
    """A file of a story; the first byte chooses which."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "sources" / "story"
        folder.mkdir(parents=True)
        (folder / "story.md").write_text("---\ntitle: T\n---\n", encoding="utf-8")
        (folder / "one.md").write_text(GOOD.replace("Other", "One"), encoding="utf-8")
        (folder / "two.md").write_text(GOOD, encoding="utf-8")
        if name.startswith("one."):
            (folder / "one.md").unlink()
        (folder / name).write_bytes(data[1:])
        try:
            story = readers.read_story(folder, Path(root), SITE)
        except CrossreadError:
            return
        for article in story.articles:
            check_blocks(article)
            check_sentences(article)


def segment(data: bytes) -> None:
    """A text in one of four languages."""
    languages = ("en", "tr", "ar", "zh")
    language = languages[data[0] % 4] if data else "en"
    check_sentences(article_of("a", data[1:], language))


def compare(data: bytes) -> None:
    """Two or three articles, parted by form feeds."""
    comparison = compared(data)
    counted: dict[str, int] = {}
    for claim in comparison.claims:
        for reading in claim.readings:
            for sentence in reading.sentences:
                counted[sentence.id] = counted.get(sentence.id, 0) + 1
            if reading.edits:
                assert "".join(edit.old for edit in reading.edits) == claim.base_reading.text
                assert "".join(edit.new for edit in reading.edits) == reading.text
    ids = [sentence.id for sentences in comparison.sentences for sentence in sentences]
    assert counted == dict.fromkeys(ids, 1), "each sentence stands in exactly one claim"


def render(data: bytes) -> None:
    """The pages of such a story: no script and no element comes out of a text."""
    from selectolax.lexbor import LexborHTMLParser

    for page in renderer().story(compared(data)):
        if not page.path.endswith(".html"):
            continue
        assert len(SCRIPT.findall(page.content)) == 0, page.path
        tree = LexborHTMLParser(page.content.decode())
        for node in tree.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), (page.path, name)
                if name in ("href", "src", "action") and value:
                    assert not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE), value
        assert not tree.css(FOREIGN), page.path


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read, "segment": segment, "compare": compare, "render": render
}  # fmt: skip


@cache
def renderer() -> Renderer:
    """One renderer for all runs."""
    return Renderer(SITE, None)


def article_of(name: str, data: bytes, language: str = "en") -> Article:
    """An article with these bytes as text and as every field that takes any text."""
    text = " ".join(data.decode("utf-8", "replace").split()) or "x"
    title = text[:40]
    whole = f"{title}\n\n{text}"
    blocks = (Block("headline", 0, len(title)), Block("paragraph", len(title) + 2, len(whole)))
    outlet = Outlet(name, text[:30], name.upper(), "https://x.example/" + "%22" * (len(text) % 3))
    day = datetime(2025, 1, 1 + len(text) % 20, tzinfo=UTC)
    return Article(
        name, outlet, whole, blocks, language, title, "https://y.example/", day, author=text[-30:],
        agency=text[:9] if len(text) % 2 else None, source=f"sources/story/{name}.md",
    )  # fmt: skip


def compared(data: bytes) -> Comparison:
    """The comparison of the articles that some bytes hold."""
    parts = [*data.split(b"\x0c"), b"The bridge was closed.", b"Nobody was hurt."][:3]
    articles = tuple(article_of(name, part) for name, part in zip("abc", parts, strict=False))
    title = data.decode("utf-8", "replace")
    return compare_story(
        Story("story", title[:50] or "T", articles, introduction=title[:300], tags=(title[:20],))
    )


def check_blocks(article: Article) -> None:
    """Blocks are in order and cover every character that is no space."""
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        assert not article.text[at : block.start].strip()
        at = block.end
    assert not article.text[at:].strip()


def check_sentences(article: Article) -> None:
    """Sentences are spans of the text and cover every character that is no space."""
    at = 0
    for sentence in split(article):
        assert article.text[sentence.start : sentence.end] == sentence.text
        assert at <= sentence.start < sentence.end
        assert not article.text[at : sentence.start].strip()
        at = sentence.end
    assert not article.text[at:].strip()
