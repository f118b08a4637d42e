"""Pages: what is in them, that nothing breaks out of them, that every link leads somewhere."""

import csv
import io
import json
import re
import struct
import zlib
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import read_po
from jinja2 import UndefinedError
from jsonschema import Draft202012Validator
from made_comparison import TABLE, compared, with_extras
from made_site import broken_links, pages
from markupsafe import Markup
from messages import messages
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from compare.errors import ConfigError
from compare.model import Outlet, Site
from compare.pages import Renderer, wire
from compare.pages.environment import environment, shipped_templates
from compare.pages.phrases import Phrases
from compare.pages.receipts import shared_words
from compare.pages.rights import publishable
from compare.pages.rules import PATTERNS, RULES

_PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")
TITLES = ("Bridge falls", "Bridge down at Skerrow", None, "سقوط الجسر")
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} javascript:alert(1) \u202e\u2066"
)


@pytest.fixture(scope="module")
def made():
    """The pages of a site of one story, served under a base path."""
    site = Site(title="Crossings", url="https://reader.example/coverage/", description="Invented coverage.")
    return pages(site, [with_extras(compared(titles=TITLES))])


def tree(made, path):
    """The parsed page."""
    return HTMLParser(made[path])


def test_every_page_is_there(made):
    """A site of one story has these pages and no others."""
    home = "stories/skerrow/"
    assert sorted(made) == sorted(
        [
            "404.html", "comparison.schema.json", "feed.xml", "index.html", "method/index.html",
            "outlets/index.html", "search/index.html", "sitemap.xml",
            "static/icon.svg", "static/site.css", "static/site.js",
            *(f"outlets/outlet-{n}/index.html" for n in range(4)),
            *(f"{home}outlet-{n}/index.html" for n in range(4)),
            *(home + name for name in ("index.html", "comparison.json", "claims.csv", "share.png")),
            home + "side-by-side/index.html", home + "handout/index.html",
        ]
    )  # fmt: skip


def test_the_picture_to_share(made):
    """A PNG of the shape that networks want, the same each time, with a mark of each colour that it needs."""
    content = made["stories/skerrow/share.png"]
    signature, head = content[:8], content[8:33]
    assert signature == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[8:16]) == (600, 315)
    comparison = with_extras(compared(titles=TITLES))
    again = pages(Site(url="https://reader.example/coverage/"), [comparison])
    assert again["stories/skerrow/share.png"] == content
    body = zlib.decompress(content[content.index(b"IDAT") + 4 : content.index(b"IEND") - 8])
    assert set(body) == {0, 1, 2, 3, 4}
    image = tree(made, "stories/skerrow/index.html").css_first("meta[property='og:image']")
    assert image.attributes["content"] == "https://reader.example/coverage/stories/skerrow/share.png"
    assert "stories/skerrow/share.png" not in pages(Site(), [comparison])


def test_all_links_and_fragments_resolve(made):
    """Relative links lead to files and ids that are there; only 404.html knows the base path."""
    assert list(broken_links(made, "/coverage/")) == []
    absolute = [p for p, content in made.items() if p.endswith(".html") and b'href="/' in content]
    assert absolute == ["404.html"]


def test_each_claim_has_a_permalink_and_a_mark_for_each_outlet(made):
    """A claim's id is its fragment; those that several tell come first, the others by their outlet."""
    comparison = with_extras(compared(titles=TITLES))
    page = tree(made, "stories/skerrow/index.html")
    several = [node.attributes["id"] for node in page.css("#matrix .claim")]
    assert several == [f"c-{c.id}" for c in comparison.counted if len(c.tellers) > 1 or c.disputed]
    alone = [node.attributes["id"] for node in page.css("#alone .claim")]
    assert sorted(several + alone) == sorted(f"c-{claim.id}" for claim in comparison.counted)
    for row, claim in zip(page.css("#matrix .row"), comparison.counted, strict=False):
        assert row.css_first(".cells").text().split() != []
        assert len(row.css(".cells .m")) == len(claim.readings)
    words = [mark.text() for mark in page.css_first("#matrix .row").css(".cells .m")]
    assert words == ["NW base", "HP same words", "MT reworded", "MRF reworded"]


