"""Readers: the cases in cases/markdown.md and cases/html.md, and whole stories."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CrossreadError, Problems, SourceError
from compare.model import Article, Block, Capture, Correction, Outlet, Site, Story
from compare.site import readers
from compare.site.folders import story_folders
from compare.site.readers import html, markdown
from compare.site.readers.blocks import Piece, assemble
from compare.text import segment

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, str, str]]:
    text = (CASES / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(r"^([^\n]+)\n\.\n(.*?)\n\.\n(.*?)\n\.$", text, re.MULTILINE | re.DOTALL)
    assert len(found) * 3 == len(re.findall(r"^\.$", text, re.MULTILINE))
    return found


def shown(pieces: Iterator[Piece] | list[Piece]) -> list[str]:
    return [f"{piece.kind} {piece.level} {piece.text}" for piece in pieces]


@pytest.mark.parametrize(("name", "text", "expected"), cases("markdown"))
def test_markdown(name: str, text: str, expected: str) -> None:
    """Markdown becomes the blocks that the case names."""
    assert shown(markdown.pieces(text, name)) == expected.split("\n")


@pytest.mark.parametrize(("name", "text", "expected"), cases("html"))
def test_html(name: str, text: str, expected: str) -> None:
    """HTML becomes the blocks that the case names."""
    assert shown(html.read(text, name, []).pieces) == expected.split("\n")


class Builder:
    """Writes a site file by file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.story("bridge", "title: A bridge falls")

    def story(self, name: str, front: str, body: str = "") -> None:
        """Write a story's own file."""
        self.file(f"{name}/story.md", f"---\n{front}\n---\n{body}")

    def file(self, path: str, text: str) -> None:
        """Write any file below sources/."""
        file = self.root / "sources" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def article(self, name: str, front: str, body: str = "The bridge fell.") -> None:
        """Write an article of the story."""
        self.file(f"bridge/{name}", f"---\n{front}\n---\n\n{body}\n")

    def read(self, site: Site = Site()) -> Story:  # noqa: B008 - it is frozen
        """Read the story."""
        return readers.read_story(self.root / "sources" / "bridge", self.root, site)

    def problems(self, site: Site = Site()) -> list[str]:  # noqa: B008
        """Read the story and give what is wrong."""
        with pytest.raises(Problems) as raised:
            self.read(site)
        return [problem.message for problem in raised.value.problems]


@pytest.fixture
def site(tmp_path: Path) -> Builder:
    """A story that lacks one article."""
    builder = Builder(tmp_path)
    builder.article("zinc.md", "outlet: Zinc")
    return builder


def article(story: Story, name: str) -> Article:
    return next(article for article in story.articles if article.id == name)


def test_every_field(site: Builder) -> None:
    """Each key of an article goes where it belongs."""
    (site.root / "seeds").mkdir()
    (site.root / "seeds" / "lamp.txt").write_text("x", encoding="utf-8")
    front = (
        "outlet: lamp\ntitle: 'It fell: a bridge'\nurl: https://lamp.example/a?b=1#c\n"
        "published: 2024-05-14T10:00:00+02:00\nupdated: 2024-05-14T12:00:00Z\nauthor: Ann  Pell\n"
        "agency: Reef Wire\nlanguage: es-MX\nrights: excerpt\ncomplete: false\nversion: 2\n"
        f"capture: seeds/lamp.txt\nsha256: {'0a' * 32}"
    )
    site.article("the-lamp.md", front, "One.\n\n## Two\n\n> Three.")
    lamp = Outlet("lamp", "The Lamp", "LMP", "https://lamp.example/", "MX")
    text = "It fell: a bridge\n\nOne.\n\nTwo\n\nThree."
    assert article(site.read(Site(outlets=(lamp,))), "the-lamp") == Article(
        id="the-lamp",
        outlet=lamp,
        text=text,
        blocks=(
            Block("headline", 0, 17),
            Block("paragraph", 19, 23),
            Block("heading", 25, 28, 2),
            Block("quote", 30, 36, 1),
        ),
        language="es-MX",
        title="It fell: a bridge",
        url="https://lamp.example/a?b=1#c",
        published=datetime(2024, 5, 14, 10, tzinfo=timezone(timedelta(hours=2))),
        updated=datetime(2024, 5, 14, 12, tzinfo=UTC),
        author="Ann Pell",
        agency="Reef Wire",
        rights="excerpt",
        complete=False,
        version=2,
        source="sources/bridge/the-lamp.md",
        capture=Capture("seeds/lamp.txt", "0a" * 32),
    )


