"""Articles brought into a story: from every kind of source, once, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from bad_server import ARTICLE, BadServer, serving
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from compare.errors import PASTE, CrossreadError, FetchError
from compare.intake.add import Wishes, add, near_stories
from compare.intake.article_file import write_front_matter, write_markdown
from compare.intake.fetch import Fetcher, Limits
from compare.intake.store import Added
from compare.model import WholeDay
from compare.pages import wire
from compare.site.config import load
from compare.site.readers import front_matter, markdown, read_story
from compare.site.readers.blocks import LONGEST_TEXT, Piece
from compare.story import compare_story

PAGES = Path(__file__).parent / "pages"
QUICK = Fetcher(Limits(size=1_000_000), sleep=lambda _: None)
BODY = "\n\n".join(
    f"The {word} committee met behind closed doors on Monday and agreed on a {word} plan. It will be public."
    for word in ("first", "second", "third", "fourth", "fifth")
)


@pytest.fixture(scope="module")
def server() -> Iterator[BadServer]:
    """The bad server."""
    with serving() as running:
        yield running


def bring(root: Path, *sources: str | Path, **wishes: object) -> list[Added | CrossreadError]:
    """Add to the story ``lamp``."""
    return list(add(root, "lamp", [str(source) for source in sources], Wishes(**wishes), QUICK))  # type: ignore[arg-type]


def one(root: Path, source: str | Path, **wishes: object) -> Added:
    """Add one source that must work."""
    (result,) = bring(root, source, **wishes)
    assert isinstance(result, Added), result
    return result


def refused(root: Path, source: str | Path, **wishes: object) -> str:
    """Add one source that must fail, and leave nothing."""
    (result,) = bring(root, source, **wishes)
    assert isinstance(result, CrossreadError)
    assert sorted(path.name for path in root.rglob("*") if path.is_file() and path != Path(str(source))) == []
    return str(result)


def test_a_page_becomes_an_article(tmp_path: Path) -> None:
    """The article reads back as it was taken, and its capture is there byte for byte."""
    page = PAGES / "wordpress.html"
    added = one(tmp_path, page)
    assert (added.outcome, added.path) == ("added", "sources/lamp/the-tarsby-coast-herald.md")
    one(tmp_path, PAGES / "arc.html")
    story = read_story(tmp_path / "sources/lamp", tmp_path, load(tmp_path))
    assert story.title == "Night ferry to Quillan Island runs aground"
    assert story.date is not None
    assert story.date.isoformat() == "2024-03-05"
    article = story.articles[0]
    assert article.text == f"{article.title}\n\n{added.draft.text}"
    assert [block.kind for block in article.blocks[1:]] == [piece.kind for piece in added.draft.pieces]
    assert article.published == added.draft.facts.published
    assert article.rights == "excerpt"
    assert article.capture is not None
    raw = (tmp_path / article.capture.path).read_bytes()
    assert raw == page.read_bytes()
    assert sha256(raw).hexdigest() == article.capture.sha256


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_every_fixture_reads_back(name: str, tmp_path: Path) -> None:
    """What is written for each saved page is a source that the readers accept as it is."""
    one(tmp_path, PAGES / f"{name}.html", outlet="The Lamp")
    added = one(tmp_path, PAGES / f"{name}.html", outlet="The Lamp")
    assert added.outcome == "already there"
    one(tmp_path, PAGES / ("arc.html" if name != "arc" else "amp.html"))
    story = read_story(tmp_path / "sources/lamp", tmp_path, load(tmp_path))
    article = next(article for article in story.articles if article.id == "the-lamp")
    assert article.text.removeprefix(f"{article.title}\n\n") == added.draft.text


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """The same page again is told; a changed one is the next version, even after the editor's hand."""
    page = tmp_path / "page.html"
    page.write_text(ARTICLE)
    first = one(tmp_path, page)
    written = tmp_path / first.path
    page.write_text(ARTICLE.replace("</body>", "<script>visits(7)</script></body>"))
    assert one(tmp_path, page).outcome == "already there"
    written.write_text(written.read_text().replace("cleaned the glass", "wiped the glass"))
    assert one(tmp_path, page).outcome == "already there"
    page.write_text(ARTICLE.replace("cleaned the glass", "broke the glass"))
    second = one(tmp_path, page)
    assert (second.outcome, second.path) == ("new version", "sources/lamp/the-lamp.v2.md")
    assert "version: 2" in (tmp_path / second.path).read_text()
    assert "wiped the glass" in written.read_text()
    assert one(tmp_path, page).outcome == "already there"
    page.write_text(ARTICLE.replace("cleaned the glass", "sold the glass"))
    assert one(tmp_path, page).path == "sources/lamp/the-lamp.v3.md"


