"""What an outlet has of a claim is one value: every page and file of a site that shows it says the same."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from compare.pages.claim_view import anchor

FULL = {"base", "same", "reworded"}


@pytest.fixture(scope="module")
def site(tmp_path_factory, project):
    """The built site: the shipped stories and a dozen generated ones, in a folder of its own."""
    root = tmp_path_factory.mktemp("consistent")
    generator = project / "tests" / "benchmarks" / "stories.py"
    subprocess.run([sys.executable, generator, root, "--stories", "6", "--articles", "4"], check=True)
    shutil.copytree(project / "sources", root / "sources", dirs_exist_ok=True)
    run = [Path(sys.executable).parent / "crossread", "build", root]
    subprocess.run(run, check=True, capture_output=True)
    return root / "output"


@pytest.fixture(scope="module")
def stories(site):
    """Folder of a story → its comparison.json."""
    found = sorted(site.glob("stories/*/comparison.json"))
    assert len(found) >= 10
    return {path.parent: json.loads(path.read_text("utf-8")) for path in found}


def page(*parts):
    return LexborHTMLParser(Path(*parts).read_text("utf-8"))


def state(element):
    return element.attributes["class"].split()[-1]


def numbers(text):
    """The whole numbers in a sentence, in order."""
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def _base(claim):
    """The article whose sentence the others are compared with."""
    return str(claim["core"]).partition("/")[0]


class Said:
    """What the JSON of a story says, summed up here once more and apart from the program."""

    def __init__(self, data):
        self.articles = [article["id"] for article in data["story"]["articles"]]
        self.claims = [claim for claim in data["claims"] if not claim.get("heading")]
        self.states = {
            claim["id"]: {reading["article"]: reading["state"] for reading in claim["readings"]}
            for claim in self.claims
        }
        families = data.get("families", ())
        self.text_of = {member: family["id"] for family in families for member in family["members"]}
        self.summaries = {summary["article"]: summary for summary in data["summaries"]}

    def disputed(self, claim):
        """Whether any finding is."""
        return any(finding["disputed"] for finding in claim.get("findings", ()))

    def tellers(self, claim):
        """Who has it in full."""
        return [name for name, found in self.states[claim["id"]].items() if found in FULL]

    def in_all(self):
        """Claims that all have in full, undisputed."""
        return {
            c["id"]
            for c in self.claims
            if not self.disputed(c) and len(self.tellers(c)) == len(self.articles)
        }

    def lacking(self, article):
        """Claims that an article surely lacks and most other texts tell, a part of it at least."""
        found = set()
        for claim in self.claims:
            parts = [r["article"] for r in claim["readings"] if r["state"] == "part" and r.get("sentences")]
            text_of = dict(self.text_of)
            for name, found_state in self.states[claim["id"]].items():  # the same words are one text
                if found_state == "same":
                    text_of[name] = text_of.get(_base(claim), _base(claim))
            told = {text_of.get(name, name) for name in [*self.tellers(claim), *parts]}
            others = {text_of.get(name, name) for name in self.articles if name != article}
            most = len(told) >= 2 and 2 * len(told) > len(others)
            if most and not self.disputed(claim) and self.states[claim["id"]][article] == "absent":
                found.add(claim["id"])
        return found

    def has_sentence(self, claim, article):
        """Whether any sentence of an article was matched with a claim."""
        reading = next(r for r in claim["readings"] if r["article"] == article)
        return bool(reading.get("sentences") or reading.get("also"))

    def only(self, article):
        """Claims that stand in an article alone."""
        return {c["id"] for c in self.claims if c.get("standing") == "only" and _base(c) == article}


def test_sums_are_made_of_the_states(stories):
    """Totals and standings in the JSON are counts of its own readings, and parts never count as whole."""
    for data in stories.values():
        said = Said(data)
        for article, summary in said.summaries.items():
            states = Counter(found[article] for found in said.states.values())
            assert summary["claims"] == sum(states[name] for name in FULL)
            assert summary["parts"] == states["part"]
            assert summary["absent"] == len(said.lacking(article))
            assert summary["unique"] == len(said.only(article))
        for claim in said.claims:
            assert (claim.get("standing") == "all") == (claim["id"] in said.in_all())
            assert (claim.get("standing") == "disputed") == said.disputed(claim)
            if claim.get("standing") == "only":
                assert said.tellers(claim) == [_base(claim)]


def test_the_story_page(stories):
    """Rows, marks, filters, the top, the lists and the totals of a story's page."""
    for folder, data in stories.items():
        said, tree = Said(data), page(folder, "index.html")
        rows = tree.css("details.row")
        assert len(rows) == len(said.claims)
        for row in rows:
            claim = row.css_first(".claim").attributes["id"].removeprefix("c-")
            whole = next(c for c in said.claims if c["id"] == claim)
            cells = [state(cell) for cell in row.css("summary .cells > *")]
            assert cells == [said.states[claim][article] for article in said.articles]
            assert ("disputed" in row.attributes["class"].split()) == said.disputed(whole)
            words = set((row.attributes.get("data-f") or "").split())
            assert ("all" in words) == (claim in said.in_all())
            assert ("disputed" in words) == said.disputed(whole)
            for article in said.articles:
                assert ("-" + article in words) == (claim in said.lacking(article))
                assert ("=" + article in words) == (claim in said.only(article))
            shown = {
                holder.attributes["href"].partition("/")[0]: state(reading)
                for reading in row.css(".readings > .reading")
                for holder in reading.css(".who a")
            }
            for article, found in shown.items():
                one = said.states[claim][article]
                assert (found in FULL) == (one in FULL)
                assert one in (found, "same")
        agreed = tree.css_first(".glance .agreed")
        if agreed and "All report" in agreed.text():
            assert {a.attributes["href"][3:] for a in agreed.css("li a")} <= said.in_all()
        top = {a.attributes["href"][3:] for a in tree.css("#disputed li > a.kind")}
        assert top == {c["id"] for c in said.claims if said.disputed(c)}
        told = numbers(tree.css_first(".lede .alarm").text()) if top else []
        listed = len(tree.css("#disputed li > a.kind"))
        assert told == [listed, len(top)][: 1 + (listed > len(top))] * bool(top)
        lede = tree.css_first(".lede").text()
        alone = sum(len(said.only(article)) for article in said.articles)
        for words, count in (("in all texts", len(said.in_all())), ("in one only", alone)):
            told = re.search(rf"(\d+) surely {words}", lede)
            assert int(told[1] if told else 0) == count