def test_only_the_outlet_is_required(site: Builder) -> None:
    """Nothing is invented for an article that says only whose it is."""
    site.article("lamp.md", "outlet: The Lamp\nauthor:\nagency: null")
    lamp = article(site.read(), "lamp")
    assert lamp == Article(
        "lamp",
        Outlet("the-lamp", "The Lamp", "LA"),
        "The bridge fell.",
        (Block("paragraph", 0, 16),),
        source="sources/bridge/lamp.md",
    )


@pytest.mark.parametrize("name", ["lamp", "The Lamp", "the lamp", "LAMP"])
def test_outlet_by_id_or_name(site: Builder, name: str) -> None:
    """An article may call its outlet by id or by name."""
    lamp = Outlet("lamp", "The Lamp", "LMP")
    site.article("a.md", f"outlet: {name}")
    assert article(site.read(Site(outlets=(lamp,))), "a").outlet is lamp


def test_unknown_outlets_have_signs_of_their_own(site: Builder) -> None:
    """Two outlets with the same initials can be told apart in tables."""
    site.article("lamp.md", "outlet: Lamp One")
    site.article("loop.md", "outlet: Loop Only")
    signs = {
        article.outlet.sign for article in site.read(Site(outlets=(Outlet("zinc", "Zinc", "LO"),))).articles
    }
    assert len(signs) == 3


def test_story_fields(site: Builder) -> None:
    """story.md gives the story its title, day, tags, language and introduction."""
    site.story(
        "bridge", "title: Un puente\ndate: 2024-05-14\ntags: [a, b c, a]\nlanguage: es", "\nHola, *mundo*.\n"
    )
    site.article("lamp.md", "outlet: Lamp")
    story = site.read()
    assert (story.id, story.title, story.date) == ("bridge", "Un puente", date(2024, 5, 14))
    assert (story.tags, story.introduction) == (("a", "b c"), "Hola, *mundo*.")
    assert {story.language, *(article.language for article in story.articles)} == {"es"}


def test_articles_are_ordered_by_id(site: Builder) -> None:
    """The order of articles does not come from the file system."""
    for name in ("b.txt", "c.html", "a.md"):
        site.article(name, f"outlet: {name[0]}") if name != "c.html" else site.file(
            "bridge/c.html", "<!--\noutlet: c\n--><p>It fell."
        )
    assert [article.id for article in site.read().articles] == ["a", "b", "c", "zinc"]


def test_scalars_stay_text(site: Builder) -> None:
    """YAML's own ideas of types do not touch titles and tags."""
    site.story("bridge", "title: 1.10\ntags: [no, 12:30, 0o7]")
    site.article("lamp.md", "outlet: on\ntitle: yes")
    story = site.read()
    assert (story.title, story.tags) == ("1.10", ("no", "12:30", "0o7"))
    assert (article(story, "lamp").title, article(story, "lamp").outlet.name) == ("yes", "on")


def test_plain_text(site: Builder) -> None:
    """In plain text nothing is markup, and a blank line parts paragraphs."""
    site.article("lamp.txt", "outlet: Lamp", "# One *two*\nthree\n \n\n> four")
    lamp = article(site.read(), "lamp")
    assert lamp.text == "# One *two* three\n\n> four"
    assert {block.kind for block in lamp.blocks} == {"paragraph"}


def test_line_ends_and_byte_order_mark(site: Builder) -> None:
    """Files from other systems read the same."""
    text = "\ufeff---\r\noutlet: Lamp\r\n---\r\n\r\nOne.\r\n\r\nTwo."
    (site.root / "sources/bridge/lamp.md").write_bytes(text.encode())
    assert article(site.read(), "lamp").text == "One.\n\nTwo."


