"""What makes a site its maker's own: drafts, pictures, pages, a menu, a style, a logo, own templates."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from compare.build import Options, build
from compare.build.report import Report
from compare.cli import main
from compare.cli.publish import command as publish
from compare.errors import ConfigError, CrossreadError, Problems
from compare.intake.add import Wishes, add
from compare.pages import prose, wire
from compare.publish import verify
from compare.site import config, fields, readers
from compare.site.check import check
from compare.site.new import make_site

STORY = "skarn-ferry"
# The smallest PNG there is: one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f8ff1f0003000200"
    "60e6cc1c0000000049454e44ae426082"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example site, with a cache of its own."""
    monkeypatch.setenv("CROSSREAD_CACHE", str(tmp_path / "cache"))
    make_site(tmp_path / "site")
    return tmp_path / "site"


def built(root: Path, **options: bool) -> Report:
    """The site built; nothing failed."""
    report = build(root, root / "output", Options(search=False, workers=1, **options))
    assert report.failures == ()
    return report


def page(root: Path, path: str) -> HTMLParser:
    """A page of the built site."""
    return HTMLParser((root / "output" / path / "index.html").read_bytes())


def write(root: Path, path: str, text: str) -> None:
    """Write a text below the site's folder."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def said(root: Path) -> list[str]:
    """What ``check`` says is wrong."""
    return [str(problem) for problem in check(root).problems]


def ended(arguments: list[str], code: int = 0) -> None:
    """Run the command, which ends with a code."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert (stopped.value.code or 0) == code


def draft(root: Path) -> Path:
    """A second story, which is a draft with one article only."""
    folder = root / "sources/second"
    shutil.copytree(root / "sources" / STORY, folder)
    (folder / "mainland-post.md").unlink()
    (folder / "harbour-wire.md").unlink()
    text = (folder / "story.md").read_text().replace("title:", "draft: true\ntitle:", 1)
    (folder / "story.md").write_text(text)
    return folder


def test_draft_is_left_out_until_it_is_wanted(root: Path) -> None:
    """A draft has no page and stops nothing, whatever is wrong in it; toggling it is seen at once."""
    folder = draft(root)
    assert (built(root).drafts, built(root).drafts) == (1, 1)  # the second time nothing had changed
    assert not (root / "output/stories/second").exists()
    (folder / "harbour-wire.md").write_text("---\noutlet: harbour-wire\n---\nThe ferry sailed again.\n")
    assert (built(root, drafts=True).stories, built(root).stories) == (2, 1)
    assert not (root / "output/stories/second").exists()
    text = (folder / "story.md").read_text()
    (folder / "story.md").write_text(text.replace("draft: true\n", ""))
    assert built(root).stories == 2
    (folder / "story.md").write_text(text)
    assert built(root).stories == 1


