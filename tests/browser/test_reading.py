"""What a reader does, once each, found by role and name as a person would find it."""

import json
import re

import pytest
from conftest import RESULTS
from playwright.sync_api import expect

STORY = "stories/skerrow/index.html"
# From a choice to the end of the frame that shows it.
ANSWER = """([name, value]) => new Promise(done => {
  const form = document.querySelector('#tools'), start = performance.now();
  const field = form.elements[name], radio = name === 'show' && [...field].find(one => one.value === value);
  radio ? radio.checked = true : field.value = value;
  form.dispatchEvent(new Event('change'));
  requestAnimationFrame(() => {
    const shown = new MessageChannel();
    shown.port1.onmessage = () => done(Math.round(10 * (performance.now() - start)) / 10);
    shown.port2.postMessage(0);
  });
})"""


@pytest.fixture
def story(page, address):
    """The made story's page."""
    page.goto(address + STORY)
    return page


def card(page, text):
    """The claim that tells this."""
    return page.locator(".claim").filter(has_text=text)


def test_choosing_claims(story):
    """The kinds and the outlets narrow rows and claims alike, and the address keeps the choice."""
    story.get_by_role("radio", name="In all outlets").check(force=True)
    expect(story.locator("#status")).to_have_text("1 of 12 claims shown")
    expect(story.locator(".claim:visible")).to_have_count(1)
    expect(story.locator("#rows tr:visible")).to_have_count(1)
    story.get_by_role("radio", name="All", exact=False).first.check(force=True)
    story.get_by_label("Outlet", exact=True).select_option(label="omitted by Harbour Post")
    expect(story.locator("#status")).to_have_text("5 of 12 claims shown")
    story.get_by_label("Outlet", exact=True).select_option(label="only in Harbour Post")
    expect(story.locator(".claim:visible")).to_have_count(1)
    expect(story).to_have_url(re.compile(r"\?only=outlet-1$"))
    story.reload()
    expect(story.locator("#status")).to_have_text("1 of 12 claims shown")


def test_nothing_of_a_kind_is_said(story):
    """A choice that no claim fits is told in words."""
    story.get_by_role("radio", name="In all outlets").check(force=True)
    story.get_by_label("Outlet", exact=True).select_option(label="omitted by Harbour Post")
    expect(story.get_by_text("No claim is of this kind.")).to_be_visible()


def test_another_base(story):
    """Against another outlet the words that differ are worked out anew, in claims and matrix, and back."""
    claim = card(story, "Eleven people were hurt")
    before = claim.inner_html()
    row = story.get_by_role("row").filter(has=story.get_by_role("link", name="Eleven people were hurt"))
    expect(row.get_by_role("cell").nth(1)).to_have_text("reworded")
    story.get_by_label("Compare with").select_option(label="Harbour Post")
    expect(claim.locator("del").first).to_have_text("Twelve")
    expect(claim.locator("ins").first).to_have_text("Eleven")
    expect(row.get_by_role("cell").nth(1)).to_have_text("base")
    expect(row.get_by_role("cell").nth(0)).to_have_text("reworded")
    story.get_by_label("Compare with").select_option(label="the base of each claim")
    assert claim.inner_html() == before


def test_sorting_the_matrix(story):
    """Rows go by how many carry them, or by one outlet's order with its gaps last."""
    first = story.locator("#rows tr").first.get_by_role("rowheader")
    story.get_by_label("Sort").select_option(label="as in Meridian Times")
    expect(first).to_contain_text("bridge")
    story.get_by_label("Sort").select_option(label="as in المرفأ")
    heads = story.locator("#rows tr").filter(has_not=story.locator("td:last-child .omitted"))
    expect(heads).to_have_count(4)
    assert [story.locator("#rows tr").nth(n).locator("td:last-child .omitted").count() for n in range(4)] == [
        0
    ] * 4
    story.get_by_label("Sort").select_option(label="most carried first")
    assert story.locator("#rows tr").last.locator(".omitted").count() == 3


