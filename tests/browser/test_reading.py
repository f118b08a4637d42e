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


def row(page, text):
    """The row of the claim that tells this."""
    return page.locator("details.row").filter(has=page.locator("summary", has_text=text))


def test_choosing_claims(story):
    """The kinds and the outlets narrow the rows, and the address keeps the choice."""
    story.get_by_role("radio", name="In all outlets").check(force=True)
    expect(story.locator("#status")).to_have_text("1 of 12 claims")
    expect(story.locator("details.row:visible")).to_have_count(1)
    story.get_by_role("radio", name="All", exact=False).first.check(force=True)
    story.get_by_label("Outlet", exact=True).select_option(label="not found in Harbour Post")
    expect(story.locator("#status")).to_have_text("2 of 12 claims")
    expect(story.locator("#outlets > li").nth(1)).to_contain_text("no matching sentence for 2 that most")
    story.get_by_label("Outlet", exact=True).select_option(label="only in Harbour Post")
    expect(row(story, "Ferries will carry")).to_be_visible()
    expect(story).to_have_url(re.compile(r"\?only=%3Doutlet-1$"))
    story.reload()
    expect(story.locator("#status")).to_have_text("1 of 12 claims")


def test_nothing_of_a_kind_is_said(story):
    """A choice that no claim fits is told in words."""
    story.get_by_role("radio", name="In all outlets").check(force=True)
    story.get_by_label("Outlet", exact=True).select_option(label="only in Harbour Post")
    expect(story.get_by_text("No claim is of this kind.")).to_be_visible()


def test_a_row_unfolds_to_its_readings(story):
    """By mouse or key a row shows what each outlet has; a near copy with the words that differ."""
    claim = row(story, "people were hurt")
    expect(claim.locator("ins").first).to_be_hidden()
    claim.locator("summary").first.click()
    expect(claim.locator("ins").first).to_have_text("Twelve")
    reworded = claim.locator(".reading", has_text="Police said that eleven")
    expect(reworded.locator("del, ins")).to_have_count(0)
    claim.locator("summary").first.press("Enter")
    expect(claim.locator("ins").first).to_be_hidden()


def test_a_permalink_opens_its_claim(page, address):
    """The claim that an address names is open, whichever fold holds it, also when the address changes."""
    page.goto(address + STORY)
    ids = page.locator("#alone .claim, #matrix .claim").evaluate_all("all => all.map(one => one.id)")
    for name in (ids[0], ids[-1]):
        page.goto(address + STORY + "#" + name)
        expect(page.locator(f"#{name}")).to_be_in_viewport()


def test_a_citation(story):
    """The button copies every reading with article, outlet and date, and the permalink."""
    story.context.grant_permissions(["clipboard-read", "clipboard-write"])
    claim = row(story, "people were hurt")
    claim.locator("summary").first.click()
    claim.get_by_role("button", name="Copy as citation").click()
    expect(story.get_by_role("button", name="Copied")).to_be_visible()
    copied = story.evaluate("navigator.clipboard.readText()").split("\n")
    assert copied[1] == "A bridge falls at Skerrow"
    assert copied[2].startswith("“Eleven people were hurt, police said.” ")
    assert "Bridge falls at Skerrow" in copied[2]
    assert copied[2].endswith("https://outlet-0.example/skerrow")
    assert re.search(r"/coverage/stories/skerrow/index\.html#c-[0-9a-f]{8}$", copied[-1])


def test_a_receipt_and_a_rule(story):
    """What decided is one click away in words, and so is a finding's rule."""
    claim = row(story, "people were hurt")
    claim.locator("summary").first.click()
    claim.get_by_text("Why matched").first.click()
    expect(claim.get_by_text("93% sure; links count from 50%.").first).to_be_visible()
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
    expect(page.locator("#outlets")).to_contain_text("Outlet A")
    expect(page.get_by_text("invented outlet").first).to_be_hidden()
    page.get_by_role("link", name="Reveal the names").click()
    expect(page.get_by_text("invented outlet").first).to_be_visible()
    expect(page.get_by_role("link", name="Northern Wire").first).to_be_visible()


def test_running_text_does_not_betray_an_outlet(page, address):
    """In classroom mode names are hidden within sentences, findings and names that differences cut in two."""
    page.goto(address + "stories/telling/index.html?blind")
    expect(page.get_by_role("heading", name="Worksheet")).to_be_visible()
    for text in (page.locator("main").inner_text(), page.locator("main").text_content(), page.title()):
        assert not re.search(r"Wire|Harbour Post|the Post|\bNW\b|\bHP\b", text), text
    expect(page.locator("main")).to_contain_text("Outlet A was told")
    expect(page.locator("main")).to_contain_text("the Outlet B has learned")
    expect(page.locator("main")).to_contain_text("postal vans wait")
    page.goto(address + "stories/telling/outlet-0/index.html?blind")
    assert not re.search(r"Wire|Harbour Post|\bHP\b", page.locator("main").text_content())


def test_an_article_says_who_else_has_a_sentence(page, address):
    """Each sentence has its mark, which leads to its claim; what others tell stands below."""
    page.goto(address + "stories/skerrow/outlet-1/index.html")
    expect(page.get_by_role("heading", name="What most others report")).to_be_visible()
    page.locator(".prose", has_text="Twelve people were hurt").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/stories/skerrow/index\.html#c-[0-9a-f]{8}$"))
    expect(row(page, "people were hurt").locator("ins").first).to_have_text("Twelve")


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
    expect(gaps.first).to_have_text("no matching sentence found")
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
    expect(page.get_by_label("Tag")).to_be_hidden()  # folded while there are few
    page.get_by_text("Choose stories").click()
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
    choices = {"show": ["all", "disputed", ""], "only": ["-outlet-3", "=outlet-4", ""]}
    for name, values in choices.items():
        taken = sorted(page.evaluate(ANSWER, [name, value]) for _ in range(10) for value in values)
        times[name] = {"median": taken[len(taken) // 2], "most": taken[-1]}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "speed.json").write_text(json.dumps({"unit": "milliseconds", **times}, indent=1) + "\n")
    expect(page.locator("#status")).to_have_text("")
    expect(page.locator("details.row:not([hidden])")).to_have_count(53)
