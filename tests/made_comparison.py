"""Comparisons made by hand, so that pages are tested without the aligner: a table of claims by outlets."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from msgspec.structs import replace

from compare.align.claims.states import against
from compare.coverage import agencies, with_standing
from compare.model import (
    Article,
    ArticleSummary,
    Block,
    Claim,
    Comparison,
    Copy,
    Evidence,
    Family,
    Finding,
    Link,
    Nearest,
    Outlet,
    Place,
    Reading,
    Sentence,
    Story,
    Term,
    Variant,
)

Table = Sequence[Sequence[str | None]]

NAMES = ("Northern Wire", "Harbour Post", "Meridian Times", "المرفأ")
SIGNS = ("NW", "HP", "MT", "MRF")

# One row a claim; what an outlet has for it, or nothing. The fourth outlet writes from right to left.
TABLE: Table = (
    ("The bridge at Skerrow fell on Tuesday.", "The bridge at Skerrow fell on Tuesday.",
     "On Tuesday the Skerrow bridge collapsed.", "انهار جسر سكيرو يوم الثلاثاء."),
    ("Eleven people were hurt, police said.", "Twelve people were hurt, police said.",
     "Police said that eleven people were hurt.", None),
    ("“We will rebuild this bridge,” said the mayor.", None,
     "“We will repair this bridge,” said the mayor.", "قال العمدة: «سنعيد بناء هذا الجسر»."),
    ("The ship had left the port at four.", "The ship had left port at four o’clock.", None, None),
    (None, "A bakery van was pulled from the water.", "A bakery van was pulled out of the water.", None),
    ("It was built in 1931 & repaired twice.", "It was built in 1931 & repaired twice.", None, None),
    (None, None, "Fog lay over the harbour that night.", None),
    (None, None, None, "شكر الأهالي فرق الإنقاذ."),
    ("The harbour master called it an accident.", None, "The harbour master called it a disaster.", None),
    (None, "Ferries will carry passengers from Monday.", None, None),
    ("An inquiry begins next week.", "An inquiry begins next week.", "An inquiry begins next week.", None),
    ("The company did not answer questions.", None, None, "لم تجب الشركة عن الأسئلة."),
)  # fmt: skip


def outlets(count: int) -> list[Outlet]:
    """The four named ones, and as many more as asked for."""
    named = [
        Outlet(f"outlet-{n}", NAMES[n], SIGNS[n], f"https://outlet-{n}.example", invented=n != 1)
        for n in range(min(count, 4))
    ]
    more = [Outlet(f"outlet-{n}", f"Outlet Number {n}", f"O{n}") for n in range(4, count)]
    return named + more


def compared(
    table: Table = TABLE, *, titles: Sequence[str | None] = (), story: Mapping[str, object] | None = None
) -> Comparison:
    """A comparison of a table, with families, terms and findings where its words have them.

    Args:
        table: One row a claim.
        titles: Headlines of the first articles.
        story: Fields of the story that differ.
    """
    count = len(table[0])
    made = [
        _article(outlet, n, table, titles[n] if n < len(titles) else None)
        for n, outlet in enumerate(outlets(count))
    ]
    articles = tuple(article for article, _ in made)
    claims = tuple(_claim(row, number, made) for number, row in enumerate(table))
    headlines = tuple(_headline(made, n) for n, (article, _) in enumerate(made) if article.title)
    fields = {
        "date": date(2024, 5, 14),
        "tags": ("bridge", "harbour"),
        "introduction": "An *invented* story.",
        **(story or {}),
    }
    told = Story(id="skerrow", title="A bridge falls at Skerrow", articles=articles)
    return Comparison(
        story=replace(told, **fields),
        sentences=tuple(tuple(sentences.values()) for _, sentences in made),
        claims=headlines + claims,
        agencies=agencies(articles),
        summaries=tuple(_summary(article, claims) for article in articles),
        signature="made by hand",
    )


def with_extras(comparison: Comparison) -> Comparison:
    """The same with a disputed number, a quotation, a term, a family and unlike headlines."""
    claims = list(comparison.claims)
    at = {claim.base_reading.text: n for n, claim in enumerate(claims)}
    number = at["Eleven people were hurt, police said."]
    claims[number] = replace(
        claims[number],
        findings=(finding(claims[number], ("Eleven", "Twelve"), "number", "conflict", True),),
        standing="disputed",
    )
    quotation = at["“We will rebuild this bridge,” said the mayor."]
    claims[quotation] = replace(
        claims[quotation],
        findings=(finding(claims[quotation], ("rebuild", "repair"), "quotation", "altered", True),),
        standing="disputed",
    )
    term = finding(
        claims[at["The harbour master called it an accident."]],
        ("an accident", "a disaster"),
        "choice",
        "words",
        False,
    )
    ids = tuple(article.id for article in comparison.story.articles)
    family = Family("58cdcfc4", ids[:2], ids[0], "earliest", "Corrin News", 0.8, (Copy(ids[1], 0.8),))
    terms = (Term(term.variants, (claims[0].id,)),)
    claims = [with_standing(claim, (family,)) for claim in claims]
    return replace(
        comparison,
        claims=tuple(claims),
        families=(family,),
        terms=terms,
        summaries=tuple(
            _summary(article, [c for c in claims if not c.heading]) for article in comparison.story.articles
        ),
    )


def finding(claim: Claim, words: Sequence[str], kind: str, relation: str, disputed: bool) -> Finding:
    """Each word as one side, with every reading that has it."""
    variants = []
    for word in words:
        places = [
            Place(
                r.article, s.id, s.start + s.text.index(word), s.start + s.text.index(word) + len(word), word
            )
            for r in claim.carried
            for s in r.sentences
            if word in s.text
        ]
        variants.append(Variant(word, tuple(places)))
    return Finding(
        kind, relation, f"{kind}.{relation}", disputed, tuple(variants), "Told by " + ", ".join(words)
    )


def _article(
    outlet: Outlet, number: int, table: Table, title: str | None
) -> tuple[Article, dict[int, Sentence]]:
    texts = ([(-1, title)] if title else []) + [
        (n, row[number]) for n, row in enumerate(table) if row[number]
    ]
    text, blocks, sentences = "", [], {}
    name = outlet.id
    for index, (row, words) in enumerate(texts):
        kind = "headline" if row < 0 else "paragraph"
        text += "\n\n" if text else ""
        start = len(text)
        text += words or ""
        blocks.append(Block(kind, start, len(text)))
        identity = f"{name}/{sha256((words or '').encode()).hexdigest()[:8]}"
        if any(identity == other.id for other in sentences.values()):
            identity += f"-{index}"
        sentence_kind = "headline" if row < 0 else "body"
        sentences[row] = Sentence(identity, name, index, start, len(text), words or "", sentence_kind, index)
    language = "ar" if number == 3 else "en"
    published = datetime(2024, 5, 14, 7, 20, tzinfo=UTC) + timedelta(hours=number)
    url = f"https://{name}.example/skerrow"
    made = Article(
        name,
        outlet,
        text,
        tuple(blocks),
        language,
        title,
        url,
        published,
        source=f"sources/skerrow/{name}.md",
    )
    return made, sentences


def _claim(
    row: Sequence[str | None], number: int, made: Sequence[tuple[Article, dict[int, Sentence]]]
) -> Claim:
    carriers = [n for n, words in enumerate(row) if words]
    base = made[carriers[0]][1][number]
    first = _reading(made[carriers[0]], number, None)
    readings = tuple(first if n == carriers[0] else _reading(made[n], number, first) for n in range(len(row)))
    others = [made[n][1][number].id for n in carriers[1:]]
    evidence = (Evidence("shared words", 1.2), Evidence("numbers", 0.4))
    links = tuple(Link(*sorted((base.id, other)), 0.93, evidence) for other in others)
    identity = sha256(base.id.encode()).hexdigest()[:8]
    return with_standing(Claim(identity, base.article, readings, base.id, links))


def _reading(made: tuple[Article, dict[int, Sentence]], row: int, base: Reading | None) -> Reading:
    article, sentences = made
    if row not in sentences:
        nearest = Nearest(next(iter(sentences.values())).id, 0.21) if sentences else None
        return Reading(article.id, (), "absent", probability=0.95, nearest=nearest)
    own = sentences[row]
    depth = round(own.start / max(1, len(article.text)), 4)
    if base is None:
        return Reading(article.id, (own,), "base", (), 1.0, depth)
    return against(Reading(article.id, (own,), "reworded", (), 0.93, depth), base)


def _headline(made: Sequence[tuple[Article, dict[int, Sentence]]], number: int) -> Claim:
    own = made[number][1][-1]
    readings = tuple(
        Reading(article.id, (own,), "base", (), 1.0, 0.0)
        if n == number
        else Reading(article.id, (), "absent", probability=0.9)
        for n, (article, _) in enumerate(made)
    )
    return Claim(sha256(own.id.encode()).hexdigest()[:8], own.article, readings, own.id, heading=True)


def _summary(article: Article, claims: Sequence[Claim]) -> ArticleSummary:
    own = [claim for claim in claims if article.id in claim.tellers]
    alone = [claim for claim in own if claim.standing == "only"]
    lacking = [claim for claim in claims if article.id in claim.lacking]
    return ArticleSummary(
        article.id, len(article.text.split()), len(own), len(own), 0, len(alone), len(lacking)
    )
