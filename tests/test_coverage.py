"""Whole-story findings: families, order, omissions, terms, headlines, summaries."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import coverage
from compare.model import (
    Article,
    Block,
    Claim,
    Comparison,
    Finding,
    Outlet,
    Place,
    Reading,
    Sentence,
    SentenceKind,
    Story,
    Variant,
)

NOON = datetime(2024, 5, 14, 12, tzinfo=UTC)
SYLLABLES = [
    "ba",
    "dor",
    "kin",
    "lu",
    "mel",
    "no",
    "ras",
    "su",
    "tiv",
    "vo",
    "gar",
    "pel",
    "zin",
    "hod",
    "fro",
]


def article(
    name: str, sentences: list[str], kinds: list[SentenceKind] | None = None, **fields: object
) -> Article:
    """An article of one sentence a paragraph."""
    blocks, place = [], 0
    for index, text in enumerate(sentences):
        kind = kinds[index] if kinds else "body"
        blocks.append(Block("headline" if kind == "headline" else "paragraph", place, place + len(text)))
        place += len(text) + 2
    outlet = fields.pop("outlet", Outlet(name, f"The {name.title()}", name[:2].upper()))
    return Article(name, outlet, "\n\n".join(sentences), tuple(blocks), **fields)  # type: ignore[arg-type]


def cut(made: Article) -> tuple[Sentence, ...]:
    """The sentences of such an article."""
    return tuple(
        Sentence(f"{made.id}/{i:08x}", made.id, i, b.start, b.end, made.text[b.start : b.end],
                 "headline" if b.kind == "headline" else "body", i)
        for i, b in enumerate(made.blocks)
    )  # fmt: skip


def claim(name: str, held: dict[str, list[Sentence]], everyone: list[str], depth: float = 0.5) -> Claim:
    """A claim that some of the articles carry."""
    base = next(a for a in everyone if a in held)
    readings = tuple(
        Reading(a, tuple(held.get(a, ())), "base" if a == base else "reworded" if a in held else "absent",
                depth=depth if a in held else None)
        for a in everyone
    )  # fmt: skip
    heading = all(s.kind != "body" for sentences in held.values() for s in sentences)
    return Claim(name, base, readings, held[base][0].id, heading=heading)


def invented(chance: random.Random, sentences: int, vocabulary: list[str]) -> list[str]:
    """Sentences of invented words."""
    return [
        " ".join(chance.choices(vocabulary, k=chance.randint(8, 24))).capitalize() + "."
        for _ in range(sentences)
    ]


def retouched(chance: random.Random, text: list[str], share: float, vocabulary: list[str]) -> list[str]:
    """A copy: some sentences cut, some moved, a share of its words replaced."""
    kept = [s for s in text if chance.random() > 0.3] or text
    if chance.random() < 0.5:
        chance.shuffle(kept)
    return [
        " ".join(chance.choice(vocabulary) if chance.random() < share else w for w in s.split()) for s in kept
    ]


def test_families_in_a_synthetic_set() -> None:
    """Copies with 10 to 40 % of their words edited are told from independent texts: P and R at least .95."""
    chance = random.Random(7)
    common = ["".join(chance.choices(SYLLABLES, k=2)) for _ in range(40)]
    true = found_true = found = 0
    for _ in range(25):
        # Articles on one event share its vocabulary: a third of their words come from forty.
        words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(160)] + common * 2
        source = invented(chance, 18, words)
        texts = {"source": source, **{f"own{i}": invented(chance, 18, words) for i in range(5)}}
        texts |= {
            f"copy{i}": retouched(chance, source, chance.choice([0.1, 0.2, 0.3, 0.4]), words)
            for i in range(4)
        }
        articles = [article(name, text) for name, text in sorted(texts.items())]
        families = coverage.families(articles, [cut(a) for a in articles])
        expected = {name for name in texts if not name.startswith("own")}
        members = {member for family in families for member in family.members}
        true, found = true + len(expected), found + len(members)
        found_true += len(members & expected) if len(families) == 1 else 0
    assert found_true / found >= 0.95
    assert found_true / true >= 0.95


LEAD = [
    "A cargo ship struck the harbour bridge early on Tuesday and brought down its middle span.",
    "The freighter was leaving the port with a load of timber when its engine failed.",
    "All the drivers were pulled out of the water alive by the crew of the pilot boat.",
    "The barrier that should protect the middle pier had been taken away for repairs in February.",
    "Divers found the keeper of the bridge alive in the flooded control cabin in the afternoon.",
]


def test_a_copy_and_its_original() -> None:
    """Of an agency's text no copy is the original; of each it is told how much it shares."""
    original = article("lamp", LEAD, published=NOON, agency="Corrin News")
    new = "The school on the island stays closed until a ferry can be found, the council wrote."
    copy = article("kite", [LEAD[4], LEAD[0], LEAD[1], new], published=NOON + timedelta(hours=3))
    other = article(
        "oak", ["Fishermen in the old town sold their catch from the quay as if nothing had happened."] * 3
    )
    articles = [copy, original, other]
    (family,) = coverage.families(articles, [cut(a) for a in articles])
    assert (family.members, family.original, family.basis) == (("kite", "lamp"), "lamp", "fullest")
    assert family.agency == "Corrin News"
    (told,) = family.copies
    assert 0.6 < told.shared < 1
    comparison = Comparison(Story("storm", "Storm", tuple(articles)), (), (), families=(family,))
    assert comparison.origins == 2