def test_repeated_headline_is_kept_once(site: Builder) -> None:
    """Exported files have the headline in front matter and body."""
    site.article("lamp.md", "outlet: Lamp\ntitle: It fell!", "# It  fell!\n\nIt did.")
    assert article(site.read(), "lamp").text == "It fell!\n\nIt did."


def test_first_heading_is_the_headline(site: Builder) -> None:
    """Without a title, a heading of the first level that opens the body is the headline."""
    site.article("lamp.md", "outlet: Lamp", "# It fell\n\nIt did.")
    site.article("tide.md", "outlet: Tide", "## It fell\n\nIt did.")
    story = site.read()
    assert (article(story, "lamp").title, article(story, "tide").title) == ("It fell", None)


def test_html_page(site: Builder) -> None:
    """A saved page tells about itself; the comment at its top has the last word."""
    site.file(
        "bridge/lamp.html",
        "<!--\n---\nrights: none\ntitle: The editor's title\n---\n-->\n<!doctype html><html lang='tr'><head>"
        "<title>x</title><meta property='og:title' content='Page title'>"
        "<meta property='og:site_name' content='The Lamp'><link rel='canonical' href='https://lamp.example/1'>"
        "<meta property='article:published_time' content='2024-05-14T10:00:00+03:00'>"
        "<meta property='article:modified_time' content='yesterday'><meta name='author' content='Ann Pell'>"
        "</head><body><article><h1>Page heading</h1><p>It fell.</p></article></body></html>",
    )
    lamp = article(site.read(), "lamp")
    assert (lamp.title, lamp.rights, lamp.language) == ("The editor's title", "none", "tr")
    assert (lamp.outlet.name, lamp.url, lamp.author) == ("The Lamp", "https://lamp.example/1", "Ann Pell")
    assert lamp.published == datetime(2024, 5, 14, 7, tzinfo=UTC)
    assert lamp.updated is None
    assert lamp.text == "The editor's title\n\nPage heading\n\nIt fell."


def test_versions(site: Builder) -> None:
    """The newest version is compared, and the one before it is kept as text."""
    site.article("lamp.md", "outlet: Lamp", "First.")
    site.article("lamp.v2.md", "outlet: Lamp\nversion: 2", "Second.")
    site.article("lamp.v10.md", "outlet: Lamp", "Tenth.")
    lamp = article(site.read(), "lamp")
    assert (lamp.id, lamp.version, lamp.text, lamp.earlier) == ("lamp", 10, "Tenth.", "Second.")
    assert lamp.source == "sources/bridge/lamp.v10.md"
    assert len(site.read().articles) == 2


def test_same_version_twice(site: Builder) -> None:
    """A number that two versions claim is a problem."""
    site.article("lamp.md", "outlet: Lamp\nversion: 2")
    site.article("lamp.v2.md", "outlet: Lamp")
    assert site.problems() == ["is version 2 again"]


def test_one_outlet_twice_at_different_times(site: Builder) -> None:
    """An outlet may have several articles of one story."""
    site.article("lamp-1.md", "outlet: Lamp\npublished: 2024-05-14T10:00:00Z")
    site.article("lamp-2.md", "outlet: Lamp\npublished: 2024-05-14T11:00:00Z")
    assert len(site.read().articles) == 3


def test_hidden_and_backup_files_are_ignored(site: Builder) -> None:
    """What editors and file managers leave behind is no article."""
    site.article("lamp.md", "outlet: Lamp")
    for name in (".DS_Store", "lamp.md~", ".lamp.md.swp"):
        site.file(f"bridge/{name}", "\0")
    assert len(site.read().articles) == 2


def test_all_stories_and_all_problems(site: Builder) -> None:
    """Problems of several stories come together, in the order of files."""
    site.story("aqueduct", "titel: x")
    with pytest.raises(Problems) as raised:
        readers.read_stories(site.root, Site())
    assert [(p.path, p.line) for p in raised.value.problems] == [
        ("sources/aqueduct", None),
        ("sources/aqueduct/story.md", 1),
        ("sources/aqueduct/story.md", 2),
        ("sources/bridge", None),
    ]