def test_the_result_is_told_in_words(made):
    """A few sentences at the top: who prints one text, what all and one tell, what is disputed."""
    lede = " ".join(tree(made, "stories/skerrow/index.html").css_first(".lede").text().split())
    assert lede == (
        "3 outlets here are invented; real: Harbour Post. "
        "Northern Wire, Harbour Post print largely one text. "
        "12 claims, 1 surely in all texts, 3 surely in one only. "
        "Outlets choose different words: an accident / a disaster. 2 are disputed."
    )


def test_what_all_name_is_told():
    """An agency that all texts name is at the top; one that few name is not."""
    table = [
        [f"The dam broke, Reuters reported in place {n}." for n in range(3)],
        ["AFP saw it.", None, None],
    ]
    page = HTMLParser(pages(Site(), [compared(table)])["stories/skerrow/index.html"])
    lede = page.css_first(".lede").text()
    assert "All 3 name Reuters." in lede
    assert "AFP" not in lede


def test_edits_and_disputes_are_marked(made):
    """Of a near copy the words that differ are del and ins; a disputed place is a mark, and is told."""
    page = tree(made, "stories/skerrow/index.html")
    card = next(node for node in page.css(".row") if "Eleven" in node.text())
    assert [node.text() for node in card.css("del")] == ["Eleven"]
    assert {node.text() for node in card.css("mark.dispute")} >= {"Eleven", "Twelve"}
    assert "Northern Wire said Eleven, Harbour Post said Twelve." in card.css_first(".finding").text()
    assert card.css_first(".t").text().strip().endswith("[Eleven / Twelve] people were hurt, police said.")


def test_other_words_stand_whole_and_unstruck(made):
    """What is no near copy is printed as the outlet wrote it."""
    page = tree(made, "stories/skerrow/index.html")
    card = next(node for node in page.css(".row") if "collapsed" in node.text())
    reading = next(node for node in card.css(".reading") if "collapsed" in node.text())
    assert reading.css("del, ins") == []
    assert reading.css_first("blockquote").text() == "On Tuesday the Skerrow bridge collapsed."


def test_equal_texts_share_a_row(made):
    """Outlets with one text stand beside each other, by name; each has its own place to link to."""
    page = tree(made, "stories/skerrow/index.html")
    card = next(node for node in page.css(".row") if "inquiry" in node.text())
    assert len(card.css(".reading")) == 1
    assert [node.text() for node in card.css(".who a")] == ["Northern Wire", "Harbour Post", "Meridian Times"]


def test_a_title_never_takes_one_side(made):
    """A disputed value stands in titles and at the top with its rival, and in no claim that all report."""
    page = tree(made, "stories/skerrow/index.html")
    assert all("Eleven" not in link.text() for link in page.css(".agreed a"))
    for row in page.css(".row"):
        title = row.css_first(".t").text()
        assert ("Eleven" in title) == ("Twelve" in title)


def test_the_handout_names_nobody():
    """Each text stands whole under a letter, and no outlet's name or sign is in it, or in its address."""
    first = "The Northern Wire was told by Harbour Post."
    table = [[first, "NW and the Northern Wire agree.", "Told plainly."]]
    made = pages(Site(), [compared(table)])
    page = HTMLParser(made["stories/skerrow/handout/index.html"])
    texts = [node.text().split() for node in page.css(".textof")]
    assert texts == [
        ["Text", "A", "Outlet", "A", "was", "told", "by", "Outlet", "B."],
        ["Text", "B", "Outlet", "A", "and", "Outlet", "A", "agree."],
        ["Text", "C", "Told", "plainly."],
    ]
    assert not [n for n in page.css("main a") if "outlet-" in n.attributes["href"]]
    assert len(page.css(".questions li")) == 5


def test_directions_and_languages(made):
    """A right-to-left text says so wherever it stands, the page around it stays as it is."""
    article = tree(made, "stories/skerrow/outlet-3/index.html")
    assert article.css_first("html").attributes["dir"] == "ltr"
    text = article.css_first(".text")
    assert (text.attributes["lang"], text.attributes["dir"]) == ("ar", "rtl")
    story = tree(made, "stories/skerrow/index.html")
    assert all(node.attributes["dir"] == "rtl" for node in story.css("[lang=ar]"))