@pytest.mark.parametrize(
    ("fields", "others", "original", "basis"),
    [
        ({"outlet": Outlet("corrin", "Corrin News", "CN")}, {"agency": "Corrin News"}, "a", "agency"),
        ({"outlet": Outlet("lamp", "The Lamp", "LA")}, {"agency": "The Lamp"}, "a", "agency"),
        ({"published": NOON + timedelta(hours=1)}, {"published": NOON}, "b", "earliest"),
        ({}, {}, "a", "fullest"),
        ({"published": NOON}, {}, "a", "fullest"),
    ],
)
def test_which_is_the_original(
    fields: dict[str, object], others: dict[str, object], original: str, basis: str
) -> None:
    """The agency's own text, then the earliest where all are dated, then the fullest."""
    articles = [article("a", LEAD, **fields), article("b", LEAD[:4], **others)]
    (family,) = coverage.families(articles, [cut(a) for a in articles])
    assert (family.original, family.basis) == (original, basis)


@pytest.mark.parametrize(
    ("head", "tail", "agency"),
    [
        ("SKERROW (Corrin) - ", "", "Corrin"),
        ("PORT SKERROW, May 14 (Corrin News) — ", "", "Corrin News"),
        ("Skerrow (Corrin) – ", "", "Corrin"),
        ("", "(Corrin)", "Corrin"),
        ("", "— Corrin News", "Corrin News"),
        ("The Skerrow Harbour Office (SHO) - the keeper of the quay - was asleep. ", "", None),
        ("Harbour Office (HO) - ", "", None),
        ("Mayor Ode Falk (Liberal) saw it. ", "", None),
        ("The ferry came from Skerrow (Norland). ", "The crew went home (by boat).", None),
        ("", "Nobody was hurt - Corrin said so", None),
    ],
)
def test_a_credit_line_names_the_agency(head: str, tail: str, agency: str | None) -> None:
    """A dateline or a line of its own at the end names the agency; a bracket elsewhere names none."""
    credited = [f"{head}{LEAD[0]}", *LEAD[1:], *([tail] if tail else [])]
    articles = [article("a", credited), article("b", LEAD)]
    (family,) = coverage.families(articles, [cut(a) for a in articles])
    assert family.agency == agency


def test_one_quotation_makes_no_family() -> None:
    """Independent articles that quote the same words copy nothing."""
    said = (
        "“We will rebuild this bridge, whatever it costs, and learn why nobody protected the pier,” she said."
    )
    one = article(
        "a", [said, "Fishermen sold their catch from the quay on Monday as if nothing at all had happened."]
    )
    two = article(
        "b", [said, "The school on the island stays closed until the council has found a bigger ferry."]
    )
    assert coverage.families([one, two], [cut(one), cut(two)]) == ()


