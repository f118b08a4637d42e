"""The seven promises of ``.github/CONTRIBUTING.md``, each kept by the command as its users run it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

COMMAND = Path(sys.executable).parent / "crossread"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} [a](javascript:alert(1))"


def run(*arguments, **environment):
    line = [COMMAND, *map(str, arguments)]
    return subprocess.run(line, env=os.environ | environment, capture_output=True, text=True, check=False)


def files(folder):
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items())}


def site_of(folder, project):
    """A site's folder with the shipped stories and seeds."""
    for name in ("sources", "seeds", "pyproject.toml"):
        source = project / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory, project):
    root = site_of(tmp_path_factory.mktemp("built"), project)
    done = run("build", root, "--workers", "1")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def comparisons(built):
    return [json.loads(path.read_bytes()) for path in built.glob("output/stories/*/comparison.json")]


def test_promise_1_same_input_same_bytes(built, tmp_path, project):
    """Another folder, two workers, another hash seed, time zone and locale: the very same site."""
    other = site_of(tmp_path, project)
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}
    done = run("build", other, "--workers", "2", **elsewhere)
    assert done.returncode == 0, done.stderr
    assert files(other / "output") == files(built / "output")


def test_promise_2_sources_stay_and_a_killed_build_leaves_the_last_site(tmp_path, project):
    """A build that fails and one that is killed leave sources, seeds and the site as they were."""
    root = site_of(tmp_path, project)
    assert run("build", root).returncode == 0
    last = files(root / "output")
    article = next(root.glob("sources/harbour-bridge/*daily.md"))
    article.write_text(article.read_text("utf-8") + "\nThe inquiry opens in June.\n", "utf-8")
    given = files(root / "sources") | files(root / "seeds")
    killed = subprocess.Popen([COMMAND, "build", root, "--fresh"], stdout=subprocess.DEVNULL)
    time.sleep(0.3)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert files(root / "output") == last
    (root / "sources" / "harbour-bridge" / "story.md").write_text("---\ntitle: [\n---\n", "utf-8")
    assert run("build", root, "--strict").returncode == 1
    assert files(root / "output") == last
    (root / "sources" / "harbour-bridge" / "story.md").write_bytes(given["harbour-bridge/story.md"])
    assert files(root / "sources") | files(root / "seeds") == given


def test_promise_3_every_sentence_stands_in_exactly_one_claim(comparisons):
    """And every character of a text that is no white space stands in exactly one sentence."""
    for comparison in comparisons:
        readings = [reading for claim in comparison["claims"] for reading in claim["readings"]]
        told = [name for reading in readings for name in reading.get("sentences", ())]
        known = [sentence["id"] for article in comparison["sentences"] for sentence in article]
        assert sorted(told) == sorted(known)
        for article, own in zip(comparison["story"]["articles"], comparison["sentences"], strict=True):
            at = 0
            for start, end in ((sentence["start"], sentence["end"]) for sentence in own):
                assert article["text"][at:start].strip() == ""
                assert at <= start < end
                at = end
            assert article["text"][at:].strip() == ""


def test_promise_4_every_judgement_can_be_opened(built):
    """A text in other words has a receipt with score and threshold, a finding its rule on the method page."""
    rules = {node.id for node in _page(built / "output/method/index.html").css("[id]")}
    receipts = 0
    for path in sorted(built.glob("output/stories/*/index.html")):
        page = _page(path)
        for row in page.css(".reading.reworded, .reading.part, .reading.possible"):
            assert row.css_first("blockquote, .withheld").text().strip()
            told = row.css_first(".receipt").text()
            assert "the editor" in told or re.search(r"\d+% sure; links count from \d+%", told)
            receipts += 1
        for finding in page.css(".finding"):
            assert finding.css_first("a").attributes["href"].partition("#")[2] in rules
    assert receipts > 50


def test_promise_5_text_of_a_source_is_data(tmp_path):
    """Markup in every field of a source becomes no element, no attribute and no address of a page."""
    folder = tmp_path / "sources" / "hostile"
    folder.mkdir(parents=True)
    quoted = json.dumps(HOSTILE)
    (folder / "story.md").write_text(f"---\ntitle: {quoted}\ntags: [{quoted}]\n---\n\n{HOSTILE}\n", "utf-8")
    for name in ("one", "two"):
        head = f"outlet: {json.dumps(name + HOSTILE)}\ntitle: {quoted}\nauthor: {quoted}\nagency: {quoted}"
        text = f"The {name} mayor said: {HOSTILE} today."
        (folder / f"{name}.md").write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")
    done = run("build", tmp_path)
    assert done.returncode == 0, done.stderr
    for path in sorted((tmp_path / "output").rglob("*.html")):
        page = _page(path)
        for node in page.css("script"):
            assert node.attributes.get("src") or node.attributes.get("type") == "application/ld+json"
        assert not page.css("img, iframe, [onerror], [onclick], [style]")
        for node in page.css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src")
            assert not urlsplit(link).scheme, link


def test_promise_6_every_bad_file_gets_one_clear_message(tmp_path, project):
    """All problems of a site at once, each with file, line and hint, and 1; a bug keeps its traceback."""
    root = site_of(tmp_path, project)
    (root / "sources" / "harbour-bridge" / "story.md").write_text("---\ntitel: A\n---\n", "utf-8")
    (root / "sources" / "puerto-lunar" / "el-farolero.md").write_bytes(b"---\noutlet: \xff\n---\n\nText.\n")
    done = run("check", root)
    assert done.returncode == 1
    assert re.search(r"harbour-bridge/story\.md:2: .*\n.*“?title", done.stderr)
    assert "puerto-lunar/el-farolero.md" in done.stderr
    assert "Traceback" not in done.stderr
    broken = "import sys, compare.cli, compare.site.check as c\nc.check = None\nsys.argv[1:] = sys.argv[1:]\n"
    line = [sys.executable, "-c", f"{broken}compare.cli.main()", "check", str(root)]
    bug = subprocess.run(line, capture_output=True, text=True, check=False)
    assert bug.returncode != 0
    assert "Traceback" in bug.stderr


def test_promise_7_rights_decide_what_is_published(tmp_path, project):
    """Of an article with ``rights: none`` no sentence that others do not print stands in any file."""
    root = site_of(tmp_path, project)
    path = root / "sources" / "harbour-bridge" / "tollgate-review.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("---\n", "---\nrights: none\n", 1), "utf-8")
    others = " ".join(p.read_text("utf-8") for p in path.parent.glob("*.md") if p != path)
    own = [s for s in re.findall(r"[A-Z][^.?!“”\n]{60,}\.", text.partition("\n---\n")[2]) if s not in others]
    assert len(own) > 3
    done = run("build", root)
    assert done.returncode == 0, done.stderr
    published = b"\n".join(files(root / "output").values()).decode("utf-8", "replace")
    assert [sentence for sentence in own if sentence in published] == []


def _page(path):
    return LexborHTMLParser(path.read_bytes())
