"""README and the pages behind it say what is there, and their tour and examples run."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compare.cli import COMMANDS
from compare.cli.publish import command as publish
from compare.cli.serve import command as serve
from compare.errors import CrossreadError
from compare.pages import Renderer
from compare.site import config, readers
from compare.site.new import make_site
from compare.site.readers import corrections, front_matter, own_pages, stories
from compare.site.readers.articles import KEYS as ARTICLE_KEYS

DOCS = Path(".github/docs")
MOST_WORDS = 500  # of README: about a screen and a half
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _readme(project: Path) -> str:
    return (project / "README.md").read_text("utf-8")


def _manual(project: Path) -> dict[str, str]:
    """README and the pages behind it, by path."""
    paths = [project / "README.md", *sorted((project / DOCS).glob("*.md"))]
    return {path.relative_to(project).as_posix(): path.read_text("utf-8") for path in paths}


def _blocks(project: Path, page: str, kind: str) -> list[str]:
    """The examples of some kind on a page of the manual."""
    return [text for found, text in _BLOCK.findall(_manual(project)[page]) if found == kind]


def test_readme_is_short(project: Path) -> None:
    """It is read in a minute; what is longer stands behind it."""
    assert len(_readme(project).split()) <= MOST_WORDS


def test_every_command_is_told(project: Path) -> None:
    """A command that README does not name is a command that nobody finds."""
    text = _readme(project)
    assert [name for name in COMMANDS if f"crossread {name}" not in text] == []


def test_tour_runs_word_by_word(project: Path, tmp_path: Path) -> None:
    """Each command of the tour, in an empty folder, in the order told, without anybody to answer."""
    steps = _blocks(project, "README.md", "sh")
    assert len(steps) == 6
    programs = Path(sys.executable).parent
    (tmp_path / "empty").mkdir()
    done = subprocess.run(
        ["bash", "-e", "-c", "".join(steps)],
        cwd=tmp_path / "empty",
        stdin=subprocess.DEVNULL,
        env={
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "CROSSREAD_CACHE": str(tmp_path / ".cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "error" not in done.stderr
    site = tmp_path / "empty/mysite"
    assert "1 story, 4 articles" in done.stdout
    assert done.stdout.count("Open output/index.html") == 3
    assert "likely" in done.stdout  # what review asks
    assert (site / "seeds/skarn-ferry/the-lamp.txt").is_file()
    assert "The Lamp" in (tmp_path / "empty/www/stories/skarn-ferry/index.html").read_text("utf-8")
    assert "We compare the news" in (tmp_path / "empty/www/about/index.html").read_text("utf-8")
    assert "crossread build" in (site / ".github/workflows/pages.yml").read_text("utf-8")


def test_library_example_runs(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ten lines of the library do what they show."""
    monkeypatch.chdir(project)
    (block,) = _blocks(project, ".github/docs/data.md", "python")
    exec(compile(block, "data.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip()


def test_links_and_pictures_are_there(project: Path) -> None:
    """Each file that the manual links to or shows lies in the repository, and each picture is shown."""
    lost, shown = [], set()
    for page, text in _manual(project).items():
        bare = _BLOCK.sub("", re.sub(r"`[^`\n]*`", "", text))
        found = re.findall(r"\]\(([^)\s#]+)[^)]*\)|src=\"([^\"]+)\"", bare)
        for target in (one or other for one, other in found):
            if target.startswith(("../../", "https://")):  # pages of the host's own
                continue
            place = (project / page).parent / target
            shown.add(place.resolve())
            if not place.is_file():
                lost.append(f"{page}: {target}")
    assert lost == []
    assert {path.resolve() for path in (project / ".github/pictures").iterdir()} <= shown
    assert {path.resolve() for path in (project / DOCS).iterdir()} <= shown


def test_settings_of_the_manual_are_good(project: Path, tmp_path: Path) -> None:
    """Each example of a configuration is taken without a word, and together they name every key."""
    for name in ("custom.css", "logo.png", "logo.svg"):
        (tmp_path / name).write_bytes(b"x")
    named: set[str] = set()
    for page in (".github/docs/sources.md", ".github/docs/your-site.md"):
        for block in _blocks(project, page, "toml"):
            keys = tomllib.loads(block).keys()
            if keys & {"same", "different"}:
                continue
            (tmp_path / "crossread.toml").write_text(block, "utf-8")
            assert config.read(tmp_path)[1] == [], block
            named |= keys
    assert named == set(config.KEYS)


def test_front_matter_of_the_manual_is_good(project: Path) -> None:
    """Each example of a file's head has keys that are known: a story's, an article's, a page's."""
    known = {"sources.md": [stories.KEYS, ARTICLE_KEYS], "your-site.md": [own_pages.KEYS]}
    for page, expected in known.items():
        blocks = _blocks(project, f"{DOCS.as_posix()}/{page}", "yaml")
        for block, keys in zip(blocks, expected, strict=True):
            assert front_matter.split(block, page, []).entries.keys() <= set(keys)
    text = _manual(project)[".github/docs/sources.md"]
    assert [key for key in ARTICLE_KEYS if key not in text] == []


def test_corrections_of_the_manual_are_good(project: Path, tmp_path: Path) -> None:
    """The example of corrections can be read."""
    (block,) = (text for text in _blocks(project, ".github/docs/sources.md", "toml") if "[[same]]" in text)
    (tmp_path / "corrections.toml").write_text(block, "utf-8")
    problems: list[CrossreadError] = []
    found = corrections.read(tmp_path, tmp_path, problems)
    assert problems == []
    assert [correction.kind for correction in found] == ["same", "different"]


def test_template_of_the_manual_works(project: Path, tmp_path: Path) -> None:
    """The example of a template of one's own does what is said of it."""
    (block,) = _blocks(project, ".github/docs/your-site.md", "jinja")
    make_site(tmp_path / "site")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/base.html").write_text(block, "utf-8")
    site = config.load(tmp_path / "site")
    pages = {page.path: page.content for page in Renderer(site, tmp_path / "templates").site([])}
    foot = pages["method/index.html"].decode().rpartition("<footer")[2]
    assert "Published by the school paper of Skarn." in foot
    assert "How this works" in foot
    assert readers.read_pages(tmp_path / "site", site) == []


def test_options_of_the_manual_are_there(project: Path) -> None:
    """Each option that the manual names belongs to a command of ours, or to one that it shows."""
    others = {"--version", "--help", "--nworkers", "--nthreads"}
    known = {
        option
        for name in COMMANDS
        for parameter in importlib.import_module(f"compare.cli.{name}").command.params
        for option in parameter.opts
    }
    for page, text in _manual(project).items():
        named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
        assert named <= known | others, page
    assert {"--drafts", "--open"} <= {option for parameter in serve.params for option in parameter.opts}
    assert "--install" in {option for parameter in publish.params for option in parameter.opts}


def _measured(project: Path) -> Iterator[str]:
    """The rows and figures of “How good it is”, from the files that hold them."""
    rates: dict[str, Any] = json.loads((project / "tests/benchmarks/error_rates.json").read_text("utf-8"))
    said: dict[str, Any] = json.loads((project / "compare/data/statements.json").read_text("utf-8"))["all"]
    kinds = [rates[name] for name in ("news3-dev", "news3-more", "summary-dev", "revisions-dev")]

    def row(name: str, figures: list[float]) -> str:
        return f"| {name} | " + " | ".join(f"{figure:.3f}".removeprefix("0") for figure in figures) + " |"

    for name, key in (
        ("links: F1", "links_f1"),
        ("links: precision", "links_precision"),
        ("links: recall", "links_recall"),
        ("shown on pages: precision", "shown_precision"),
        ("shown on pages: recall", "shown_recall"),
        ("average precision", "average_precision"),
        ("“no sentence found”: F1", "absent_f1"),
        ("calibration error", "calibration_error"),
    ):
        yield row(name, [kind["crossread"][key] for kind in kinds])
    yield row("links: F1, cross-validated", [kind["cross_validated"]["links_f1"] for kind in kinds])
    for name, key in (
        ("rapidfuzz `ratio`", "ratio"),
        ("rapidfuzz `token_sort_ratio`", "token_sort"),
        ("rapidfuzz `token_set_ratio`", "token_set"),
        ("overlap of stems weighted by rarity", "weighted_overlap"),
    ):
        yield row(f"*{name}*: links F1", [kind["baselines"][key]["links_f1"] for kind in kinds])
    for name, key, count in (
        ("in all outlets", "in_all", "count"),
        ("most report", "most", "count"),
        ("not found, though most report it", "left_out", "count"),
        ("only here", "only_here", "count"),
        ("no matching sentence, each mark", "no_match", "count"),
        ("disputed", "conflicts", "flagged"),
    ):
        figure = said[key]
        yield f"| {name} | {figure[count]} | {figure['precision']:.3f} | {figure['recall']:.3f} |"
    _, weights, threshold, _ = rates["shipped"]["signature"].split(" | ")
    yield f"({weights}, {threshold}, one setting"
    yield f"on {said['stories']} news stories"
    yield (
        "easier than real news: links F1 "
        + f"{rates['shipped']['crossread']['links_f1']:.3f}.".removeprefix("0")
    )


def _scale(project: Path) -> Iterator[str]:
    """The rows and figures of “Speed and scale”, from the file that holds them."""
    rows: dict[str, Any] = json.loads((project / "tests/benchmarks/build.json").read_text("utf-8"))["rows"]

    def seconds(name: str) -> str:
        value = rows[name]["median"]
        return f"{value:.1f} s" if value >= 1.1 else f"{value:.2f} s"

    pelican, hugo = seconds("pelican, all articles"), seconds("hugo, all articles")
    yield f"| first build | {seconds('cold, all cores')} | Pelican {pelican} |"
    yield f"| nothing changed | {seconds('nothing changed')} | Hugo, everything, {hugo} |"
    yield f"| one article changed | {seconds('one article changed')} | Hugo, everything, {hugo} |"
    yield f"| first build by one process | {seconds('cold, one process')} | |"
    yield f"| first build on a Dask cluster of two workers | {seconds('cold, Dask')} | |"
    small, middle, large = (rows[f"growth, {count} stories"] for count in (100, 1000, 10000))
    costs = [round(one["ms a story"]) for one in (small, middle, large)]
    yield f"{costs[0]} ms (start-up included), {costs[1]} ms and {costs[2]} ms in sites of"
    yield f"took {large['peak MB']} MB"


@pytest.mark.parametrize(("page", "figures"), [("measured.md", _measured), ("scale.md", _scale)])
def test_figures_are_those_that_were_measured(
    page: str, figures: Any, project: Path, request: pytest.FixtureRequest
) -> None:
    """No figure of the manual is older than the report that it comes from; --renew-golden renews them."""
    path = project / DOCS / page
    text = path.read_text("utf-8")
    if request.config.getoption("--renew-golden"):
        for said in figures(project):
            text = re.sub(_shape(said), said, text)
        path.write_text(text, "utf-8")
    assert [said for said in figures(project) if said not in text] == []


def _shape(said: str) -> str:
    """A pattern of what is said with any other figures."""
    figure = re.compile(r"(?:[0-9]*\.?[0-9]+|[0-9a-f]{8})(?=[,.]?$)")
    words = (figure.sub("FIGURE", word) for word in said.split(" "))
    return " ".join(re.escape(word).replace("FIGURE", "[0-9a-f.]+") for word in words)