def test_an_article_shows_its_text_whole(made):
    """Every sentence stands on its article's page in order, under the fragment that its id gives."""
    comparison = compared(titles=TITLES)
    for number, sentences in enumerate(comparison.sentences):
        page = tree(made, f"stories/skerrow/outlet-{number}/index.html")
        shown = [(node.attributes["id"], node.text()) for node in page.css(".s")]
        assert shown == [("s-" + s.id.partition("/")[2], s.text) for s in sentences]


def test_what_others_report_comes_in_their_order(made):
    """At the end of an article: claims that most others tell, then others that it does not surely tell."""
    page = tree(made, "stories/skerrow/outlet-1/index.html")
    assert [node.text() for node in page.css(".missing .claimed")] == [
        "The harbour master called it an accident.",
        "The company did not answer questions.",
        "“We will [rebuild / repair] this bridge,” said the mayor.",
        "Fog lay over the harbour that night.",
        "شكر الأهالي فرق الإنقاذ.",
    ]
    assert len(page.css("#missing > .missing .claimed")) == 2


def test_nothing_is_loaded_from_elsewhere(made):
    """Sources of scripts, styles and pictures are the site's own, and no style stands in an attribute."""
    for path, content in made.items():
        if not path.endswith(".html"):
            continue
        page = HTMLParser(content)
        policy = page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
        assert "unsafe-inline" not in policy
        assert not page.css("[style], style, [onclick], iframe, object")
        for node in page.css("script[src], img[src], link[rel=stylesheet], link[rel=icon]"):
            assert "//" not in (node.attributes.get("src") or node.attributes.get("href"))
        assert all(s.attributes.get("type") == "application/ld+json" for s in page.css("script:not([src])"))


def hostile():
    """A comparison with hostile words in every field that a source can fill."""
    whole = with_extras(compared(titles=(HOSTILE,) * 4))
    table = [[None if cell is None else f"{cell} {HOSTILE}" for cell in row] for row in TABLE]
    whole = compared(table, titles=(HOSTILE,) * 4)
    articles = tuple(
        replace(a, author=HOSTILE, agency=HOSTILE, outlet=Outlet(a.outlet.id, HOSTILE, '<b>"&', None))
        for a in whole.story.articles
    )
    introduction = f"{HOSTILE} [link](javascript:alert(1)) ![picture](https://elsewhere.example/x.png)"
    story = replace(whole.story, title=HOSTILE, tags=(HOSTILE,), introduction=introduction, articles=articles)
    return replace(whole, story=story, signature=HOSTILE)


def test_no_field_becomes_markup():
    """Hostile words in every field add no element, handler or scheme, and are shown as they are."""
    clean = pages(Site(url="https://x.example/"), [compared(titles=TITLES)])
    made = pages(Site(title=HOSTILE, description=HOSTILE, url="https://x.example/"), [hostile()])
    for path, content in made.items():
        if path.endswith(".html"):
            page = HTMLParser(content)
            assert len(page.css("script")) == len(HTMLParser(clean[path]).css("script"))
            assert not page.css("img, [onerror]")
            assert not [n for n in page.css("[href]") if n.attributes["href"].startswith("javascript:")]
        if path.endswith((".xml", ".svg")):
            ElementTree.fromstring(content)
    structured = HTMLParser(made["stories/skerrow/index.html"]).css_first(
        "script[type='application/ld+json']"
    )
    assert json.loads(structured.text())["name"] == HOSTILE
    assert HOSTILE[:24] in HTMLParser(made["stories/skerrow/index.html"]).css_first("h1").text()


def test_nothing_withheld_is_anywhere():
    """Not one word group of a withheld sentence stands in any file of the site."""
    whole = with_extras(compared(titles=TITLES))
    rights = ("full", "none", "excerpt", "none")
    articles = tuple(replace(a, rights=r) for a, r in zip(whole.story.articles, rights, strict=True))
    whole = replace(whole, story=replace(whole.story, articles=articles))
    public = publishable(whole, 20)
    shown = " ".join(s.text for sentences in public.sentences for s in sentences)
    withheld = [s.text for sentences in whole.sentences for s in sentences if s.text not in shown]
    assert len(withheld) > 10
    files = pages(Site(url="https://x.example/", excerpt_words=20), [whole])
    everything = "\n".join(content.decode(errors="replace") for content in files.values())
    plain = " ".join(HTMLParser(everything).text().split())
    for sentence in withheld:
        words = sentence.split()
        for start in range(max(1, len(words) - 3)):
            group = " ".join(words[start : start + 4])
            if group not in shown:
                assert group not in everything
                assert group not in plain


