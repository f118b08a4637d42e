"""What an article is said to have of a claim, and what is summed up from that."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from compare.align.claims import claims
from compare.align.claims.content import Contents
from compare.align.claims.states import ABSENT, CONTRARY, ELSEWHERE, SEVERAL, SURE, bound
from compare.coverage import with_standing
from compare.model import (
    Alignment,
    Article,
    Block,
    Family,
    Finding,
    Link,
    Outlet,
    Reading,
    Sentence,
    WholeDay,
)

OUTLET = Outlet("o", "O", "O")
TEXTS = {
    "a": "The old mill in Harrowdale burned down on Sunday night.",
    "b": "On Sunday night, Harrowdale's old mill burned down to the ground.",
    "c": "Nobody has seen the miller's cat since.",
}


def _article(name, hour=9, **fields):
    text = fields.pop("text", None) or TEXTS.get(name, "Quite other words stand here.")
    published = datetime(2024, 1, 1, hour, tzinfo=UTC)
    fields = {"published": published, **fields}
    return Article(name, OUTLET, text, (Block("paragraph", 0, len(text)),), **fields)


def _sentence(article, index=0, text=None):
    text = text or TEXTS.get(article.id, article.text)
    return Sentence(f"{article.id}/{index:08x}", article.id, index, 0, len(text), text)


def _compared(articles, linked=None, *, found=None, groups=None, findings=()):
    """The first claim of one sentence an article, whose groups are given by names."""
    sentences = {article.id: _sentence(article) for article in articles}
    links = [Link(*sorted((sentences[x].id, sentences[y].id)), p) for (x, y), p in (linked or {}).items()]
    named = {sentences[s].id: dict(others) for s, others in (found or {}).items()}
    grouped = [tuple(sentences[name] for name in group) for group in groups or [list(sentences)]]
    made = claims(Alignment(tuple(links), tuple(grouped), 0.3, "test", named), articles)
    return with_standing(made[0])


def _states(claim):
    return [reading.state for reading in claim.readings]


@pytest.mark.parametrize(
    ("probability", "state"), [(SURE, "reworded"), (SURE - 0.01, "possible"), (0.99, "reworded")]
)
def test_only_a_sure_link_makes_a_reading_count(probability, state):
    """Between found and not found stands what is possible, with how likely it is."""
    claim = _compared([_article("a"), _article("b")], {("a", "b"): probability})
    assert _states(claim) == ["base", state]
    assert claim.readings[1].probability == probability
    assert claim.standing == ("all" if state == "reworded" else "some")


def test_who_lacks_a_detail_tells_a_part():
    """A sure link says that the point is shared; a name or a figure of the base may still be missing."""
    told = "On Sunday night a mill burned, neighbours said."
    a, b = _article("a"), _article("b", text=told)
    one, two = _sentence(a), _sentence(b, text=told)
    (claim,) = claims(Alignment((Link(one.id, two.id, 0.99),), ((one, two),), 0.3, "test"), [a, b])
    assert _states(claim) == ["base", "part"]
    assert claim.standing == "some"


def test_an_editor_who_joins_two_sentences_says_that_they_are_one_claim():
    """No share of words is asked for then."""
    told = "On Sunday night a mill burned, neighbours said."
    a, b = _article("a"), _article("b", text=told)
    one, two = _sentence(a), _sentence(b, text=told)
    link = Link(one.id, two.id, 1.0, decided_by="editor")
    (claim,) = claims(Alignment((link,), ((one, two),), 0.3, "test"), [a, b])
    assert _states(claim) == ["base", "reworded"]


def test_who_tells_a_part_counts_against_who_tells_nothing():
    """Most others report the point, so that an article without any of it is said to lack it."""
    told = "On Sunday night a mill burned, neighbours said."
    articles = [_article("a"), _article("b", text=told), _article("c")]
    one, two, three = _sentence(articles[0]), _sentence(articles[1], text=told), _sentence(articles[2])
    link = Link(one.id, two.id, 0.99)
    claim, _ = claims(Alignment((link,), ((one, two), (three,)), 0.3, "test"), articles)
    assert _states(claim) == ["base", "part", "absent"]
    assert with_standing(claim).lacking == ("c",)
    assert claim.tellers == ("a",)


def test_one_text_printed_twice_is_no_majority():
    """Of three others two print one text: most texts do not tell the claim, whatever most outlets do."""
    articles = [_article(name) for name in "abcd"]
    groups = [["a", "b"], ["c"], ["d"]]
    claim = _compared(articles, {("a", "b"): 0.95}, groups=groups)
    assert _states(claim) == ["base", "reworded", "absent", "absent"]
    assert claim.lacking == ("c", "d")
    family = Family("ab", ("a", "b"), "a", "earliest")
    assert with_standing(claim, [family]).lacking == ()


def test_more_articles_need_surer_links():
    """So that all of a story's readings together are as sure as three are."""
    bounds = [bound(count) for count in (2, 3, 5, 10, 60)]
    assert bounds[:2] == [SURE, SURE]
    assert bounds == sorted(bounds)
    assert bounds[-1] < 1