@given(
    st.lists(
        st.lists(st.sampled_from([*LEAD, "Short.", "“Quoted words only.”", "東京", ""]), max_size=6),
        max_size=4,
    )
)
def test_families_of_any_texts(texts: list[list[str]]) -> None:
    """No set of texts makes it fail; an article is in one family at most; the order changes nothing."""
    articles = [article(f"a{i}", [s for s in text if s]) for i, text in enumerate(texts)]
    families = coverage.families(articles, [cut(a) for a in articles])
    members = [member for family in families for member in family.members]
    assert len(members) == len(set(members))
    turned = articles[::-1]
    assert {f.members for f in coverage.families(turned, [cut(a) for a in turned])} == {
        f.members for f in families
    }


def test_order_follows_the_majority() -> None:
    """What most articles tell first comes first, whatever order the claims are given in."""
    texts = {
        name: cut(article(name, ["One thing.", "Another thing.", "A third thing."]))
        for name in ("a", "b", "c")
    }
    places = {"x": {"a": 0, "b": 0, "c": 1}, "y": {"a": 1, "b": 1, "c": 0}, "z": {"a": 2, "b": 2, "c": 2}}
    claims = [
        Claim(
            name,
            "a",
            tuple(
                Reading(a, (texts[a][i],), "base" if a == "a" else "same", depth=i / 3) for a, i in at.items()
            ),
        )
        for name, at in places.items()
    ]
    for given_order in (claims, claims[::-1], [claims[1], claims[2], claims[0]]):
        assert [c.id for c in coverage.order(given_order)] == ["x", "y", "z"]


def test_terms_are_counted_over_the_story() -> None:
    """A choice found once is counted wherever its articles use the words; choices with a common word join."""
    lamp = article("lamp", ["The collision happened at dawn.", "Nobody saw the collision."])
    kite = article("kite", ["The disaster happened at dawn.", "It was a quiet night."])
    oak = article("oak", ["The accident happened at dawn."])
    articles = {a.id: a for a in (kite, lamp, oak)}
    sentences = {a.id: cut(a) for a in articles.values()}

    def variant(name: str, word: str) -> Variant:
        start = articles[name].text.index(word)
        return Variant(word, (Place(name, sentences[name][0].id, start, start + len(word), word),))

    found = [
        Finding(
            "choice",
            "words",
            "choice.words",
            False,
            (variant("lamp", "collision"), variant("kite", "disaster")),
        ),
        Finding(
            "choice",
            "words",
            "choice.words",
            False,
            (variant("lamp", "collision"), variant("oak", "accident")),
        ),
    ]
    first = claim("c1", {name: [s[0]] for name, s in sentences.items()}, list(articles))
    rest = [
        claim(f"r{s.id}", {s.article: [s]}, list(articles))
        for name in ("kite", "lamp")
        for s in sentences[name][1:]
    ]
    first = Claim(first.id, first.base, first.readings, first.core, findings=tuple(found))
    (term,) = coverage.terms([first, *rest], articles)
    assert [(v.value, len(v.places)) for v in term.variants] == [
        ("collision", 2),
        ("accident", 1),
        ("disaster", 1),
    ]
    assert term.claims == ("c1",)
    for v in term.variants:
        assert all(articles[p.article].text[p.start : p.end] == p.text for p in v.places)


def test_summaries() -> None:
    """Words, sentences, claims told, claims of its own, claims that it lacks."""
    kinds: list[SentenceKind] = ["headline", "body", "body"]
    lamp = article("lamp", ["Ship brings down bridge", LEAD[0], LEAD[1]], kinds)
    kite = article("kite", LEAD[:1], published=NOON)
    oak = article("oak", LEAD[:2], published=NOON)
    sentences = [cut(a) for a in (kite, lamp, oak)]
    everyone = ["kite", "lamp", "oak"]
    claims = [
        claim("h", {"lamp": [sentences[1][0]]}, everyone),
        claim(
            "one", {"kite": [sentences[0][0]], "lamp": [sentences[1][1]], "oak": [sentences[2][0]]}, everyone
        ),
        claim("two", {"lamp": [sentences[1][2]], "oak": [sentences[2][1]]}, everyone),
    ]
    claims = [coverage.with_standing(claim) for claim in claims]
    told = coverage.summaries([kite, lamp, oak], sentences, claims, ())
    assert [(s.article, s.words, s.sentences, s.claims, s.unique, s.absent) for s in told] == [
        ("kite", 16, 1, 1, 0, 1),
        ("lamp", 31, 2, 2, 0, 0),
        ("oak", 31, 2, 2, 0, 0),
    ]
