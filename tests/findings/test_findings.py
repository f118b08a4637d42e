"""What holds for the findings of any text, and for the tables that explain them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from told import FOLDER, article, cases, claim, examined, told

from compare import text
from compare.findings import KINDS
from compare.model import Article, Claim, Link, Reading
from compare.pages.rules import PATTERNS, RULES
from compare.text.segment import split

NAMES = ("number", "date", "name", "negation", "choice")
WHOLE = ("quotation",)  # looked for over the whole story
MARKS = "“ ” \" ‘ ’ ' « » „ [ ] ( … ... .\u0020 ,\u0020 \u00a0 - / % $"
WORDS = """47 1.000,50 12/21 03/04/2022 ٨٤ 4.40am 2024-05-21 21. half two million a dozen not never
    may May Tuesday yesterday said claimed Reuters unnamed sources Sen. Vicente Fox Kiev the
    collision happened don't f*** السوق مارس لم ação 東京 İI"""
ODD = st.lists(st.sampled_from([*MARKS.split(" "), *WORDS.split()]), max_size=30).map(" ".join)


def of(
    texts: list[str], language: str = "en", published: str | None = None
) -> tuple[Claim, Mapping[str, Article]]:
    """A claim of one reading an article, whatever the texts."""
    articles = {f"a{i}": article(f"a{i}", [text], language, published) for i, text in enumerate(texts)}
    readings = tuple(
        Reading(name, split(made), "reworded" if i else "base")
        for i, (name, made) in enumerate(articles.items())
    )
    return Claim("00000000", "a0", readings), articles


@given(
    st.lists(ODD | st.text(max_size=60), min_size=1, max_size=3),
    st.sampled_from(["en", "es", "tr", "ar", "xx", "en-GB"]),
)
def test_any_text(texts: list[str], language: str) -> None:
    """No text makes a rule fail, every span is true, every finding is explained."""
    made, articles = of([text for text in texts if text.strip()] or ["x"], language)
    found = examined(made, articles)
    told(found, articles)
    for finding in found:
        assert finding.rule in RULES
        assert (finding.kind, finding.relation) in PATTERNS


@given(ODD)
def test_the_same_text_differs_in_nothing(text: str) -> None:
    """Two articles with one text have no finding that needs two sides."""
    made, articles = of([text or "x", text or "x"])
    assert [f for f in examined(made, articles) if len(f.variants) > 1] == []


@pytest.mark.parametrize("kind", [*NAMES, *WHOLE])
def test_the_order_of_articles_changes_no_value(kind: str) -> None:
    """With the readings turned round the same values are found."""
    for _, language, readings, _ in cases(kind):
        made, articles = claim(readings, language)
        turned, others = claim("\n".join(reversed(readings.splitlines())), language)
        values = [{(f.relation, frozenset(v.value for v in f.variants)) for f in examined(*pair)}
                  for pair in ((made, articles), (turned, others))]  # fmt: skip
        assert len(values[0]) == len(values[1])


def test_every_kind_has_its_cases() -> None:
    """Each rule file has a case file, with cases that must find nothing."""
    assert tuple(KINDS) == NAMES
    for kind in (*NAMES, *WHOLE):
        silent = [case for case in cases(kind) if not case[3]]
        assert len(silent) >= 3, kind
    assert {path.stem for path in FOLDER.glob("*.md")} == {*NAMES, *WHOLE}


def test_every_relation_of_the_cases_is_explained() -> None:
    """Rules and sentence patterns cover each relation that any case names."""
    for kind in (*NAMES, *WHOLE):
        for _, _, _, expected in cases(kind):
            for relation in re.findall(r"^([\w -]+)!?: ", expected, re.MULTILINE):
                assert f"{kind}.{relation.replace(' ', '-')}" in RULES
                assert "{a}" in PATTERNS[kind, relation]


def test_rules_are_plain_sentences() -> None:
    """Each rule is one or more sentences, and each pattern has a rule."""
    assert all(text.endswith(".") and text[0].isupper() for text in RULES.values())
    assert {f"{kind}.{relation.replace(' ', '-')}" for kind, relation in PATTERNS} == set(RULES)


def test_disputed_findings_come_first() -> None:
    """Severity: disputed ones, then in the order of the kinds."""
    made, articles = claim(
        "lamp: The rebels in the harbour of Orlan were not hurt on Tuesday, the mayor of Kells said.\n"
        "kite: The militants in the harbour of Orlan were hurt on Tuesday, the mayor of Kells said.",
        "en",
    )
    found = examined(made, articles)
    assert [(f.kind, f.disputed) for f in found] == [("negation", True), ("choice", False)]


def test_a_long_claim_is_examined_in_full() -> None:
    """Fifty outlets give one finding with two values, not one for each pair."""
    texts = [
        f"The fire in the harbour hall of Orlan killed {12 + 3 * (i % 2)} people at dawn." for i in range(50)
    ]
    made, articles = of(texts)
    found = examined(made, articles)
    assert [(f.kind, f.relation, len(f.variants)) for f in found] == [("number", "conflict", 2)]
    assert sum(len(v.places) for v in found[0].variants) == 50


@pytest.mark.parametrize(
    "piece",
    [
        "“",
        '"',
        "a ",
        "1",
        "1,",
        "1 ",
        "'a ",
        "not a ",
        "Aa ",
        "12/",
        "May ",
        "said ",
        "“a b c d e” ",
        "12 ships not sunk in May 1931, said Tarn Alder, ",
    ],
)
def test_hostile_repetition(piece: str) -> None:
    """Long repetitions end in time to be told about."""
    made, articles = of([piece * 4000 + "x", piece * 3999 + "y z"])
    told(examined(made, articles), articles)


