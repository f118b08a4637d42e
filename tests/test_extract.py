"""What is read out of pages and other captures."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CrossreadError, FetchError
from compare.intake.extract.body import stated_pieces
from compare.intake.extract.dates import parse_moment
from compare.intake.extract.decoding import decode
from compare.intake.extract.html import read_page
from compare.intake.extract.kinds import read
from compare.intake.extract.model import Draft
from compare.intake.received import Received
from compare.text import words

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
FACTS = ("title", "outlet", "published", "updated", "author", "agency", "language", "url")


def expected(name: str) -> tuple[dict[str, Any], list[str]]:
    """Front matter and Markdown blocks of what should be read."""
    _, head, body = (PAGES / f"{name}.expected.md").read_text("utf-8").split("---\n", 2)
    lines = [line for line in body.splitlines() if line]
    return yaml.load(head, yaml.BaseLoader), lines


def marked(draft: Draft) -> list[str]:
    """The draft's blocks with the marks of the expected files."""
    signs = {"paragraph": "", "heading": "## ", "quote": "> ", "item": "- "}
    return [signs[piece.kind] + piece.text for piece in draft.pieces]


def f1(one: str, other: str) -> float:
    """Overlap of two texts' words, as bags."""
    x, y = (Counter(word.text for word in words(text)) for text in (one, other))
    common = sum((x & y).values())
    return 2 * common / (sum(x.values()) + sum(y.values()))


@pytest.mark.parametrize("name", NAMES)
def test_body(name: str) -> None:
    """The body of each saved page is found, without what stands around it."""
    draft = read_page((PAGES / f"{name}.html").read_bytes())
    _, lines = expected(name)
    assert f1(draft.text, " ".join(line.lstrip("#>- ") for line in lines)) >= 0.95
    assert marked(draft) == lines


@pytest.mark.parametrize("name", NAMES)
def test_facts(name: str) -> None:
    """Title, outlet and dates are right, or said to be unsure."""
    facts = read_page((PAGES / f"{name}.html").read_bytes()).facts
    stated, _ = expected(name)
    for key in FACTS:
        value = getattr(facts, key)
        found = value.isoformat() if key in ("published", "updated") and value else value
        want = stated.get(key)
        assert found == (None if want in (None, "null") else want), key
    for key, word in (("title", "title"), ("outlet", "outlet"), ("published", "publication")):
        assert getattr(facts, key) is not None or any(word in doubt.text for doubt in facts.unsure), key
    assert facts.complete == (stated.get("complete") != "false")


TAGS = (
    "p",
    "div",
    "h1",
    "li",
    "ul",
    "blockquote",
    "table",
    "td",
    "br",
    "figure",
    "script",
    "form",
    "a href='x'",
    "title",
)
PIECE = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(
        [
            '<script type="application/ld+json">',
            '{"@type":"NewsArticle","articleBody":',
            "<!--",
            "-->",
            "&#0;",
            "&#8;",
        ]
    ),
    st.sampled_from(["The lamp was lit again on Monday. ", "\x00", "\ufeff", "x" * 50]),
    st.text(max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECE, max_size=40))
def test_broken_pages(parts: list[str]) -> None:
    """Whatever a page is made of, it is an article or a message, never a fault."""
    with suppress(FetchError):
        draft = read_page(("<html><body>" + "".join(parts)).encode("utf-8", "surrogatepass"))
        assert all(piece.text == " ".join(piece.text.split()) != "" for piece in draft.pieces)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [
            b"",
            b"WARC/1.0\r\n",
            b"\x1f\x8b\x08",
            b"<rss><channel><item>",
            b"{",
            b"---\n",
            b"\xff\xfe",
            b"<html>",
        ]
    ),
    st.binary(max_size=200),
    st.sampled_from(["x", "x.md", "x.txt", "x.html", "x.json"]),
)
def test_any_bytes(start: bytes, rest: bytes, name: str) -> None:
    """Whatever bytes are given, they are articles or a message, never a fault."""
    with suppress(CrossreadError):
        assert all(draft.pieces for draft in read(Received(start + rest, name)))