def test_parts_never_add_up_to_a_whole():
    """An article that tells a part is shown where it does, and is neither in the sum nor missing."""
    articles = [_article(name) for name in "abc"]
    claim = _compared(
        articles,
        {("a", "b"): 0.95, ("a", "c"): 0.7},
        groups=[["a", "b"], ["c"]],
    )
    assert _states(claim) == ["base", "reworded", "part"]
    assert claim.standing == "most"
    assert claim.lacking == ()


def test_absent_is_said_only_when_no_sentence_comes_near():
    """The probability that any sentence of the article states it decides, held against the claim's size."""
    articles = [_article(name) for name in "abc"]
    told = {("a", "b"): 0.95}
    split = [["a", "b"], ["c"]]
    for each in (ABSENT / 2, 1.5 * ABSENT):  # one of two sentences alone may come nearer
        sure = _compared(articles, told, groups=split, found={"a": {"c": each}})
        assert _states(sure)[2] == "absent"
        assert sure.lacking == ("c",)
    near = {"c": 1.5 * ABSENT}
    unsure = _compared(articles, told, groups=split, found={"a": near, "b": near})
    assert _states(unsure)[2] == "possible"
    assert unsure.lacking == ()


def test_what_is_spread_over_neighbours_is_not_absent():
    """Words that two sentences beside each other have between them are no gap, whatever the links say."""
    a, d = _article("a"), _article("d")
    pieces = [
        _sentence(d, 0, "Fire came to Harrowdale in the night."),
        _sentence(d, 1, "The old mill burned until Sunday."),
        _sentence(d, 2, "Taxes rise."),
    ]
    contents = Contents([a, d], [_sentence(a), *pieces])
    assert contents.holds([_sentence(a)], "d", 0.6)
    assert not contents.holds([pieces[2]], "a", 0.1)


def test_an_older_article_an_excerpt_and_another_language_lack_nothing():
    """None of them is counted among those that lack what most others tell."""
    others = [_article("a", 9), _article("b", 10)]
    for late, state in (
        (_article("c", 7), "earlier"),
        (_article("c", 12, complete=False), "unknown"),
        (_article("c", 12, language="tr"), "unknown"),
        (_article("c", 12), "absent"),
    ):
        claim = _compared([*others, late], {("a", "b"): 0.95}, groups=[["a", "b"], ["c"]])
        assert _states(claim)[2] == state
        assert claim.lacking == (("c",) if state == "absent" else ())


@pytest.mark.parametrize(("day", "state"), [(31, "earlier"), (1, "absent")])
def test_a_day_is_earlier_only_as_a_whole(day, state):
    """Of an article of which only the day is known, the clock compares days."""
    others = [_article("a", 9), _article("b", 10)]
    when = WholeDay.of(date(2023 if day == 31 else 2024, 12 if day == 31 else 1, day))
    late = replace(_article("c"), published=when)
    claim = _compared([*others, late], {("a", "b"): 0.95}, groups=[["a", "b"], ["c"]])
    assert _states(claim)[2] == state


def test_only_here_is_said_of_all_others_together():
    """Each may be unlikely to have it, and one of them still likely enough; then no gap is told of it."""
    articles = [_article(name) for name in "acd"]
    alone = [["a"], ["c"], ["d"]]
    few = {"a": {"c": ELSEWHERE / 3, "d": ELSEWHERE / 3}}
    many = {"a": {"c": ELSEWHERE * 0.8, "d": ELSEWHERE * 0.8}}
    assert _compared(articles, groups=alone, found=few).standing == "only"
    claim = _compared(articles, groups=alone, found=many)
    assert _states(claim) == ["base", "possible", "possible"]
    assert claim.standing == "some"