def test_a_mark_leads_to_its_reading(story):
    """A cell of the matrix opens the reading of that outlet."""
    row = story.get_by_role("row").filter(has=story.get_by_role("link", name="Eleven people were hurt"))
    row.get_by_role("cell").nth(1).get_by_role("link").click()
    expect(story).to_have_url(re.compile(r"#r-[0-9a-f]{8}-outlet-1$"))
    expect(card(story, "Eleven people were hurt").get_by_text("Twelve").first).to_be_in_viewport()


def test_a_citation(story):
    """The button copies every reading with outlet, date and address, and the permalink."""
    story.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card(story, "Eleven people were hurt").get_by_role("button", name="Copy as citation").click()
    expect(story.get_by_role("button", name="Copied")).to_be_visible()
    copied = story.evaluate("navigator.clipboard.readText()").split("\n")
    assert copied[0] == "A bridge falls at Skerrow"
    assert copied[1] == (
        "“Eleven people were hurt, police said.” Northern Wire, 2024-05-14, https://outlet-0.example/skerrow"
    )
    assert re.search(r"/coverage/stories/skerrow/index\.html#c-[0-9a-f]{8}$", copied[-1])


def test_a_receipt_and_a_rule(story):
    """The score, what decided and the threshold are one click away, and so is a finding's rule."""
    claim = card(story, "Eleven people were hurt")
    claim.get_by_text("Why matched").click()
    expect(claim.get_by_text("probability 0.93, accepted from 0.50").first).to_be_visible()
    claim.get_by_text("Northern Wire said Eleven").click()
    expect(claim.get_by_text("number.conflict")).to_be_visible()