@pytest.mark.parametrize(
    "page",
    [
        "<p " + " ".join(f"a{number}=1" for number in range(30_000)) + ">x</p>",
        "<span>word</span> " * 30_000,
        "<div>" * 30_000 + "x",
        "<a x='" + "<a " * 100_000,
        "<div class='" + "a-" * 200_000 + "'>x</div>",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<form><input type=email></form>" * 10_000,
        "<p>By Jordan Robertson and Rachel Metz and Ada Holt of Kells on the coast!</p>" * 20,
        "<div>Our newsletter<form><input></form><form><input></form></div>",
    ],
    ids=["attributes", "spans", "nest", "quote", "class", "json", "forms", "byline", "two forms"],
)
def test_pages_without_measure(page: str) -> None:
    """Pages made to be slow are read, or refused, in time that grows with their size alone."""
    with suppress(FetchError):
        assert read_page(f"<html lang='en'><body><article><h1>Big</h1>{page}".encode()).pieces


def test_a_deep_page_is_read() -> None:
    """Elements that were never closed nest an article deeply; it is read all the same."""
    text = "".join(
        f"<p>The harbour bridge of pier {number} was closed after a barge struck it.</p>"
        for number in range(6)
    )
    assert len(read_page(f"<html lang='en'><body>{'<font><div>' * 400}{text}".encode()).pieces) == 6


def test_stated_body() -> None:
    """Linked data with entities, paragraphs in markup or none at all gives paragraphs of text."""
    assert [piece.text for piece in stated_pieces("Fish &amp; ships\n\nSecond")] == ["Fish & ships", "Second"]
    assert [piece.text for piece in stated_pieces("<p>One &lt; two</p><p>Three</p>")] == [
        "One < two",
        "Three",
    ]
    assert [piece.text for piece in stated_pieces("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;")] == [
        "One",
        "Two",
    ]


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("çğış".encode(), "iso-8859-9", "çğış"),
        ("çğış".encode("cp1254"), "iso-8859-9", "çğış"),
        ("“quoted”".encode("cp1252"), "iso-8859-1", "“quoted”"),
        ("缆车".encode("gb18030"), "gb2312", "缆车"),
        ("سوق".encode("utf-16"), None, "سوق"),
        (b"<html lang=ru>" + "мост".encode("cp1251"), "utf-8", "<html lang=ru>мост"),
        ("café".encode(), "no-such-charset", "café"),
    ],
)
def test_decoding(raw: bytes, declared: str | None, text: str) -> None:
    """Bytes are read as what they are, whatever is declared."""
    assert decode(raw, declared)[0] == text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-01T08:00:00Z", "2024-05-01T08:00:00+00:00"),
        ("2024-05-01T08:00:00.123+0300", "2024-05-01T08:00:00+03:00"),
        ("2024-05-01 08:00:00 +0300", "2024-05-01T08:00:00+03:00"),
        ("Wed, 01 May 2024 10:00:00 GMT", "2024-05-01T10:00:00+00:00"),
        ("2024-05-01", "2024-05-01"),
        ("Mon May 13 2024 18:30:00 GMT+0200 (Central European Summer Time)", "2024-05-13T18:30:00+02:00"),
        ("Mon, 13 May 2024 16:30:00 -0000", "2024-05-13T16:30:00+00:00"),
        ("13 May 2024 18:30:00 CEST", "2024-05-13T18:30:00+02:00"),
        ("2024-05-13 18:30 EST", "2024-05-13T18:30:00-05:00"),
        ("Mon May 13 2024 18:30:00 GMT", "2024-05-13T18:30:00+00:00"),
        ("yesterday at noon", None),
    ],
)
def test_moments(text: str, iso: str | None) -> None:
    """Moments are read in the ways that pages write them; a mere day stays a day."""
    moment = parse_moment(text)
    assert (moment.isoformat() if moment else None) == iso