def test_the_outlets_of_a_story(stories):
    """Each outlet's line tells the totals of its summary."""
    for folder, data in stories.items():
        said, tree = Said(data), page(folder, "index.html")
        for article, line in zip(said.articles, tree.css("#outlets > li .lacks"), strict=True):
            summary = said.summaries[article]
            link = line.css_first("a")
            text = line.text().removesuffix(link.text()) if link else line.text()
            expected = [n for n in (summary["unique"], summary["absent"]) if n]
            assert numbers(text) == [summary["claims"], *expected]
            if link:
                assert link.attributes["href"][3:] in said.lacking(article)


def test_article_pages(stories):
    """What an article's page lists as lacking and as not matched is what the states say."""
    for folder, data in stories.items():
        said = Said(data)
        for article in said.articles:
            tree = page(folder, article, "index.html")
            missing = claims_in(tree, "#missing > .missing")
            assert missing == said.lacking(article)
            unmatched = {claim["id"] for claim in said.claims if not said.has_sentence(claim, article)}
            assert claims_in(tree, "#missing .elsewhere .missing") == unmatched - missing


def claims_in(tree, where):
    return {link.attributes["href"].partition("#c-")[2] for link in tree.css(f"{where} .claimed a")}


def test_side_by_side(stories):
    """A cell of the columns has the state of its claim and article."""
    for folder, data in stories.items():
        said, tree = Said(data), page(folder, "side-by-side", "index.html")
        for row in tree.css("#columns tbody tr"):
            found = said.states.get(row.attributes["data-c"])
            if found is not None:
                cells = [cell.attributes["class"] for cell in row.css("td")]
                assert cells == [found[article] for article in said.articles]