def test_draft_is_checked_but_is_no_problem(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with a draft is a note, and the library passes it over."""
    draft(root)
    ended(["check", str(root)])
    printed = capsys.readouterr()
    assert "sources/second: note: the story has only one article" in printed.err
    assert "1 draft, which builds leave out\n" in printed.out
    assert [story.id for story in readers.read_stories(root, config.load(root))] == [STORY]


def test_draft_is_never_published(root: Path) -> None:
    """A site that was built with drafts is not let out."""
    (draft(root) / "harbour-wire.md").write_text("---\noutlet: harbour-wire\n---\nThe ferry sailed again.\n")
    built(root, drafts=True)
    with pytest.raises(Problems, match="is a draft, but it is in the built site"):
        publish.main([str(root), "--to", str(root.parent / "www"), "--no-build"], standalone_mode=False)
    built(root)
    assert list(verify.check_drafts(verify.published_files(root / "output"), readers.find_drafts(root))) == []


def test_pictures_of_a_story_are_copied(root: Path) -> None:
    """A picture that the introduction shows lies beside the story's page, byte for byte, with its words."""
    (root / "sources" / STORY / "quay.png").write_bytes(PIXEL)
    with (root / "sources" / STORY / "story.md").open("a") as stream:
        stream.write("\n![The ferry at “her” quay](quay.png)\n")
    built(root)
    (shown,) = page(root, f"stories/{STORY}").css(".intro img")
    assert (shown.attributes["src"], shown.attributes["alt"]) == ("quay.png", "The ferry at “her” quay")
    copied = root / "output/stories" / STORY / "quay.png"
    assert copied.read_bytes() == PIXEL
    (root / "sources" / STORY / "quay.png").write_bytes(PIXEL + b"\0")
    built(root)
    assert copied.read_bytes() == PIXEL + b"\0"


@pytest.mark.parametrize(
    ("markdown", "problem"),
    [
        (
            "![A quay](https://host.example/quay.png)",
            "“https://host.example/quay.png” is not beside this file",
        ),
        ("![A quay](../quay.png)", "“../quay.png” is not beside this file"),
        ("![](quay.png)", "“quay.png” has no words"),
        ("![A quay](gone.png)", "“gone.png” cannot be read: No such file or directory"),
        ("![A quay](quay.svg)", "“quay.svg” is of no kind that is shown"),
        ("![A quay](<Old quay.PNG>)", "name “Old%20quay.PNG” cannot be an address"),
    ],
)
def test_pictures_that_cannot_be_shown(root: Path, markdown: str, problem: str) -> None:
    """What is not beside the text, not there, of another kind or without words is told with its line."""
    (root / "sources" / STORY / "quay.png").write_bytes(PIXEL)
    story = root / "sources" / STORY / "story.md"
    story.write_text(story.read_text() + f"A line.\n{markdown}\n")
    line = story.read_text().count("\n")
    (told,) = said(root)
    assert told.startswith(f"sources/{STORY}/story.md:{line}: the picture")
    assert problem in told
    assert "hint: " in told


def test_no_picture_of_another_host_is_ever_shown(root: Path) -> None:
    """Even a renderer that is given such a text shows its words alone."""
    text = '![A quay](https://host.example/quay.png) ![x" onerror="y](javascript:alert(1))'
    for made in (prose.introduction(text), prose.page(text)):
        assert "<img" not in made
        assert "A quay" in made


def test_pages_and_menu(root: Path) -> None:
    """Pages of Markdown get addresses, a menu in their order, pictures, and links that work."""
    (root / "pages").mkdir()
    (root / "pages/lamp.png").write_bytes(PIXEL)
    about = (
        "---\ntitle: About “us”\norder: 1\n---\n# Who we are\n\n![A lamp](lamp.png) "
        "See [rules](rules.md#our-rules), "
        f"[method](/method/), [story](/stories/{STORY}/). <script>x</script>\n"
    )
    write(root, "pages/about.md", about)
    write(root, "pages/rules.md", "---\ntitle: Rules\nlanguage: ar\n---\n## Our rules\n\n## Our rules\n")
    write(root, "pages/imprint.md", "---\ntitle: Imprint\nmenu: false\n---\nInvented.\n")
    write(root, "pages/later.md", "---\ntitle: Later\ndraft: true\n---\nNot yet.\n")
    built(root)
    made = page(root, "about")
    assert [link.text() for link in made.css("nav a")][-2:] == ["About “us”", "Rules"]
    assert [link.text() for link in made.css("nav a[aria-current]")] == ["About “us”"]
    assert [heading.text() for heading in made.css("h1")] == ["About “us”"]
    assert made.css_first("h2").attributes["id"] == "who-we-are"
    assert made.css("main script") == []
    assert (root / "output/about/lamp.png").read_bytes() == PIXEL
    assert "Rules" in page(root, f"stories/{STORY}").css_first("nav").text()
    assert page(root, "rules").css_first("article").attributes["dir"] == "rtl"
    assert [heading.attributes["id"] for heading in page(root, "rules").css("h2")] == [
        "our-rules",
        "our-rules-2",
    ]
    assert (root / "output/imprint/index.html").is_file()
    assert not (root / "output/later").exists()
    assert (
        list(verify.check_links(root / "output", sorted(verify.published_files(root / "output")), {})) == []
    )
    write(root, "pages/about.md", about.replace("About", "Of"))
    built(root)
    assert "Of “us”" in page(root, f"stories/{STORY}").css_first("nav").text()


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("About Us.md", "---\ntitle: x\n---\n", "the file's name is not an id"),
        ("method.md", "---\ntitle: x\n---\n", "the name “method” is taken by a page"),
        ("about.md", "---\nmenu: true\n---\n", "names no title"),
        ("about.md", "---\ntitle: x\nmenue: true\n---\n", "unknown key “menue”"),
        ("about.md", "x\n", "has no front matter"),
    ],
)
def test_pages_that_cannot_be_used(root: Path, name: str, text: str, problem: str) -> None:
    """Slips are told with file and hint, by the check and by the build; README files are passed over."""
    write(root, f"pages/{name}", text)
    write(root, "pages/README.md", "For us.\n")
    (told,) = said(root)
    assert told.startswith(f"pages/{name}")
    assert problem in told
    with pytest.raises(Problems):
        built(root)