def test_a_quotation_of_a_whole_article() -> None:
    """A text that is one quotation from beginning to end is compared like any other."""
    syllables = ["ba", "do", "ki", "lu", "me", "no", "ra", "su", "ti", "vo"]
    made_up = [x + y + z for x in syllables for y in syllables for z in syllables]
    said = " ".join(f"The {' '.join(made_up[i : i + 8])} came.".capitalize() for i in range(0, 960, 8))
    made, articles = of([f"“{said}”", f"“{said.replace(made_up[403], 'harbour')}”"])
    found = [f for f in examined(made, articles) if f.kind == "quotation"]
    assert [(f.relation, f.variants[0].value.split()[1]) for f in found] == [("altered", made_up[403])]


def test_rules_are_data_that_pages_can_read() -> None:
    """The lexicon is a file of the package."""
    assert (Path(text.__file__).parent / "lexicon.toml").is_file()


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "The bridge cost 1.000,50 crowns a day.", "The bridge cost 1,000.50 crowns a day."),
        ("en", "The bridge cost 1 000 crowns a day.", "The bridge cost 1,000 crowns a day."),
        ("de", "Die Brücke kostet 1.000 Kronen am Tag.", "Die Brücke kostet 1,000 Kronen am Tag."),
        ("fr", "Le pont coûte 1 000 couronnes par jour.", "Le pont coûte 1.000 couronnes par jour."),
        ("en", "The vote of 12/21 was repeated in Kells.", "The vote of 21/12 was repeated in Kells."),
        ("en", "The council met on 03/04/2022 in Kells.", "The council met on 04/03/2022 in Kells."),
        ("en", "The council met on 03/04/2022 in Kells.", "The council met on 5 June 2022 in Kells."),
        ("en", "The council of Kells met yesterday at dawn.", "The council of Kells met on Friday at dawn."),
        ("en", "The '60s' songs weren't the owners' choice.", "The '70s' songs weren't the owners' choice."),
        ("en", "“The bridge “of Kells\" is ‘shut, she said.", "\"The bridge ”of Kells“ is shut’, she said."),
        ("ar", "قتل 12 شخصا في انهيار جسر الميناء.", "قتل ١٢ شخصا في انهيار جسر الميناء."),
    ],
)  # fmt: skip
def test_bad_input_disputes_nothing(language: str, first: str, second: str) -> None:
    """Separators of two countries, ambiguous dates, stray marks, no publication date: no dispute."""
    made, articles = of([first, second], language)
    assert [f for f in examined(made, articles) if f.disputed] == []


@pytest.mark.parametrize("linked", [True, False])
def test_a_sentence_of_another_claim_is_examined_through_its_link(linked: bool) -> None:
    """A sentence that tells a part of a claim is compared through a link of one half or more."""
    first = article("a0", ["The landslide above Vantor killed 27 people and buried the road."], "en", None)
    texts = "The road above Vantor is buried. The landslide above Vantor killed 72 people on the road."
    second = article("a1", [texts], "en", None)
    (one,), (two, three) = split(first), split(second)
    readings = (Reading("a0", (one,), "base"), Reading("a1", (two,), "reworded", also=(three,)))
    links = (Link(one.id, two.id, 0.9), Link(one.id, three.id, 0.6 if linked else 0.4))
    made = Claim("00000000", "a0", readings, one.id, links)
    found = examined(made, {"a0": first, "a1": second})
    values = [{variant.value for variant in finding.variants} for finding in found if finding.disputed]
    assert values == ([{"27", "72"}] if linked else [])


@pytest.mark.parametrize(("probability", "compared"), [(0.9, True), (0.6, False)])
def test_sums_of_money_are_compared_through_a_surer_link(probability: float, compared: bool) -> None:
    """A story tells of many sums, and what two sentences say of one cup is not one of them."""
    made, articles = of(
        [f"The cup of Orlan is insured for {n} million crowns, a clerk said." for n in (4, 5)]
    )
    x, y = (reading.sentences[0].id for reading in made.readings)
    linked = replace(made, links=(Link(*sorted((x, y)), probability),))
    assert bool(examined(linked, articles)) == compared


@pytest.mark.parametrize("published", ["0001-01-01T08:00+00:00", "9999-12-31T08:00+00:00"])
@pytest.mark.parametrize("day", ["yesterday", "tomorrow", "31 December", "1 January"])
def test_the_first_and_the_last_day(published: str, day: str) -> None:
    """A day that no calendar has is not known, and nothing fails on it."""
    texts = [f"The ferry strike in Ardley ends {when}, said the union." for when in (day, "on 5 May")]
    made, articles = of(texts, published=published)
    told(examined(made, articles), articles)


def test_who_says_the_same_word_for_word_is_on_the_same_side() -> None:
    """Though no link joins the two; the same number of other things, or both in one text, is neither."""
    texts = [
        "The strike at Skerrow harbour cost 48 million crowns, the owners said on Monday.",
        "The strike at Skerrow harbour cost 84 million crowns, the owners said on Monday.",
        "In all 48 million crowns were lost, a clerk reckoned.",
        "In all 48 million people saw it on the screen.",
        "Was it 48 million crowns or 84 million crowns?",
    ]
    made, articles = of(texts)
    one, two = (reading.sentences[0].id for reading in made.readings[:2])
    (found,) = examined(replace(made, links=(Link(one, two, 0.9),)), articles)
    sides = [[place.article for place in variant.places] for variant in found.variants]
    assert sides == [["a0", "a2"], ["a1"]]