def test_a_disputed_claim_is_told_by_nobody_in_common():
    """What two outlets contradict each other on is not what all report."""
    articles = [_article("a"), _article("b")]
    claim = _compared(articles, {("a", "b"): 0.95})
    finding = Finding("number", "conflict", "number.conflict", True, ())
    assert with_standing(replace(claim, findings=(finding,))).standing == "disputed"


def test_several_sentences_need_a_surer_link():
    """It may be another of them that tells the claim."""
    a, b = _article("a"), _article("b")
    one, two, three = _sentence(a), _sentence(b), _sentence(b, 1, "More of the same.")
    for probability, state in ((SEVERAL, "reworded"), (SEVERAL - 0.01, "possible")):
        link = Link(one.id, two.id, probability)
        (claim,) = claims(Alignment((link,), ((one, two, three),), 0.3, "test"), [a, b])
        assert _states(claim) == ["base", state]


@pytest.mark.parametrize(
    ("base", "text", "common"),
    [
        (
            "The barn in Harrowdale burned down.",
            "A neighbour saw how the barn in Harrowdale was lost, and wept.",
            ["barn in Harrowdale"],
        ),
        ("The barn in Harrowdale burned down.", "The barn stands by a brook that runs dry.", []),
        (
            "Vesna Holt sold the quarry to a cousin.",
            "A cousin bought what Vesna Holt had: the quarry, and a field.",
            ["Vesna Holt had: the quarry"],
        ),
        ("He owns four S-400s.", "Four S-400s, which he owns, were flown in.", ["S-400s, which he owns"]),
    ],
)
def test_where_two_readings_state_the_same(base, text, common):
    """Runs of words of which every one that says something stands in the other, too."""
    articles = [
        Article(n, OUTLET, t, (Block("paragraph", 0, len(t)),)) for n, t in (("a", base), ("b", text))
    ]
    one, two = (Reading(a.id, (_sentence(a, text=a.text),), "base") for a in articles)
    filler = [_sentence(articles[0], n, "Rain fell.") for n in range(1, 6)]
    contents = Contents(articles, [*one.sentences, *two.sentences, *filler])
    assert [text[start:end] for start, end in contents.common(two, one)] == common


def test_a_rare_name_is_never_surely_absent():
    """What few sentences name tells what a sentence is about, whatever else its words are."""
    base, other = "The separatists captured Volnitsa.", "In Volnitsa people danced and fireworks lit the bay."
    articles = [_article("a"), _article("b"), _article("c")]
    sentences = [
        [_sentence(articles[0], 0, base), _sentence(articles[0], 1, "Then we were told of Volnitsa.")],
        [_sentence(articles[1], 0, other)],
        [_sentence(articles[2], 0, "Nobody danced in the hills.")],
    ]
    alignment = Alignment((), tuple((s,) for own in sentences for s in own), 0.3, "test", {})
    claim = claims(alignment, articles)[0]
    assert [r.state for r in claim.readings] == ["base", "possible", "absent"]


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("“We kept our word to this island, except the one about it,” said Piet Lorne of the mill.", True),
        ("“We kept our word to this island, and that is what it is,” said Piet Lorne of the mill.", False),
        ("Piet Lorne kept his word to the island, its insurers confirmed later.", True),
        ("Piet Lorne kept his word to the island, she said.", False),
    ],
)
def test_clauses_that_an_article_lacks(text, lacks):
    """The rest of a quotation that is cut short, or a second statement in the same sentence."""
    other = "“We kept our word to this island,” said Piet Lorne of the mill. “And that is what it is.”"
    articles = [_article("a", text=text), _article("b", text=other)]
    one, two = (_sentence(article, text=article.text) for article in articles)
    assert Contents(articles, [one, two]).lacks_detail(one, "b") is lacks


@pytest.mark.parametrize(
    ("other", "state"),
    [
        (
            "Harrowdale’s old mill, which was built in 1931, was lost on Sunday night: it burned down.",
            "reworded",
        ),
        ("Harrowdale’s old mill was lost on Sunday night: it burned down before anybody came.", "part"),
        ("The old mill in Harrowdale, built in 1913, burned down on Sunday night.", "part"),
    ],
)
def test_who_lacks_a_figure_tells_a_part(other, state):
    """Be it that a near copy has another year in its place."""
    base = "The old mill in Harrowdale, built in 1931, burned down on Sunday night."
    articles = [_article("a", text=base), _article("b", hour=10, text=other)]
    one, two = (_sentence(article, text=article.text) for article in articles)
    (claim,) = claims(Alignment((Link(one.id, two.id, 0.99),), ((one, two),), 0.3, "test"), articles)
    assert _states(claim) == ["base", state]