@pytest.mark.parametrize("text", ["", "[quay]: quay.md"])
def test_page_without_text(root: Path, text: str) -> None:
    """It is built as it stands."""
    write(root, "pages/empty.md", f"---\ntitle: Empty\n---\n{text}\n")
    built(root)
    assert "<h1>Empty</h1>" in (root / "output/empty/index.html").read_text("utf-8")


def test_a_paraphrase_prints_no_text_of_others(root: Path) -> None:
    """The same few sentences in other words are no copy, and a dispute stands where its figures do."""
    text = (
        "The Grey Heron sailed to Little Skarn again on Monday with 46 passengers, eleven weeks after a "
        "crack was found in her hull. Nine schoolchildren came home on the first boat, and a second ferry "
        "will join the line in June, the operator said.\n"
    )
    write(root, "sources/skarn-ferry/lamp.md", f"---\noutlet: The Lamp\n---\n{text}")
    built(root)
    told = wire.read((root / "output/stories/skarn-ferry/comparison.json").read_bytes())
    assert [family.members for family in told.families] == [("harbour-wire", "skarn-gazette")]
    (disputed,) = [claim for claim in told.claims if claim.disputed]
    assert "passengers" in disputed.base_sentence.text


def test_check_tells_of_a_language_without_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site is built in English then; its own catalogue ends that."""
    settings = (root / "crossread.toml").read_text("utf-8").replace('language = "en"', 'language = "fr"')
    write(root, "crossread.toml", settings)
    ended(["check", str(root)])
    assert "no words in “fr”" in capsys.readouterr().err
    (root / "site_templates/locale").mkdir(parents=True)
    write(root, "site_templates/locale/fr.po", 'msgid ""\nmsgstr "Language: fr\\n"\n')
    ended(["check", str(root)])
    assert capsys.readouterr().err == ""


def test_broken_link_of_a_page_names_its_file(root: Path) -> None:
    """A link that leads nowhere is to be mended in the Markdown that it stands in."""
    write(root, "pages/about.md", "---\ntitle: About\n---\n[gone](/gone/)\n")
    built(root)
    paths = sorted(verify.published_files(root / "output"))
    own = {one.path: one.source for one in readers.read_pages(root, config.load(root))}
    (problem,) = verify.check_links(root / "output", paths, own)
    assert problem.path == "pages/about.md"
    assert "pages/about.md" in str(problem.hint)


def test_style_and_logo(root: Path) -> None:
    """A style sheet and a logo that the configuration names are in every page, and changes are seen."""
    write(root, "custom.css", "h1 { color: teal }\n")
    (root / "logo.png").write_bytes(PIXEL)
    write(root, "crossread.toml", 'css = "custom.css"\nlogo = "logo.png"\n')
    built(root)
    made = page(root, f"stories/{STORY}")
    styles = [link.attributes["href"] for link in made.css("link[rel=stylesheet]")]
    assert styles == ["../../static/site.css", "../../static/own/custom.css"]
    assert made.css_first(".brand img").attributes == {"src": "../../static/own/logo.png", "alt": ""}
    assert (root / "output/static/own/logo.png").read_bytes() == PIXEL
    write(root, "custom.css", "h1 { color: navy }\n")
    assert built(root).written
    assert "navy" in (root / "output/static/own/custom.css").read_text()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('css = "gone.css"', "css: “gone.css” cannot be read"),
        ('css = "../custom.css"', "css: “../custom.css” cannot be used"),
        ('logo = "logo.txt"', "logo: “logo.txt” is of another kind"),
        ('rights = "some"', "rights: “some” is not a choice"),
    ],
)
def test_wrong_style_logo_and_rights(root: Path, line: str, problem: str) -> None:
    """Files that are not there, lie elsewhere or are no such files are told with the line."""
    write(root, "crossread.toml", line + "\n")
    (told,) = said(root)
    assert told.startswith(f"crossread.toml:1: {problem}")
    assert "hint: " in told


def test_rights_of_the_configuration(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site's rights hold for articles that do not say, and for what is added."""
    write(root, "crossread.toml", 'rights = "none"\n')
    (story,) = readers.read_stories(root, config.load(root))
    assert {article.rights for article in story.articles} == {"none"}
    write(root, "letter.txt", "The lamp of Karsk is lit again. " * 20)
    given = ["add", str(root / "letter.txt"), "--root", str(root), "--story", "lamp", "--outlet", "Lamp"]
    ended([*given, "--title", "A light"])
    printed = capsys.readouterr().out
    assert "rights    none: the site shows none of its words" in printed
    assert "title     A light\n" in printed
    article = (root / "sources/lamp/lamp.md").read_text()
    assert "rights: none\n" in article
    assert "title: A light\n" in article