def test_the_classroom(page, address):
    """Names, signs, dates and links are hidden until somebody reveals them; there is a worksheet."""
    page.goto(address + STORY)
    page.get_by_role("link", name="Classroom mode").click()
    expect(page.get_by_role("heading", name="Worksheet")).to_be_visible()
    visible = page.locator("body").inner_text()
    assert not re.search(r"Northern Wire|Harbour Post|Meridian|\bNW\b|\bHP\b", visible)
    assert page.locator("main a[href^='outlet'], main a[href^='http']").count() == 0
    expect(page.get_by_role("columnheader", name="A", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Reveal the names").click()
    expect(page.get_by_role("link", name="Northern Wire").first).to_be_visible()


def test_running_text_does_not_betray_an_outlet(page, address):
    """In classroom mode names are hidden within sentences, findings and names that differences cut in two."""
    page.goto(address + "stories/telling/index.html?blind")
    expect(page.get_by_role("heading", name="Worksheet")).to_be_visible()
    for text in (page.locator("main").inner_text(), page.locator("main").text_content(), page.title()):
        assert not re.search(r"Wire|Harbour Post|the Post|\bNW\b|\bHP\b", text), text
    expect(page.locator("#claims")).to_contain_text("Outlet A was told")
    expect(page.locator("#claims")).to_contain_text("the Outlet B has learned")
    expect(page.locator("#claims")).to_contain_text("postal vans wait")
    page.goto(address + "stories/telling/outlet-0/index.html?blind")
    assert not re.search(r"Wire|Harbour Post|\bHP\b", page.locator("main").text_content())


def test_differences_in_an_article(page, address):
    """An article shows what others say of a sentence, with the words that differ, when it is asked to."""
    page.goto(address + "stories/skerrow/outlet-1/index.html")
    block = page.locator(".block").filter(has_text="Twelve people were hurt")
    expect(block.locator("blockquote.theirs").first).to_be_hidden()
    block.get_by_text("Compare 1 sentence").click()
    expect(block.locator("del").first).to_have_text("Twelve")
    expect(page.get_by_role("heading", name="What others report and this one does not")).to_be_visible()


def test_two_articles_side_by_side(page, address):
    """Two articles stand beside each other with gaps and bands; they can be chosen and swapped."""
    page.goto(address + "stories/skerrow/side-by-side/index.html")
    titles = page.locator("#parallel .title")
    expect(titles).to_have_text(["Northern Wire", "Harbour Post"])
    expect(page.locator("#parallel .band")).to_have_count(5)
    page.get_by_role("button", name="Swap").click()
    expect(titles).to_have_text(["Harbour Post", "Northern Wire"])
    page.get_by_label("Right").select_option(label="Meridian Times")
    expect(page.locator("#parallel")).to_contain_text("Fog lay over the harbour that night.")
    gaps = page.locator("#parallel .gone")
    assert gaps.count() > 0
    expect(gaps.first).to_have_text("no match found")
    expect(page).to_have_url(re.compile(r"a=outlet-1&b=outlet-2"))
    page.get_by_label("Right").select_option(label="all outlets")
    expect(page.get_by_role("table")).to_be_visible()


def test_aligned_sentences_stand_on_one_line(page, address):
    """Sentences of one claim in the same order begin at the same height."""
    page.goto(address + "stories/skerrow/side-by-side/index.html")
    left = page.locator("#parallel .cell", has_text="An inquiry begins next week.").first.bounding_box()
    right = page.locator("#parallel .cell.b", has_text="An inquiry begins next week.").bounding_box()
    assert abs(left["y"] - right["y"]) < 1
    assert left["x"] < right["x"]


def test_choosing_stories(page, address):
    """The list of stories goes by outlet, tag and date."""
    page.goto(address + "index.html")
    page.get_by_label("Tag").select_option("wide")
    expect(page.get_by_role("listitem").filter(has=page.get_by_role("heading"), visible=True)).to_have_count(
        1
    )
    expect(page.locator("#status")).to_have_text("1 of 5 stories shown")
    page.get_by_label("Tag").select_option("")
    page.get_by_label("Outlet", exact=True).select_option(label="Meridian Times")
    expect(page.locator("#status")).to_have_text("2 of 5 stories shown")
    page.get_by_label("From").fill("2024-06-01")
    expect(page.get_by_text("No story is of this kind.")).to_be_visible()


def test_search(page, address):
    """A word of an article is found, and the result leads to where it stands, below the base path."""
    page.goto(address + "search/index.html")
    page.get_by_role("searchbox").fill("bakery")
    result = page.locator("#results a").first
    expect(result).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("found")
    expect(page.locator("#results mark").first).to_have_text(re.compile("bakery", re.IGNORECASE))
    result.click()
    expect(page).to_have_url(re.compile(r"/coverage/stories/skerrow/index\.html#c-[0-9a-f]{8}$"))


def test_search_for_nothing(page, address):
    """What is nowhere is said not to be found."""
    page.goto(address + "search/index.html?q=zyxwvut")
    expect(page.get_by_role("status")).to_have_text("Nothing was found.")


def test_a_wide_story_answers_quickly(page, address):
    """Ten outlets of forty sentences: each choice is timed ten times, and the answers are right."""
    page.goto(address + "stories/wide/index.html")
    times = {"opened": page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")}
    choices = {
        "show": ["all", ""], "only": ["-outlet-3", "outlet-4", ""],
        "sort": ["outlet-7", "carried", ""], "base": ["outlet-4", "outlet-9", ""],
    }  # fmt: skip
    for name, values in choices.items():
        taken = sorted(page.evaluate(ANSWER, [name, value]) for _ in range(10) for value in values)
        times[name] = {"median": taken[len(taken) // 2], "most": taken[-1]}
    page.evaluate(ANSWER, ["base", "outlet-4"])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "speed.json").write_text(json.dumps({"unit": "milliseconds", **times}, indent=1) + "\n")
    expect(page.locator("#status")).to_have_text("53 of 53 claims shown")
    expect(page.locator("#claims ins").first).to_be_attached()


def test_the_table_of_differences_is_filtered_by_kind(story):
    """All findings stand in one table; a chip leaves one kind of them, and each leads to its claim."""
    table = story.locator("#differences")
    table.locator("summary").click()
    every = table.locator("tbody tr").count()
    table.get_by_role("radio", name="Number").check()
    shown = table.locator("tbody tr:visible")
    assert 0 < shown.count() < every
    expect(shown.first.get_by_role("cell").first).to_contain_text("Number")
    shown.first.get_by_role("link").click()
    expect(story).to_have_url(re.compile(r"#c-[0-9a-f]{8}$"))
    table.get_by_role("radio", name="All").check()
    assert table.locator("tbody tr:visible").count() == every
