"""A build: what changed is done again, what did not stays, what fails costs no page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from built import read_site, settle, stamps

from compare.build import Options, Report, Watch, build, manifest, work
from compare.errors import ConfigError, CrossreadError, OutputError, Problems, SourceError
from compare.model import Comparison, Settings, Story
from compare.story import compare_story

Make = Callable[..., Report]
PROJECT = Path(__file__).resolve().parents[2]


def article(site: Path, story: int = 2) -> Path:
    """The first article of a story."""
    return site / "sources" / f"story-{story:05}" / "paper-1.md"


def test_first_build_writes_the_site_and_its_manifest(site: Path, make: Make) -> None:
    """Pages of all stories, counted, and a list of every file with its digest."""
    report = make()
    assert (report.stories, report.articles, report.done) == (6, 12, 6)
    assert report.sentences > 50
    assert report.claims > 30
    assert report.written
    output = site / "output"
    listed = manifest.decode((output / manifest.NAME).read_bytes())
    assert listed is not None
    assert listed[0] == {path: manifest.digest(content) for path, content in read_site(output).items()}
    assert "index.html" in listed[0]
    assert "stories/story-00002/index.html" in listed[0]
    assert {path.name for path in site.iterdir()} == {"crossread.toml", "sources", "output"}


def test_nothing_changed_nothing_written(site: Path, make: Make) -> None:
    """The second build leaves every file and folder as it is, and still tells the counts."""
    first = make()
    before = stamps(site / "output")
    second = make()
    assert stamps(site / "output") == before
    assert not second.written
    assert (second.claims, second.done) == (first.claims, 0)


def test_build_without_change_loads_nothing_heavy(site: Path, tmp_path: Path, make: Make) -> None:
    """Neither the comparison nor the templates are imported when there is nothing to do."""
    make()
    code = (
        "import sys; from pathlib import Path; from compare.build import build, Options;"
        f"report = build(Path({str(site)!r}), Path({str(site / 'output')!r}),"
        f" Options(cache=Path({str(tmp_path / 'cache')!r}), search=False));"
        "assert not report.written and report.stories == 6;"
        "heavy = {'numpy', 'regex', 'jinja2', 'markdown_it', 'yaml', 'multiprocessing', 'compare.model'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_touched_but_equal_sources_change_nothing(site: Path, make: Make) -> None:
    """New times with the same bytes are no change."""
    make()
    before = stamps(site / "output")
    for path in (site / "sources").rglob("*"):
        os.utime(path)
    assert not make().written
    assert stamps(site / "output") == before


def test_only_the_changed_story_is_done_again(site: Path, make: Make) -> None:
    """The other stories' pages stay the very same files."""
    make()
    before = stamps(site / "output" / "stories")
    article(site).write_text(article(site).read_text() + "One more thing was said.\n")
    assert make().done == 1
    after = stamps(site / "output" / "stories")
    changed = {path for path in after if after[path] != before.get(path) and path.endswith("html")}
    assert changed
    assert all(path.startswith("story-00002/") for path in changed)
    assert (
        b"One more thing was said." in (site / "output/stories/story-00002/paper-1/index.html").read_bytes()
    )


def test_changed_sources_give_what_a_first_build_gives(site: Path, tmp_path: Path, make: Make) -> None:
    """After edits, additions and removals the site is that of a build from nothing."""
    make()
    article(site).write_text(article(site).read_text() + "One more thing was said.\n")
    shutil.rmtree(site / "sources" / "story-00004")
    shutil.copytree(site / "sources" / "story-00001", site / "sources" / "story-00009")
    make()
    make(tmp_path / "other", cache=tmp_path / "empty")
    assert read_site(site / "output") == read_site(tmp_path / "other")
    assert not (site / "output/stories/story-00004").exists()