@pytest.mark.parametrize(
    ("table", "titles"),
    [
        ([["Only one claim here."] * 2], ()),
        ([["Here one thing.", None], [None, "There another."]], ()),
        ([[f"The {'very ' * 80}long headline{' of note' * 10}."] * 3], ("w" * 400,)),
        ([["A" * 300 + " is a word.", "B" * 300 + " is another."]], ("😀" * 20, "\u202eabc")),
        ([[f"Claim {n} of many." if (n + m) % 3 else None for m in range(60)] for n in range(4)], ()),
        ([[f"Sentence number {n}.", None] for n in range(3000)] + [["One shared."] * 2], ()),
    ],
    ids=["one claim", "none shared", "long headline", "long words", "sixty outlets", "3,000 sentences"],
)  # fmt: skip
def test_unusual_stories_have_whole_pages(table, titles):
    """Nothing is lost, and every link still leads somewhere."""
    comparison = compared(table, titles=titles)
    made = pages(Site(), [comparison])
    assert list(broken_links(made)) == []
    page = HTMLParser(made["stories/skerrow/outlet-0/index.html"])
    assert "".join(n.text() for n in page.css(".s")) == "".join(s.text for s in comparison.sentences[0])


def test_the_json_is_the_comparison_and_fits_its_schema(made):
    """What is published can be read back, and the schema beside it describes it."""
    content = made["stories/skerrow/comparison.json"]
    assert wire.read(content) == with_extras(compared(titles=TITLES))
    schema = json.loads(made["comparison.schema.json"])
    Draft202012Validator.check_schema(schema)
    article = schema["$defs"]["Article"]
    assert {"type": "string", "format": "date-time"} in article["properties"]["published"]["anyOf"]
    assert json.loads(content)["format"] == wire.FORMAT
    assert article["description"].startswith("One outlet's text")
    Draft202012Validator(schema).validate(json.loads(content))


def test_the_csv_has_a_line_for_each_reading():
    """Each reading and gap is a line; no cell begins a formula."""
    table = [["=1+1 is what they said.", "They said it.", None]]
    content = pages(Site(), [compared(table)])["stories/skerrow/claims.csv"].decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content)))
    assert [line["state"] for line in lines] == ["base", "reworded", "absent"]
    assert lines[0]["text"] == "'=1+1 is what they said."
    assert lines[2]["probability"] == "0.95"


@pytest.mark.parametrize(
    "text", ["Two, or three.", '“Two”, said "he".', '"', "One\nline", "One\rline", "Plain."]
)
def test_the_csv_gives_back_what_was_told(text):
    """Commas, quotes and ends of lines come through, and every line ends as RFC 4180 has it."""
    content = pages(Site(), [compared([[text, "Other words."]])])["stories/skerrow/claims.csv"]
    written = content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(written, newline="")))
    assert [line[8] for line in lines] == ["text", text, "Other words."]
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerows(lines)
    assert again.getvalue() == written