def test_versions_are_paired_by_the_readers(tmp_path: Path) -> None:
    """The newest version is compared and knows the earlier text."""
    page = tmp_path / "page.html"
    for verb in ("cleaned", "broke"):
        page.write_text(ARTICLE.replace("cleaned", verb))
        one(tmp_path, page)
    one(tmp_path, PAGES / "arc.html")
    story = read_story(tmp_path / "sources/lamp", tmp_path, load(tmp_path))
    article = next(article for article in story.articles if article.id == "the-lamp")
    assert article.version == 2
    assert "broke" in article.text
    assert article.earlier is not None
    assert "cleaned" in article.earlier


def test_two_articles_of_one_outlet(tmp_path: Path) -> None:
    """Another page of the same outlet gets the next free name."""
    page = tmp_path / "page.html"
    page.write_text(ARTICLE)
    one(tmp_path, page)
    page.write_text(ARTICLE.replace("Lamp lit again", "Lamp goes out again").replace("lit", "put out"))
    assert one(tmp_path, page).path == "sources/lamp/the-lamp-2.md"


def test_over_the_network(tmp_path: Path, server: BadServer) -> None:
    """Good pages come in although a bad one is among them; each failure names its source."""
    paths = ("/good", "/missing-200", "/wall", "/empty", "/binary", "/loop", "/latin", "/cut")
    results = bring(tmp_path, *(server.url + path for path in paths))
    assert [type(result) for result in results] == [Added, *[FetchError] * 5, Added, FetchError]
    text = [str(result) for result in results]
    assert "“Page not found” instead of an article" in text[1]
    assert "consent or robot wall" in text[2]
    assert "it is empty" in text[3]
    assert "this is a PDF" in text[4]
    assert all(server.url + path in text[at] for at, path in enumerate(paths) if at not in (0, 6))
    latin = results[6]
    assert isinstance(latin, Added)
    assert "gardienne à l’œil" in latin.draft.text
    assert any("encoding" in doubt.text for doubt in latin.draft.facts.unsure)


def test_feed(tmp_path: Path, server: BadServer) -> None:
    """An entry with its text is taken from the feed, one without from its page; which one must be said."""
    feed = tmp_path / "feed.xml"
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.split("\n") if line)
    feed.write_text(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        "<title>Harbour Wire</title><item><title>Plan agreed</title><link>https://wire.example/plan</link>"
        "<pubDate>Wed, 01 May 2024 10:00:00 +0200</pubDate><description>Short.</description>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
        f"<item><title>Lamp lit again</title><link>{server.url}/good</link></item></channel></rss>"
    )
    (several,) = bring(tmp_path, feed)
    assert "the feed has 2 entries: 1 Plan agreed; 2 Lamp lit again" in str(several)
    whole = one(tmp_path, feed, entry="plan")
    facts = whole.draft.facts
    assert (facts.title, facts.outlet, facts.url) == (
        "Plan agreed",
        "Harbour Wire",
        "https://wire.example/plan",
    )
    assert facts.published is not None
    assert facts.published.isoformat() == "2024-05-01T10:00:00+02:00"
    assert whole.draft.text == BODY
    assert one(tmp_path, feed, entry="2").draft.facts.outlet == "The Lamp"


def test_atom_feed(tmp_path: Path) -> None:
    """Atom's content element with escaped HTML is understood."""
    feed = tmp_path / "atom"
    paragraphs = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in BODY.split("\n") if line)
    feed.write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><title>Plan</title>"
        "<link rel='alternate' href='https://w.example/p'/><author><name>Ada Quill</name></author>"
        f"<published>2024-05-01T10:00Z</published><content type='html'>{paragraphs}</content></entry></feed>"
    )
    added = one(tmp_path, feed)
    assert added.draft.text == BODY
    assert added.draft.facts.author == "Ada Quill"


def test_archive(tmp_path: Path) -> None:
    """The pages of a web archive come in with their addresses; other records are passed over."""
    archive = tmp_path / "pages.warc.gz"
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=True)
    for url, kind, body in (
        ("https://lamp.example/again", "text/html; charset=utf-8", ARTICLE.encode()),
        ("https://lamp.example/a.png", "image/png", b"\x89PNG"),
    ):
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=headers)
        )
    archive.write_bytes(stream.getvalue())
    added = one(tmp_path, archive)
    assert added.draft.facts.url == "https://lamp.example/again"
    assert added.draft.raw == ARTICLE.encode()
    archive.write_bytes(stream.getvalue()[:300])
    (damaged,) = bring(tmp_path, archive)
    assert isinstance(damaged, CrossreadError)