def test_lost_output_is_drawn_from_the_cache(site: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparisons come back from the cache as they were: the same bytes, nothing compared."""
    make()
    before = read_site(site / "output")
    shutil.rmtree(site / "output")
    monkeypatch.setattr("compare.story.compare_story", lambda *_: pytest.fail("compared again"))
    assert make().done == 6
    assert read_site(site / "output") == before


def test_changed_title_is_drawn_without_comparing(
    site: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What shapes pages only needs no new comparison."""
    make()
    config = site / "crossread.toml"
    config.write_text(config.read_text().replace("Benchmark", "Another name"))
    monkeypatch.setattr("compare.story.compare_story", lambda *_: pytest.fail("compared again"))
    make()
    assert b"Another name" in (site / "output/index.html").read_bytes()


def test_changed_outlet_is_compared_again(site: Path, make: Make) -> None:
    """The outlets' names are in the comparisons."""
    make()
    config = site / "crossread.toml"
    config.write_text(config.read_text().replace("Invented Paper 1", "Renamed Paper"))
    assert make().done == 6
    assert b"Renamed Paper" in (site / "output/stories/story-00002/index.html").read_bytes()


def test_fresh_build_believes_no_time(site: Path, make: Make) -> None:
    """A file that was changed behind its own size and time is seen, and not forgotten by the next build."""
    make()
    path = article(site)
    before = path.stat()
    content = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(content.rindex(b"e"))
        file.write(b"X")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not make().written
    make(fresh=True)
    fresh = read_site(site / "output")
    assert path.read_text()[-30:-1].strip() in fresh["stories/story-00002/paper-1/index.html"].decode()
    article(site, 4).write_text(article(site, 4).read_text() + "More.\n")
    make()
    assert (
        read_site(site / "output")["stories/story-00002/index.html"]
        == fresh["stories/story-00002/index.html"]
    )


def test_fresh_build_computes_everything_and_gives_the_same(site: Path, make: Make) -> None:
    """--fresh believes no cache, and equal pages stay the files they were."""
    make()
    before = stamps(site / "output")
    report = make(fresh=True)
    assert report.done == 6
    assert not report.written
    assert stamps(site / "output") == before


@pytest.mark.parametrize("damage", [b"", b"x" * 100, None])
def test_damaged_cache_costs_time_only(site: Path, tmp_path: Path, make: Make, damage: bytes | None) -> None:
    """Cut, overwritten and flipped comparisons are made again."""
    make()
    before = read_site(site / "output")
    for path in (tmp_path / "cache").glob("*/comparisons/??/*"):
        content = path.read_bytes()
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:] if damage is None else damage)
    shutil.rmtree(site / "output")
    make()
    assert read_site(site / "output") == before


def test_comparison_of_another_version_is_not_believed(site: Path, tmp_path: Path, make: Make) -> None:
    """A whole file of an unknown form is as good as none."""
    from compare.build import cache

    make()
    before = read_site(site / "output")
    for path in (tmp_path / "cache").glob("*/comparisons/??/*"):
        path.write_bytes(cache.pack(b'{"story": 7}'))
    shutil.rmtree(site / "output")
    make()
    assert read_site(site / "output") == before


def test_page_edited_by_hand_is_written_again(site: Path, make: Make) -> None:
    """The site is what the sources say, not what somebody typed into it."""
    make()
    page = site / "output/stories/story-00003/index.html"
    before = page.read_bytes()
    page.write_bytes(b"graffiti")
    assert make().written
    assert page.read_bytes() == before
    page.unlink()
    make()
    assert page.read_bytes() == before