def test_feed_and_sitemap_are_well_formed_and_whole(made):
    """The feed has the story with the newest article's time; the sitemap knows every page but handouts."""
    feed = ElementTree.fromstring(made["feed.xml"])
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}entry/{atom}updated") == "2024-05-14T10:20:00+00:00"
    sitemap = ElementTree.fromstring(made["sitemap.xml"])
    told = {loc.text for loc in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    html = {f"https://reader.example/coverage/{p}" for p in made if p.endswith(".html")}
    untold = ("404.html", "search/index.html", "stories/skerrow/handout/index.html")
    assert html - told == {f"https://reader.example/coverage/{p}" for p in untold}


def test_the_order_of_stories_makes_no_difference():
    """Cards in any order give the same bytes."""
    first = compared(story={"id": "a"})
    second = compared(story={"id": "b", "date": None})
    assert pages(Site(), [first, second]) == pages(Site(), [second, first])


def test_an_empty_site_has_pages():
    """Before the first story there is a site too."""
    made = pages(Site(), [])
    assert "There is no story yet." in made["index.html"].decode()
    assert list(broken_links(made)) == []


def test_long_lists_are_cut_in_pages():
    """More than a hundred stories go over several pages that lead to each other."""
    comparisons = [compared([["One claim.", "One claim."]], story={"id": f"s{n}"}) for n in range(120)]
    renderer = Renderer(Site(), None)
    made = {page.path: page.content for page in renderer.site([renderer.card(c) for c in comparisons])}
    assert {"page/2/index.html", "outlets/outlet-0/page/2/index.html"} <= made.keys()
    assert HTMLParser(made["index.html"]).css_first("a[rel=next]").attributes["href"] == "page/2/index.html"


def test_templates_are_overridden_file_by_file(tmp_path):
    """A site's own file takes the place of the shipped one of the same name; the others stay."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "404.html").write_text("<p>{{ site.title }} & nothing</p>")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "extra.css").write_text("p { color: red }")
    made = pages(Site(title="A & B"), [], tmp_path)
    assert made["404.html"] == b"<p>A &amp; B & nothing</p>"
    assert made["static/extra.css"] == b"p { color: red }"
    assert made["static/site.js"]


_MISUSE = "{% from 'partials/article.html' import missing_claims %}\n{{ missing_claims([{}], labels) }}"


@pytest.mark.parametrize(("source", "line"), [("{{ sit.title }}", 1), ("<p>\n{% if %}</p>", 2), (_MISUSE, 2)])
def test_a_template_that_cannot_be_used_is_an_error_with_its_file(tmp_path, source, line):
    """Misspelt names, broken syntax and shipped macros with wrong values name the file and the line."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "404.html").write_text(source)
    with pytest.raises(ConfigError) as caught:
        pages(Site(), [], tmp_path)
    assert caught.value.path == "site_templates/pages/404.html"
    assert caught.value.line == line


def test_a_template_that_is_not_utf8_is_named(tmp_path):
    """Even where another template reads it."""
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "marks.html").write_bytes(b"{# caf\xe9 #}")
    with pytest.raises(ConfigError, match="not UTF-8") as told:
        pages(Site(), [compared(titles=TITLES)], tmp_path)
    assert told.value.path == "site_templates/partials/marks.html"


@pytest.mark.parametrize(
    ("language", "day", "heading"),
    [
        ("de", "14. Mai 2024", "Wer was berichtet"),
        ("es", "14 de mayo de 2024", "Quién cuenta qué"),
        ("tr", "14 Mayıs 2024", "Kim neyi bildiriyor"),
    ],
)
def test_the_interface_speaks_the_language_of_a_catalogue(language, day, heading):
    """With a catalogue, messages, dates, plurals and the page's language are the site's."""
    made = pages(Site(language=language), [compared(titles=TITLES)])
    page = HTMLParser(made["stories/skerrow/index.html"])
    assert page.css_first("html").attributes["lang"] == language
    assert day in page.css_first(".eyebrow").text()
    assert page.css_first("#h-matrix").text() == heading


def test_a_language_without_a_catalogue_falls_back_to_english():
    """Then the page says that it is English, and dates are English too."""
    made = pages(Site(language="fi"), [compared()])
    assert HTMLParser(made["index.html"]).css_first("html").attributes["lang"] == "en"


def test_a_broken_catalogue_is_an_error_with_its_file(tmp_path):
    """A catalogue that cannot be read is said to be so."""
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "fi.po").write_text("hello there\n")
    with pytest.raises(ConfigError, match="catalogue"):
        pages(Site(language="fi"), [compared()], tmp_path)


def test_german_spanish_and_turkish_have_catalogues(project):
    """The languages that the manual names are the ones that there are."""
    assert {path.stem for path in (project / "site_templates/locale").glob("*.po")} == {"de", "es", "tr"}