def test_stories_are_ordered(site: Builder) -> None:
    """Stories come by id, and folders of hidden tools are none."""
    site.article("lamp.md", "outlet: Lamp")
    for name in ("zebra", "alpha"):
        site.story(name, "title: x")
        for outlet in ("lamp", "tide"):
            site.file(f"{name}/{outlet}.md", f"---\noutlet: {outlet}\n---\nIt fell.\n")
    (site.root / "sources" / ".cache").mkdir()
    assert [story.id for story in readers.read_stories(site.root, Site())] == ["alpha", "bridge", "zebra"]
    assert [folder.name for folder in story_folders(site.root)] == ["alpha", "bridge", "zebra"]


def test_corrections(site: Builder) -> None:
    """The editor's corrections come in file order with their lines."""
    site.article("lamp.md", "outlet: Lamp")
    site.file(
        "bridge/corrections.toml",
        '[[different]]\nsentences = ["lamp/00000000", "zinc/11111111-2"]\n\n[[same]]\nnote = "why"\n'
        'opening = ["The bridge", ""]\nsentences = ["zinc/11111111", "lamp/00000000"]\n',
    )
    assert site.read().corrections == (
        Correction("different", ("lamp/00000000", "zinc/11111111-2"), None, 1),
        Correction("same", ("zinc/11111111", "lamp/00000000"), "why", 4, ("The bridge", "")),
    )


def test_nearest_sentence_is_suggested() -> None:
    """A stale id is answered with the sentence that begins most like the quoted opening."""
    lamp = Article(
        "lamp",
        Outlet("lamp", "Lamp", "LA"),
        "It fell. Nobody ran away. It rose.",
        (Block("paragraph", 0, 34),),
    )
    sentences = segment.split(lamp)
    stale = Correction("same", ("lamp/00000000", sentences[0].id), None, 3, ("Nobody went away", "It fell"))
    (problem,) = readers.check_corrections([stale], sentences)
    assert problem.hint == f"the nearest is “{sentences[1].id}”: Nobody ran away."
    repeated = Correction("same", (sentences[0].id + "-2", sentences[2].id), None, 3)
    (problem,) = readers.check_corrections([repeated], sentences)
    assert problem.hint == f"the nearest is “{sentences[0].id}”: It fell."
    assert (
        readers.check_corrections([Correction("same", (sentences[0].id, sentences[2].id))], sentences) == []
    )


def test_contradiction_through_a_third() -> None:
    """Same is transitive: a and b, b and c the same, but a and c different."""
    lamp = Article("lamp", Outlet("lamp", "Lamp", "LA"), "One. Two. Three.", (Block("paragraph", 0, 16),))
    one, two, three = (sentence.id for sentence in segment.split(lamp))
    given_ = [
        Correction("same", (one, two)),
        Correction("same", (two, three)),
        Correction("different", (three, one)),
    ]
    (problem,) = readers.check_corrections(given_, segment.split(lamp))
    assert "called different here and the same elsewhere" in problem.message


@settings(deadline=None)
@given(
    st.lists(
        st.builds(Piece, st.sampled_from(["paragraph", "heading", "item", "quote"]), st.text(min_size=1)),
        max_size=6,
    ),
    st.none() | st.text(min_size=1),
)
def test_blocks_cover_the_text(pieces: list[Piece], title: str | None) -> None:
    """Blocks lie in order, and only blank lines are between them."""
    headline, text, blocks = assemble(title, pieces)
    assert "\n\n".join(text[block.start : block.end] for block in blocks) == text
    assert (blocks[:1] and blocks[0].kind == "headline") == bool(headline) or not blocks
    if headline:
        assert text[blocks[0].start : blocks[0].end] == headline