@pytest.mark.parametrize(
    ("language", "base", "other", "state"),
    [
        (
            "de",
            "Der Rat schließt einen Verkauf der Mühle aus.",
            "Der Rat schließt einen Verkauf der Mühle nicht aus.",
            "part",
        ),
        (
            "de",
            "Der Rat schließt einen Verkauf der Mühle aus.",
            "Einen Verkauf der Mühle schließt der Rat aus.",
            "reworded",
        ),
        ("en", "Nobody in the mill was hurt by the fire.", "The fire hurt a man in the mill.", "possible"),
        ("en", "The mill wasn't hurt by the fire.", "By the fire the mill was never hurt.", "reworded"),
    ],
)
def test_who_denies_does_not_tell_what_the_other_says(language, base, other, state):
    """Whatever the link says: in every language whose words for it are known."""
    articles = [_article(name, language=language, text=text) for name, text in (("a", base), ("b", other))]
    one, two = (_sentence(article, text=article.text) for article in articles)
    (claim,) = claims(Alignment((Link(one.id, two.id, 0.99),), ((one, two),), 0.3, "test"), articles)
    assert _states(claim) == ["base", state]


def test_who_lacks_most_of_a_clause_tells_a_part():
    """One word of a clause in common, be it the place that all speak of, is not what it says."""
    base = "The mill employs a hundred people, more than any other firm in Harrowdale."
    other = "The mill, which employs a hundred people in Harrowdale, is old."
    articles = [_article("a", text=base), _article("b", text=other)]
    one, two = (_sentence(article, text=article.text) for article in articles)
    assert Contents(articles, [one, two]).lacks_detail(one, "b")


@pytest.mark.parametrize(
    ("earlier", "state"), [("Quite other words stood here.", "earlier"), (TEXTS["a"], "absent")]
)
def test_what_came_with_a_later_version_was_not_known_before(earlier, state):
    """An article of noon lacks nothing that another added in the evening."""
    evening = datetime(2024, 1, 1, 18, tzinfo=UTC)
    articles = [_article("a", 9, earlier=earlier, updated=evening), _article("c", 12)]
    claim = _compared(articles, groups=[["a"], ["c"]])
    assert _states(claim)[1] == state


@pytest.mark.parametrize(("likely", "shown"), [(0.6, True), (0.4, False)])
def test_how_likely_is_said_of_the_base(likely, shown):
    """Who tells surely what another reading says is shown only where it likely tells what the base says."""
    articles = [_article("a"), _article("b", 10), _article("c", 11)]
    linked = {("a", "b"): 0.95, ("b", "c"): 0.98, ("a", "c"): likely}
    found = {"a": {"c": likely}, "b": {"c": 0.98}}
    reading = _compared(articles, linked, found=found, groups=[["a", "b"], ["c"]]).readings[2]
    assert reading.state == "possible"
    assert (reading.also != ()) is shown
    assert (reading.probability == likely) is shown


@pytest.mark.parametrize(("word", "other"), [("kilometres", "miles"), ("north", "south")])
def test_another_measure_or_side_is_not_the_same_in_other_words(word, other):
    """Two miles are no two kilometres, and north is not south, in an otherwise equal sentence."""
    base = "The old mill in Harrowdale burned two kilometres north of the harbour wall on Sunday night."
    articles = [_article("a", text=base), _article("b", text=base.replace(word, other))]
    one, two = (_sentence(article, text=article.text) for article in articles)
    (claim,) = claims(Alignment((Link(one.id, two.id, 0.99),), ((one, two),), 0.3, "test"), articles)
    assert _states(claim) == ["base", "part"]


@pytest.mark.parametrize(("probability", "standing"), [(CONTRARY, "some"), (CONTRARY - 0.01, "most")])
def test_what_another_may_deny_is_not_told_by_most(probability, standing):
    """Two say that nobody was hurt, and the third likely says that somebody was."""
    told = "Nobody in the old mill in Harrowdale was hurt by the fire on Sunday."
    denied = "By the fire on Sunday a man in the old mill in Harrowdale was hurt."
    articles = [_article("d", 9, text=told), _article("e", 10, text=told), _article("f", 11, text=denied)]
    linked = {("d", "e"): 0.99, ("d", "f"): probability}
    claim = _compared(articles, linked)
    assert _states(claim) == ["base", "same", "possible"]
    assert claim.standing == standing