@pytest.mark.parametrize("language", ["de", "es", "tr"])
def test_a_catalogue_is_complete(project, language):
    """Every message, rule and pattern of a finding is translated, with the same places for values."""
    with (project / f"site_templates/locale/{language}.po").open("rb") as lines:
        catalogue = read_po(lines, locale=language)
    for message in [*messages(project), *RULES.values(), *PATTERNS.values()]:
        entry = catalogue.get(message if isinstance(message, str) else message[0])
        assert entry is not None, message
        assert entry.string, message
        forms = [entry.string] if isinstance(entry.string, str) else entry.string
        source = message if isinstance(message, str) else message[0]
        for form in forms:
            assert sorted(re.findall(r"%\(\w+\)s|\{\w+\}", form)) == sorted(
                re.findall(r"%\(\w+\)s|\{\w+\}", source)
            )


@pytest.mark.parametrize("own", [False, True], ids=["shipped", "with a folder of its own"])
def test_every_kind_of_value_is_escaped(tmp_path, own):
    """Text is escaped, HTML is not, wherever it stands: as a value, in a message, counted, or remembered."""
    (tmp_path / "made.html").write_text(
        "{{ text }}|{{ html }}|{{ text }}|{{ one }}{{ yes }}{{ half }}|{{ _('no %(name)s', name=text) }}|"
        "{{ _('both %(a)s %(b)s', a=html, b=one) }}|{{ ngettext('%(num)s <one>', '%(num)s <many>', 2) }}|"
        "{{ table['key'] }}{{ table.items()|list|length }}|{{ text or one }}|{{ _('50%% of <all>') }}|"
        "{% trans count=one %}{{ count }} day{% pluralize %}{{ count }} days{% endtrans %}|"
        "{{ ngettext('%(x)s', '%(x)s', 1, x=html) }}{{ ngettext('%(x)s', '%(x)s', 1, x=text) }}"
    )
    folders = (tmp_path, shipped_templates()) if own else (tmp_path,)
    made = environment(folders, Phrases("en", folders))
    text = "<a href='\"&"
    safe = "&lt;a href=&#39;&#34;&amp;"
    values = {"text": text, "html": Markup("<b>"), "one": 1, "yes": True, "half": 1.0, "table": {"key": text}}
    told = (
        f"{safe}|<b>|{safe}|1True1.0|no {safe}|both <b> 1|2 &lt;many&gt;|{safe}1|{safe}|"
        f"50% of &lt;all&gt;|1 day|<b>{safe}"
    )
    assert made.rendered("made.html", values) == told
    assert made.rendered("made.html", values) == told


class _Named:
    """An object with an attribute and no items."""

    name = "an <attribute>"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ table.key }}{{ table['key'] }}", "a &lt;value&gt;a &lt;value&gt;"),
        ("{{ named['name'] }}{{ named.name }}", "an &lt;attribute&gt;an &lt;attribute&gt;"),
        ("{{ table.class }}{{ table.items is callable }}{{ row[0] }}{{ row[-1:]|first }}", "kindTrueonetwo"),
        ("{% if table.lacking is defined %}no{% else %}yes{% endif %}", "yes"),
        ("{{ named.lacking|default(table.key) }}{{ row[7]|default('–') }}", "a &lt;value&gt;–"),
        ("{% for item in row %}{{ loop.index }}{{ item.lacking is defined }}{% endfor %}", "1False2False"),
        ("{% block one %}<{{ table.key }}{% block two %}{{ self.three() }}{% endblock %}{% endblock %}"
         "{% macro m() %}>{% endmacro %}|{% block three %}{{ row|join(', ') }}{% endblock %}",
         "<a &lt;value&gt;one, two|one, two"),
        ("{% extends 'base.made' %}{% block a %}{{ super() }}&{{ named['name']|safe }}{% endblock %}",
         "(old &lt;&&an <attribute>)"),
    ],
    ids=["keys", "attributes", "words of Python", "undefined", "default", "loop", "blocks", "inherited"],
)  # fmt: skip
def test_a_sites_own_template_may_ask_for_anything(tmp_path, source, told):
    """What is there is found as attribute or as item, and what is not there is undefined, page by page."""
    (tmp_path / "base.made").write_text("({% block a %}{{ 'old <' }}&{% endblock %})")
    (tmp_path / "made.html").write_text(source)
    made = environment((tmp_path, shipped_templates()), Phrases("en", (tmp_path,)))
    values = {"table": {"key": "a <value>", "class": "kind"}, "row": ["one", "two"], "named": _Named()}
    assert made.rendered("made.html", values) == told
    assert made.rendered("made.html", values) == told