FILES = st.sampled_from(["lamp.md", "lamp.txt", "lamp.html", "story.md", "corrections.toml", "lamp.v2.md"])
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "---",
                "<!--",
                "-->",
                "outlet: x",
                "title: [",
                "tags: &a [*a]",
                "[[same]]",
                "sentences = [",
                "> - # a",
                "",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=12,
).map("\n".join)


@settings(deadline=None)
@given(FILES, st.one_of(st.binary(max_size=200), LINES.map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_in_any_file(name: str, content: bytes) -> None:
    """Whatever is in a file, the story is read or its problems are told."""
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(Path(folder))
        builder.article("tide.md", "outlet: Tide")
        builder.article("reef.md", "outlet: Reef")
        (builder.root / "sources/bridge" / name).write_bytes(content)
        found = readers.examine_story(builder.root / "sources/bridge", builder.root, Site())
    assert all(isinstance(problem, CrossreadError) for problem in found.problems)
    for read in found.story.articles:
        assert all(read.text[block.start : block.end].strip() for block in read.blocks)


FIELDS = [
    "outlet",
    "title",
    "url",
    "published",
    "author",
    "language",
    "rights",
    "complete",
    "version",
    "capture",
    "sha256",
]


@settings(deadline=None)
@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_any_text_in_any_field(field: str, value: str) -> None:
    """Whatever stands in a field, it is taken or refused."""
    quoted = "".join(f"\\U{ord(character):08X}" for character in value)
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(Path(folder))
        builder.article("tide.md", "outlet: Tide")
        front = f'{field}: "{quoted}"' if field == "outlet" else f'outlet: Lamp\n{field}: "{quoted}"'
        builder.article("lamp.md", front)
        found = readers.examine_story(builder.root / "sources/bridge", builder.root, Site())
    assert {problem.path for problem in found.problems} <= {"sources/bridge/lamp.md"}
    assert found.whole != bool(found.problems)


NESTS = {
    "lamp.html": [
        "<div>",
        "<div></p>",
        "<b a=1><p>",
        "<ul><li>",
        "<table>",
        "<!--",
        "<a b='",
        "&",
        "<",
        "</p>",
        "<p hidden>",
    ],
    "lamp.md": [
        "> ",
        "- ",
        "1. ",
        "[",
        "![[",
        "*a **b ",
        "`",
        "<a ",
        "[a]: b\n",
        "_*",
        "\\",
        "* a\n",
        "|",
        "&#x",
    ],
}


@pytest.mark.parametrize(
    ("name", "piece"), [(name, piece) for name, pieces in NESTS.items() for piece in pieces]
)
def test_deep_and_pathological_markup(name: str, piece: str) -> None:
    """As much as a file may hold of what invites blow-ups is read or refused soon."""
    paragraph = piece * (25_000 // len(piece)) + "x"
    text = (paragraph + "\n\n") * 10 if name.endswith(".md") else paragraph * 40
    front = "---\noutlet: Lamp\n---\n" if name.endswith(".md") else ""
    with contextlib.suppress(SourceError):
        draft = readers.READERS[Path(name).suffix](front + text, name, [])
        assert draft.pieces == [piece for piece in draft.pieces if piece.text]


def test_name_that_cannot_be_printed(site: Builder) -> None:
    """A file name that is not UTF-8 is shown escaped."""
    try:
        (site.root / "sources/bridge" / "l\udcff.md").write_text("x", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the file system takes only UTF-8 names")
    problems = readers.examine_story(site.root / "sources/bridge", site.root, Site()).problems
    assert [str(p).encode() for p in problems if "\\udcff" in (p.path or "")]


@pytest.mark.parametrize("body", ["word " * 70_000, "word " * 6_001, "[" * 300, "> " * 50 + "It fell."])
def test_markdown_out_of_bounds(site: Builder, body: str) -> None:
    """A text, a paragraph or a nest beyond what an article has is refused with a remedy."""
    site.article("lamp.md", "outlet: Lamp", body)
    (problem,) = readers.examine_story(site.root / "sources/bridge", site.root, Site()).problems
    assert "longer than" in problem.message or "nested too deeply" in problem.message
    assert problem.hint