def test_news_article(tmp_path: Path) -> None:
    """A schema.org NewsArticle comes in from JSON."""
    file = tmp_path / "article.json"
    document = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Plan agreed",
        "articleBody": BODY,
        "publisher": {"@type": "Organization", "name": "Harbour Wire"},
        "datePublished": "2024-05-01T10:00:00Z",
    }  # fmt: skip
    file.write_text(json.dumps(document))
    added = one(tmp_path, file)
    assert added.path == "sources/lamp/harbour-wire.md"
    assert added.draft.text == BODY
    file.write_text('{"@type": "Recipe"}')
    assert "no schema.org article" in str(bring(tmp_path, file)[0])


def test_a_wish_settles_only_its_own_doubt(tmp_path: Path) -> None:
    """A title that is given leaves the doubt that some headlines were left out of the text."""
    page = Path(__file__).parent / "cases" / "pages" / "kept-teaser-list.html"
    doubts = one(tmp_path, page, title="Bridge closed").draft.facts.unsure
    assert any("Another headline" in doubt.text for doubt in doubts)


def test_text_and_markdown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed text, Markdown with front matter and standard input come in with their structure."""
    text = tmp_path / "note.txt"
    text.write_text("Plan agreed behind doors\n\n" + BODY + "\n\n- one\n- two\n")
    added = one(tmp_path, text, outlet="The Lamp")
    assert added.draft.facts.title == "Plan agreed behind doors"
    assert [piece.kind for piece in added.draft.pieces] == ["paragraph"] * 5 + ["item"] * 2
    page = tmp_path / "note.md"
    page.write_text(
        f"---\noutlet: Wire\npublished: 2024-05-01T10:00:00Z\nlanguage: en\n---\n# Plan\n\n> Quoted.\n\n"
        f"{BODY}\n"
    )
    added = one(tmp_path, page)
    assert added.draft.facts.title == "Plan"
    assert added.draft.pieces[0] == Piece("quote", "Quoted.", 1)
    assert added.draft.facts.unsure == ()
    with (tmp_path / "note.txt").open("rb") as stream:
        typed = stream.read()
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": BytesIO(typed + b"\n\nMore.")}))
    assert one(tmp_path, "-", outlet="Other").path == "sources/lamp/other.md"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"\x7fELF\x00\x00", "this is a program"),
        (b"some\x00bytes", "binary file"),
        (b"<html><body></body></html>", "no article was found"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "of an article were found|no article"),
        (
            b"<html><head><title>Shop</title></head><body><p>Two words.</p></body></html>",
            "of an article were found|no article",
        ),
        (b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_bad_files(content: bytes, message: str, tmp_path: Path) -> None:
    """What holds no article is refused with a remedy, and nothing is kept of it."""
    file = tmp_path / "given"
    file.write_bytes(content)
    told = refused(tmp_path, file, outlet="The Lamp")
    assert re.search(message, told)
    assert PASTE in told


def test_the_remedy_works(tmp_path: Path) -> None:
    """A text that is too short for a page is an article once it is typed into a file."""
    page, text = tmp_path / "page.html", tmp_path / "text.txt"
    page.write_text("<html><title>Ferry</title><body><p>The ferry has sunk off Orlan.</p></body></html>")
    assert PASTE in refused(tmp_path, page, outlet="The Lamp")
    text.write_text("The ferry has sunk off Orlan.")
    assert one(tmp_path, text, outlet="The Lamp", title="Ferry").path == "sources/lamp/the-lamp.md"


def test_too_long(tmp_path: Path) -> None:
    """A text that is no single article is refused."""
    file = tmp_path / "long.txt"
    file.write_text("A sentence of no great length.\n\n" * 40_000)
    assert f"longer than {LONGEST_TEXT} characters" in refused(tmp_path, file, outlet="The Lamp")


@pytest.mark.parametrize(
    "title", ["../../x", "con", "..", "a" * 300, "🐟🐟🐟", "/etc/passwd", "x\x00y", "-rf", "--- ---"]
)
def test_hostile_names(title: str, tmp_path: Path) -> None:
    """Neither a title nor an outlet becomes a path; both are kept as text."""
    file = tmp_path / "in" / "page.txt"
    file.parent.mkdir()
    file.write_text(f"{BODY}\n")
    added = one(tmp_path, file, outlet=title)
    written = tmp_path / added.path
    assert written.parent == tmp_path / "sources" / "lamp"
    assert written.stem not in ("con", "", ".")
    assert len(written.name) < 80
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "seeds", "sources"]
    said = front_matter.split(written.read_text(), "x", []).entries
    assert said["outlet"].value == title.replace("\x00", "")


@pytest.mark.parametrize("story", ["../x", "a/b", "", "Ünder", "x" * 200, "."])
def test_bad_story_names(story: str, tmp_path: Path) -> None:
    """A story's name must be a slug."""
    with pytest.raises(CrossreadError, match="the story’s name"):
        list(add(tmp_path, story, ["x"], Wishes(), QUICK))
    assert list(tmp_path.iterdir()) == []