def test_failing_story_costs_only_itself_and_its_last_good_page_stays(site: Path, make: Make) -> None:
    """The others are built; its pages and its place in the index are those of the last good build."""
    make()
    before = read_site(site / "output")
    good = article(site).read_text()
    article(site).write_text("---\noutlet: paper-1\nnonsense: yes\n---\nText.\n")
    article(site, 3).write_text(article(site, 3).read_text() + "Good news.\n")
    report = make()
    assert [failure.story for failure in report.failures] == ["story-00002"]
    assert "nonsense" in str(report.failures[0].error)
    assert report.stories == 6
    after = read_site(site / "output")
    kept = [path for path in before if path.startswith("stories/story-00002/")]
    assert kept
    assert all(after[path] == before[path] for path in kept)
    assert b"Good news." in after["stories/story-00003/paper-1/index.html"]
    assert b"story-00002" in after["index.html"]
    assert make().failures, "a story that is still wrong is reported again"
    article(site).write_text(good)
    assert not make().failures


def test_failing_story_is_drawn_from_its_last_good_comparison(site: Path, make: Make) -> None:
    """Also where the output folder is made anew each time, as a CI service does."""
    make()
    before = read_site(site / "output")
    article(site).write_text("broken")
    shutil.rmtree(site / "output")
    assert make().failures
    assert read_site(site / "output") == before


def test_strict_build_writes_nothing_when_a_story_fails(site: Path, make: Make) -> None:
    """All or nothing."""
    make()
    before = stamps(site / "output")
    article(site).write_text("broken")
    article(site, 3).write_text(article(site, 3).read_text() + "Good news.\n")
    report = make(strict=True)
    assert report.failures
    assert not report.written
    assert stamps(site / "output") == before


def test_first_build_of_only_bad_stories_writes_nothing(site: Path, make: Make) -> None:
    """There is no site without a story."""
    for path in site.glob("sources/*/paper-1.md"):
        path.write_text("broken")
    report = make()
    assert len(report.failures) == 6
    assert not (site / "output").exists()