def test_add_says_what_an_excerpt_hides(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who adds an article learns what the site will show of it, and how to show all."""
    write(root, "letter.txt", "The lamp of Karsk is lit again. " * 20)
    given = ["add", str(root / "letter.txt"), "--root", str(root), "--story", "lamp", "--outlet", "Lamp"]
    ended(given)
    assert (
        "rights    excerpt: the site shows its headline and what other articles say too, at most 300 words, "
        "and hides the rest; --rights full shows all" in capsys.readouterr().out
    )


def test_own_template_extends_the_shipped_one(root: Path) -> None:
    """A file of the same name takes the place of the shipped one, and can be that one with a change."""
    write(
        root,
        "site_templates/base.html",
        '{% extends "shipped/base.html" %}\n'
        "{% block foot %}{{ super() }}<p>By the school of Skarn.</p>{% endblock %}\n",
    )
    built(root)
    for path in ("", "method", f"stories/{STORY}"):
        foot = page(root, path).css_first("footer").text()
        assert "By the school of Skarn." in foot
        assert "How this works" in foot


def test_check_tells_of_a_template_that_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the name of one's own template gets the nearest name; what one includes is no slip."""
    extending = '{% extends "shipped/base.html" %}{% block foot %}{% include "foot.html" %}{% endblock %}'
    write(root, "site_templates/base.html", extending)
    write(root, "site_templates/foot.html", "<p>By the school of Skarn.</p>")
    ended(["check", str(root)])
    assert capsys.readouterr().err == ""
    write(root, "site_templates/pages/sotry.html", "")
    ended(["check", str(root)])
    told = capsys.readouterr().err
    assert told.startswith("site_templates/pages/sotry.html: note: ")
    assert told.count("\n") == 2
    assert "hint: did you mean “pages/story.html”?" in told


@pytest.mark.parametrize("name", ["Thumbs.db", "README.md", "desktop.ini", "notes.docx", "unused.png"])
def test_stray_files_are_notes(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What systems and people leave in a story's folder stops nothing, but is told."""
    (root / "sources" / STORY / name).write_bytes(b"\0\1")
    ended(["check", str(root)])
    assert f"sources/{STORY}/{name}: note: " in capsys.readouterr().err
    built(root)


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "compare", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("where", ["", "sources", f"sources/{STORY}", "pages"])
def test_site_is_found_from_inside(root: Path, where: str) -> None:
    """Wherever one stands in a site, it is that site; paths are shown as seen from there."""
    (root / "pages").mkdir()
    done = run("build", cwd=root / where)
    assert done.returncode == 0, done.stderr
    first = Path(done.stdout.splitlines()[-1].removeprefix("Open "))
    assert (root / where / first).resolve() == (root / "output/index.html").resolve()
    assert run("check", cwd=root / where).returncode == 0
    assert run("review", STORY, "--list", cwd=root / where).returncode == 0
    assert run("export", STORY, "--format", "csv", cwd=root / where).stdout.startswith("\ufeffclaim,")


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--quiet"],
        ["check"],
        ["review", STORY, "--list"],
        ["export", STORY],
        ["publish", "--dry-run", "--to", "../www"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_root_is_the_same_for_all(root: Path, arguments: list[str]) -> None:
    """Every command that works on a site takes --root."""
    done = run(*arguments, "--root", root.name, cwd=root.parent)
    assert done.returncode == 0, done.stderr


def test_two_different_sites_are_refused(root: Path) -> None:
    """SITE and --root may agree, and nothing else."""
    assert run("check", "site", "--root", "site", cwd=root.parent).returncode == 0
    assert run("check", "site", "--root", ".", cwd=root.parent).returncode == 2


@pytest.mark.parametrize(("typed", "meant"), [("biuld", "build"), ("chekc", "check"), ("Publish", "publish")])
def test_did_you_mean(typed: str, meant: str, root: Path) -> None:
    """A slip in a command's name gets the nearest command."""
    done = run(typed, cwd=root)
    assert done.returncode == 2
    assert f"did you mean “{meant}”?" in done.stderr


def test_build_says_what_to_open_and_opens_it(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line names the first page; --open gives it to the browser."""
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    ended(["build", str(root), "--open"])
    assert capsys.readouterr().out.splitlines()[-1] == f"Open {root}/output/index.html"
    assert opened == [str((root / "output/index.html").resolve())]


def test_add_of_a_saved_page_does_not_say_to_save_it(root: Path) -> None:
    """What helps is said of a file that is here, not of an address."""
    write(root, "saved.html", "<html><body><p>Cookies, consent, privacy.</p></body></html>")
    (error,) = add(root, "lamp", [str(root / "saved.html")], Wishes(outlet="Lamp"))
    assert isinstance(error, CrossreadError)
    assert "save" not in str(error.hint).split("saved")[0]
    assert "copy its text into a .txt file" in str(error.hint)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("2024-04-08T09:05:00", "2024-04-08T09:05:00+00:00"),
        ("2024-04-08 09:05", "2024-04-08 09:05+00:00"),
        ("2024/4/8 9:05", "2024-04-08T09:05+00:00"),
        ("2024-04-08, 09:05 +0200", "2024-04-08T09:05+02:00"),
        ("2024.4.8 9.05 Z", "2024-04-08T09:05+00:00"),
        ("2024-13-08T09:05Z", "YYYY-MM-DDTHH:MM+HH:MM"),
        ("last week", "YYYY-MM-DDTHH:MM+HH:MM"),
    ],
)
def test_hint_for_a_time_mends_the_value(value: str, hint: str) -> None:
    """The hint holds the editor's own figures, and what it proposes is accepted."""
    with pytest.raises(fields.Invalid) as refused:
        fields.moment(value)
    assert hint in str(refused.value.hint)
    if hint[0] == "2":
        assert fields.moment(hint).utcoffset() is not None


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("2024-4-8", "2024-04-08"),
        ("14.5.2024", "2024-05-14"),
        ("4/5/2024", "YYYY-MM-DD"),
        ("May", "YYYY-MM-DD"),
    ],
)
def test_hint_for_a_day_mends_the_value(value: str, hint: str) -> None:
    """Where the figures leave no doubt, the day is written out; else only the form is told."""
    with pytest.raises(fields.Invalid) as refused:
        fields.day(value)
    assert str(refused.value.hint) == f"write it as {hint}"


def test_a_missing_style_stops_the_build(root: Path) -> None:
    """The old site stays when the configuration names what is not there."""
    built(root)
    before = (root / "output/index.html").read_bytes()
    write(root, "crossread.toml", 'css = "gone.css"\n')
    with pytest.raises(Problems) as caught:
        built(root)
    assert isinstance(caught.value.problems[0], ConfigError)
    assert (root / "output/index.html").read_bytes() == before