def test_a_near_story_is_named(tmp_path: Path) -> None:
    """A name that starts a new story is held against those that are there."""
    for story in ("night-ferry", "mill-fire"):
        (tmp_path / "sources" / story).mkdir(parents=True)
    assert near_stories(tmp_path, "night-fery") == ("night-ferry",)
    assert near_stories(tmp_path, "water-tower") == ()
    assert near_stories(tmp_path, "mill-fire") is None


def test_a_day_is_written_and_read_as_a_day(tmp_path: Path) -> None:
    """No hour is invented on the way from a page to an article and to the published JSON."""
    for name in ("one", "two"):
        path = tmp_path / f"{name}.md"
        path.write_text(f"---\noutlet: The {name}\ntitle: T\npublished: 2024-05-14\n---\n{BODY}\n")
        added = one(tmp_path, path)
        assert "\npublished: 2024-05-14\n" in (tmp_path / added.path).read_text()
    story = read_story(tmp_path / "sources" / "lamp", tmp_path, load(tmp_path))
    assert {article.published for article in story.articles} == {WholeDay.of(date(2024, 5, 14))}
    comparison = compare_story(story)
    told = wire.written(comparison)
    assert b'"published":"2024-05-14"' in told
    assert wire.read(told) == comparison


def test_no_outlet(tmp_path: Path) -> None:
    """Without an outlet nothing is written; --outlet mends it."""
    file = tmp_path / "x.txt"
    file.write_text(BODY)
    assert "the outlet is not known" in refused(tmp_path, file)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_no_permission(tmp_path: Path) -> None:
    """A folder that cannot be written is told, and nothing is left."""
    file = tmp_path / "x.txt"
    file.write_text(BODY)
    (tmp_path / "sources").mkdir(mode=0o555)
    assert "cannot be written" in refused(tmp_path, file, outlet="The Lamp")


def test_disk_full(tmp_path: Path) -> None:
    """When the disk is full while an article is written, nothing of it stays."""
    file = tmp_path / "x.txt"
    file.write_text(BODY * 30)
    script = (
        "import resource, sys, signal\n"
        "from pathlib import Path\n"
        "from compare.intake.add import add, Wishes\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "print(*add(Path(sys.argv[1]), 'lamp', [sys.argv[2]], Wishes(outlet='The Lamp')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), str(file)], capture_output=True, text=True, check=True
    )
    assert "cannot be written: File too large" in done.stdout
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["x.txt"]


def test_interrupted(tmp_path: Path, server: BadServer) -> None:
    """Ctrl-C while pages are being fetched leaves whole articles and no parts."""
    sources = [f"{server.url}/slow?{number}" for number in range(8)]
    script = "from compare.cli import main; main()"
    command = [sys.executable, "-c", script, "add", *sources, "--story", "lamp", "--root", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 20
    while not (tmp_path / "sources/lamp").is_dir() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert b"Traceback" not in errors
    assert process.returncode == 1
    names = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert not [name for name in names if name.startswith(".")]
    assert names in ([], ["story.md", "the-lamp.html", "the-lamp.md"])


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1, max_size=40)


@given(
    st.lists(
        st.tuples(st.sampled_from(["paragraph", "heading", "quote", "item"]), LINE), min_size=1, max_size=6
    )
)
def test_text_is_never_markup(blocks: list[tuple[str, str]]) -> None:
    """Whatever characters a text has, the file that is written for it reads back as the same blocks."""
    pieces = [
        Piece(kind, " ".join(text.split()), {"heading": 2, "paragraph": 0}.get(kind, 1))
        for kind, text in blocks
    ]  # type: ignore[arg-type]
    pieces = [piece for piece in pieces if piece.text]
    back = list(markdown.pieces("\n" + write_markdown(pieces), "x"))
    assert [(piece.kind, piece.text.replace("\ufeff", "")) for piece in back] == [
        (piece.kind, piece.text.replace("\ufeff", ""))
        for piece in pieces
        if piece.text.replace("\ufeff", "").strip()
    ]


@given(st.dictionaries(st.sampled_from(["title", "outlet", "author"]), LINE, min_size=1))
def test_front_matter_reads_back(values: dict[str, str]) -> None:
    """Whatever a title holds, the front matter says the same when it is read."""
    values = {key: " ".join(value.replace("\ufeff", "").split()) for key, value in values.items()}
    entries = front_matter.split(write_front_matter(values) + "\n", "x", []).entries
    assert {key: entry.value for key, entry in entries.items()} == {
        key: value for key, value in values.items() if value
    }