def test_fault_of_the_program_keeps_its_traceback(
    site: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in one story's work is no message to the user, and the others are built."""
    compare = work.compare

    def faulty(job: work.Job, setting: work.Setting, made: work.Made) -> Comparison:
        if job.story == "story-00002":
            raise ZeroDivisionError("a bug")
        return compare(job, setting, made)

    monkeypatch.setattr(work, "compare", faulty)
    report = make()
    assert report.stories == 5
    assert report.failures[0].error is None
    assert "ZeroDivisionError: a bug" in report.failures[0].traceback


def test_story_that_vanishes_during_the_build_is_a_failure(
    site: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages stay, the others are built."""
    make()
    article(site).write_text(article(site).read_text() + "More.\n")
    before = read_site(site / "output")
    compare = work.compare

    def late(job: work.Job, setting: work.Setting, made: work.Made) -> Comparison:
        shutil.rmtree(site / "sources" / "story-00002")
        return compare(job, setting, made)

    monkeypatch.setattr(work, "compare", late)
    report = make()
    assert [failure.story for failure in report.failures] == ["story-00002"]
    assert isinstance(report.failures[0].error, CrossreadError)
    assert read_site(site / "output") == before


def test_story_that_changes_while_it_is_read_is_done_again(
    site: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is not remembered under the name of what was there before."""

    def late(story: Story, settings: Settings) -> Comparison:
        comparison = compare_story(story, settings)
        if story.id == "story-00002":
            article(site).write_text(article(site).read_text() + "Said a moment later.\n")
        return comparison

    with monkeypatch.context() as patch:
        patch.setattr("compare.story.compare_story", late)
        make()
    make()
    assert b"moment later" in (site / "output/stories/story-00002/paper-1/index.html").read_bytes()


@pytest.mark.parametrize("place", ["", "sources", "sources/story-00001", "seeds/x", "site_templates", ".."])
def test_sources_are_never_written_over(site: Path, make: Make, place: str) -> None:
    """An output folder that is, holds or lies in the sources is refused before anything is written."""
    before = stamps(site)
    with pytest.raises(OutputError, match="over its own sources"):
        make(site / place)
    assert stamps(site) == before


def test_somebody_elses_files_are_named_and_stay(site: Path, make: Make) -> None:
    """The message says what to do; nothing is written."""
    (site / "output").mkdir()
    (site / "output" / "holiday.jpg").write_bytes(b"sun")
    before = stamps(site)
    with pytest.raises(OutputError, match=r"holiday\.jpg"):
        make()
    assert stamps(site / "output") == {
        key[7:] or ".": value for key, value in before.items() if key[:6] == "output"
    }


def test_missing_sources_are_named_before_anything_is_written(tmp_path: Path) -> None:
    """No lock, no output, no cache."""
    with pytest.raises(SourceError, match="no folder sources/"):
        build(tmp_path, tmp_path / "output", Options(cache=tmp_path / "cache"))
    assert list(tmp_path.iterdir()) == []


def test_wrong_configuration_stops_the_build(site: Path, make: Make) -> None:
    """The old site stays."""
    make()
    before = stamps(site / "output")
    (site / "crossread.toml").write_text("titel = 1\n")
    with pytest.raises(Problems):
        make()
    assert stamps(site / "output") == before
    assert not list(site.glob(".output*"))


def test_wrong_base_url_is_refused(make: Make) -> None:
    """Only web addresses can be one."""
    with pytest.raises(ConfigError, match="--base-url"):
        make(base_url="javascript:alert(1)")


def test_base_url_on_the_command_line_replaces_the_configured_one(site: Path, make: Make) -> None:
    """The site map's addresses begin with it."""
    make(base_url="https://news.example/coverage")
    assert b"https://news.example/coverage/stories/story-00001/" in (site / "output/sitemap.xml").read_bytes()


def test_two_outputs_of_one_site_do_not_disturb_each_other(site: Path, tmp_path: Path, make: Make) -> None:
    """Each is remembered; the second is drawn from the first one's comparisons."""
    make()
    make(tmp_path / "preview", base_url="https://preview.example/")
    assert not make().written
    assert not make(tmp_path / "preview", base_url="https://preview.example/").written


def test_site_written_by_another_cache_is_not_trusted(site: Path, tmp_path: Path, make: Make) -> None:
    """If somebody else built there meanwhile, everything is drawn again."""
    make()
    make(cache=tmp_path / "theirs", base_url="https://theirs.example/")
    assert make().written
    assert not any(b"theirs.example" in content for content in read_site(site / "output").values())


def test_own_template_shapes_the_pages_and_its_edit_is_seen(site: Path, make: Make) -> None:
    """A site's own templates count as inputs of all pages."""
    make()
    style = site / "site_templates" / "static" / "site.css"
    style.parent.mkdir(parents=True)
    style.write_text("/* mine */")
    settle(site)
    assert make().written
    assert any(
        b"/* mine */" in content
        for path, content in read_site(site / "output").items()
        if path[-4:] == ".css"
    )
    style.write_text("/* mine, again */")
    assert make().written


def test_search_index_is_made_and_kept(site: Path, make: Make) -> None:
    """Pagefind's files are part of the site, listed, and only made again when a page changed."""
    make(search=True)
    listed = manifest.decode((site / "output" / manifest.NAME).read_bytes())
    assert listed is not None
    assert "pagefind/pagefind.js" in listed[0]
    before = stamps(site / "output" / "pagefind")
    style = site / "site_templates" / "static" / "site.css"
    style.parent.mkdir(parents=True)
    style.write_text("/* mine */")
    report = make(search=True)
    assert report.written
    article(site).write_text(article(site).read_text() + "Zanzibar.\n")
    make(search=True)
    after = stamps(site / "output" / "pagefind")
    same = [path for path in after if path.endswith((".js", ".css")) and after[path] == before[path]]
    assert same, "files of the index that did not change keep their times"


def test_notes_tell_of_a_damaged_cache(site: Path, tmp_path: Path, make: Make) -> None:
    """The user learns why everything was computed again."""
    make()
    index = next((tmp_path / "cache").glob("*/index.json"))
    index.write_text("{")
    said: list[str] = []
    options = Options(cache=tmp_path / "cache", search=False, workers=1)
    report = build(site, site / "output", options, Watch(say=said.append))
    assert not report.written
    assert "damaged" in said[0]


def test_progress_counts_to_the_end(site: Path, tmp_path: Path) -> None:
    """From none to all."""
    told: list[tuple[int, int]] = []
    options = Options(cache=tmp_path / "cache", search=False, workers=1)
    build(site, site / "output", options, Watch(progress=lambda done, total: told.append((done, total))))
    assert told == [(done, 6) for done in range(7)]


def command(site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command itself."""
    line = [
        sys.executable,
        "-m",
        "compare",
        "build",
        str(site),
        "--cache",
        str(site.parent / "cache"),
        *options,
    ]
    return subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_command_tells_counts_seconds_and_where_the_time_went(site: Path) -> None:
    """One line, and with --profile a table."""
    ran = command(site, "--profile")
    assert ran.returncode == 0, ran.stderr
    first, *table = ran.stdout.splitlines()
    assert first.startswith("6 stories, 12 articles, ")
    assert " sentences, " in first
    assert " claims in " in first
    stages = {line.split()[-1] for line in table if " s  " in line}
    assert {"read", "compare", "render", "write", "pages", "search", "swap", "total"} <= stages


def test_command_prints_json(site: Path) -> None:
    """For programs."""
    report = json.loads(command(site, "--json").stdout)
    assert report["stories"] == 6
    assert report["written"] is True
    assert report["failures"] == []


def test_command_ends_with_1_when_a_story_fails(site: Path) -> None:
    """The message names file and line; the others are built."""
    article(site).write_text("---\noutlet: paper-1\nnonsense: yes\n---\nText.\n")
    ran = command(site, "--quiet")
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "sources/story-00002/paper-1.md:3: error:" in ran.stderr
    assert (site / "output/stories/story-00003/index.html").exists()


def test_second_build_at_the_same_time_waits(site: Path) -> None:
    """Both succeed, one after the other."""
    line = [sys.executable, "-m", "compare", "build", str(site), "--cache", str(site.parent / "cache")]
    both = [subprocess.Popen(line, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "12"]
    outcomes = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], outcomes
    assert not list(site.glob(".output*"))


def test_template_that_cannot_be_used_ends_the_build(site: Path, make: Make) -> None:
    """It is told once and no story is blamed; the old site stays."""
    make()
    before = stamps(site / "output")
    template = site / "site_templates" / "pages" / "story.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "shipped/pages/story.html" %}\n{% block foot %}\n{{ nothing.at.all }}{% endblock %}'
    )
    with pytest.raises(ConfigError, match="the template cannot be used") as told:
        make()
    assert (told.value.path, told.value.line) == ("site_templates/pages/story.html", 3)
    assert stamps(site / "output") == before


def test_names_that_are_not_utf8_stop_no_build(site: Path, tmp_path: Path, make: Make) -> None:
    """Neither that of a file in a story, which is refused as any other name, nor the folder's own."""
    make()
    wrong = site / "sources/story-00001" / os.fsdecode(b"\xff.md")
    wrong.write_text("x")
    (failure,) = make().failures
    assert failure.story == "story-00001"
    assert (site / "output/stories/story-00001/index.html").exists()
    wrong.unlink()
    odd = tmp_path / os.fsdecode(b"of\xff")
    site.rename(odd)
    (odd / "site_templates/partials").mkdir(parents=True)
    (odd / "site_templates/partials" / os.fsdecode(b"\xff.html")).write_text("unused")
    options = Options(cache=tmp_path / "cache", search=False, workers=1)
    assert not build(odd, odd / "output", options).failures


def test_deleting_a_story_needs_no_scheduler(site: Path, make: Make) -> None:
    """There is nothing to compare."""
    make()
    shutil.rmtree(site / "sources/story-00004")
    assert make(scheduler="tcp://127.0.0.1:9").stories == 5