def test_what_is_not_there_is_an_error_where_it_is_printed(tmp_path):
    """With the words of Jinja, whichever page was made before."""
    (tmp_path / "made.html").write_text("{{ table.lacking }}")
    made = environment((tmp_path, shipped_templates()), Phrases("en", (tmp_path,)))
    for _ in range(2):
        with pytest.raises(UndefinedError, match="has no attribute 'lacking'"):
            made.rendered("made.html", {"table": {}})


def test_the_first_screen_says_what_all_report_what_is_disputed_and_what_each_lacks(made):
    """Claims that all tell, disputed ones with both sides, and for each outlet its sums."""
    page = tree(made, "stories/skerrow/index.html")
    assert page.css_first(".agreed h2").text().strip() == "All report"
    agreed = [link.attributes["href"] for link in page.css(".agreed a")]
    assert len(agreed) == 1
    assert page.css_first(agreed[0]).css(".gaps") == []
    contested = page.css(".contested li")
    assert len(contested) == 2
    assert all(len(item.css(".side")) == 2 for item in contested)
    lacks = [" ".join(node.text().split()) for node in page.css("#outlets > li .lacks")]
    told = "8 claims told in full; no matching sentence for 1 that most others report: A bakery van"
    assert lacks[0].startswith(told)
    third = "4 claims told in full, 1 of them found nowhere else; no matching sentence for 2 that most others"
    assert lacks[3].startswith(third)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Some 1,248 adults had 4.5 points.", "It was 1,248 in all, and 4,5 points.", ["1,248", "points"]),
        ("Four of 1,248 adults left.", "Of 1,250 adults four had left.", ["Four", "adults", "left"]),
        ("Kolm receive a tenth of the fee.", "Of the fee Kolm get a tenth.", ["Kolm", "tenth", "fee"]),
        ("It was so on that day and for us.", "For us it was on that one.", []),
    ],
)
def test_a_receipt_names_whole_words_and_figures(one, other, shared):
    """A figure stays whole, a short word that says something is one, and what says nothing is none."""
    assert shared_words(one, other, "en") == shared


def test_an_outlets_country_is_named_in_the_sites_language():
    """By its code; an outlet without one has none."""
    made = compared([["The dam broke.", "The dam broke."]])
    first, second = made.story.articles
    abroad = replace(first, outlet=replace(first.outlet, country="DE"))
    told = pages(Site(language="es"), [replace(made, story=replace(made.story, articles=(abroad, second)))])
    assert "Alemania" in tree(told, "outlets/outlet-0/index.html").css_first("main").text()
    assert "Alemania" not in tree(told, "outlets/outlet-1/index.html").css_first("main").text()


def test_nothing_in_all_is_told_by_most():
    """Where no claim is in all outlets, the first screen has those that most of them carry."""
    table = [["The dam broke.", "The dam broke.", None], [None, "Nobody was hurt.", "Nobody was hurt."]]
    page = HTMLParser(pages(Site(), [compared(table)])["stories/skerrow/index.html"])
    assert page.css_first(".agreed h2").text().strip() == "Most report"
    assert len(page.css(".agreed li")) == 2


def test_many_outlets_and_claims_have_an_order_chart_too():
    """Of 20 outlets and 50 claims 16 and 40 are drawn, and it says so; few are named and lead to claims."""
    table = [[f"Fact number {n} is known." for _ in range(20)] for n in range(50)]
    page = HTMLParser(pages(Site(), [compared(table)])["stories/skerrow/index.html"])
    assert len(page.css("svg.order > text")) == 16
    drawn = sum((line.attributes["d"] or "").count("M") for line in page.css("path.line"))
    assert drawn == 40
    told = " ".join(page.css_first("#more figcaption").text().split())
    assert "Drawn are the 16 outlets with most claims." in told
    assert "Drawn are 40 of 50 claims" in told
    named = [node.attributes["href"] for node in page.css(".plot a")]
    assert named == [node.attributes["href"] for node in page.css("ol.named a")]
    assert len(named) == 6