def test_only_the_sides_of_a_dispute_are_marked(stories):
    """On article pages and side by side each sentence that a dispute quotes has a mark, and no other."""
    for folder, data in stories.items():
        sides = {
            place["sentence"]
            for claim in data["claims"]
            for finding in claim.get("findings", ())
            if finding["disputed"]
            for variant in finding["variants"]
            for place in variant["places"]
        }
        shown = {
            link.attributes["href"]
            for link in page(folder, "side-by-side", "index.html").css("#columns a:has(.dispute)")
        }
        assert {link.rpartition("#")[2] for link in shown} == {anchor(name) for name in sides}
        marked = {
            link.attributes["href"]
            for article in Said(data).articles
            for link in page(folder, article, "index.html").css(".prose a:has(.dispute)")
        }
        claims = {
            c["id"] for c in data["claims"] for r in c["readings"] if sides & set(r.get("sentences", ()))
        }
        assert {link.rpartition("#c-")[2] for link in marked} == claims


def test_the_table(stories):
    """claims.csv has a line for each claim and article with the same state."""
    for folder, data in stories.items():
        said = Said(data)
        lines = csv.DictReader(io.StringIO((folder / "claims.csv").read_text("utf-8-sig")))
        told = {(line["claim"], line["article"]): line["state"] for line in lines}
        for claim, found in said.states.items():
            for article, one in found.items():
                assert told[claim, article] == one


def test_index_and_outlet_pages(site, stories):
    """Cards and outlet pages add up the stories' own totals."""
    said = {folder.name: Said(data) for folder, data in stories.items()}
    cards = {}
    for path in [site / "index.html", *site.glob("page/*/index.html")]:
        for card in page(path).css("#cards > li"):
            name = card.css_first("h2 a").attributes["href"].split("/")[-2]
            cards[name] = numbers(card.css_first(".result").text())
    assert set(cards) == set(said)
    for name, (outlets, claims, *told) in cards.items():
        assert outlets == len(said[name].articles)
        assert claims == len(said[name].claims)
        disputed = sum(said[name].disputed(claim) for claim in said[name].claims)
        assert told == [count for count in (len(said[name].in_all()), disputed) if count]
    seen = 0
    for path in site.glob("outlets/*/index.html"):
        for row in page(path).css("table.plain:not(.bars) tbody tr"):
            link = row.css_first("th a").attributes["href"]
            name, article = link.split("/")[-3:-1]
            summary = said[name].summaries[article]
            cells = [cell.text() for cell in row.css("td")]
            assert numbers(cells[0]) == [summary["claims"], len(said[name].claims)]
            assert numbers(cells[1]) + numbers(cells[2]) == [summary["unique"], summary["absent"]]
            seen += 1
    assert seen >= sum(len(story.articles) for story in said.values()) / 2


def test_every_link_has_words(site):
    """A mark that is a link says what it stands for."""
    for path in sorted(site.rglob("*.html")):
        for link in LexborHTMLParser(path.read_bytes()).css("a[href]"):
            assert link.text().strip() or link.attributes.get("aria-label"), (path, link.html)


def test_a_story_weighs_little(tmp_path, project):
    """All files of a story of three articles with 25 sentences each: at most 160 kB."""
    generator = project / "tests" / "benchmarks" / "stories.py"
    size = ["--stories", "3", "--articles", "3", "--sentences", "25"]
    subprocess.run([sys.executable, generator, tmp_path, *size], check=True)
    run = [Path(sys.executable).parent / "crossread", "build", tmp_path]
    subprocess.run(run, check=True, capture_output=True)
    for folder in (tmp_path / "output" / "stories").iterdir():
        assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 160_000
