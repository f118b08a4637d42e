"""The published form of a comparison, ``comparison.json``: nothing in it is said twice.

A sentence stands once, as a span of its article's text, and is referred to by its id; an edit is told by
how many characters of both texts it covers. What has its usual value is not written. ``FORMAT`` counts up
whenever a reader of an older form could misread a newer one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from inspect import cleandoc
from sys import intern
from typing import Annotated, cast

import msgspec
from msgspec import Meta
from msgspec.structs import fields, replace

from compare import model
from compare.site.fields import moment

FORMAT = 3
Probability = Annotated[float, Meta(ge=0, le=1)]


class SentenceSpan(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A sentence: ``text[start:end]`` of its article, in Unicode code points.

    Attributes:
        id: ``<article id>/<8 hex digits of the normalised text>``, with ``-2``, ``-3`` … for a repetition.
        start: Offset of the first character.
        end: Offset past the last character; equal to ``start`` where rights withhold the sentence.
        block: Index into the article's blocks.
        kind: ``body``, or the headline or a heading, which state no claim of their own.
    """

    id: str
    start: int
    end: int
    block: int = 0
    kind: model.SentenceKind = "body"


class Edit(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """``[op, old, new]``: so many characters of the base reading's text become so many of this one's."""

    op: model.EditOp
    old: int
    new: int


class Link(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Two sentences that state a common claim; ``evidence`` is feature → what it added to the log-odds."""

    x: str
    y: str
    probability: Probability
    evidence: dict[str, float] = {}
    decided_by: model.Decider = "model"


class Reading(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What one article has for a claim; the fields are those of ``compare.model.Reading``.

    ``sentences`` and ``also`` are ids, ``nearest`` is [id, probability], ``common`` holds [start, end] in the
    reading's text (its body sentences joined by one space). A base's ``probability`` is 1 and not written.
    """

    article: str
    state: model.State
    probability: Probability = 0.0
    sentences: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    depth: float | None = None
    nearest: tuple[str, float] | None = None
    edits: tuple[Edit, ...] = ()
    common: tuple[tuple[int, int], ...] = ()
    doubt: model.Doubt = ""


class Claim(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A claim with a reading for each article; the fields are those of ``compare.model.Claim``.

    The article before the slash of ``core`` is the one whose reading has the state ``base``.
    """

    id: str
    core: str
    readings: tuple[Reading, ...]
    links: tuple[Link, ...] = ()
    findings: tuple[model.Finding, ...] = ()
    standing: model.Standing = "some"
    lacking: tuple[str, ...] = ()
    heading: bool = False
    corrected: bool = False
    contested: bool = False


class Comparison(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Everything found for one story; ``sentences`` has a list for each article, in the order of its text."""

    story: model.Story
    sentences: tuple[tuple[SentenceSpan, ...], ...]
    claims: tuple[Claim, ...]
    threshold: Probability
    signature: str
    format: int = 0
    families: tuple[model.Family, ...] = ()
    terms: tuple[model.Term, ...] = ()
    agencies: tuple[model.Agency, ...] = ()
    summaries: tuple[model.ArticleSummary, ...] = ()


def written(comparison: model.Comparison) -> bytes:
    """The comparison as UTF-8 JSON, in the form of ``comparison.schema.json``."""
    return msgspec.json.encode(_outward(comparison), enc_hook=_told) + b"\n"


def read(content: bytes) -> model.Comparison:
    """The comparison that was written as that JSON.

    Raises:
        ValueError: It is of another form.
    """
    try:
        told = msgspec.json.decode(content, type=Comparison, dec_hook=_understood)
        if told.format != FORMAT:
            raise ValueError(f"the comparison is of format {told.format}, not {FORMAT}")
        return _inward(told)
    except (msgspec.MsgspecError, KeyError, IndexError) as error:
        raise ValueError(str(error)) from error


def schema() -> bytes:
    """The JSON Schema (2020-12) of ``comparison.json``."""
    described = msgspec.json.schema(Comparison, schema_hook=_described)
    for each in described["$defs"].values():
        if "description" in each:
            each["description"] = cleandoc(each["description"])
    for name in ("published", "updated"):  # a moment that has a time zone, or a day
        forms = [{"type": "string", "format": each} for each in ("date-time", "date")]
        described["$defs"]["Article"]["properties"][name]["anyOf"] = [*forms, {"type": "null"}]
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A Crossread comparison, format {FORMAT}",
        **described,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


# By msgspec's contract a hook raises NotImplementedError for what is not its own.
def _told(value: object) -> str:
    """A day without its time, which is no type of JSON's."""
    if isinstance(value, model.WholeDay):
        return value.isoformat()
    raise NotImplementedError


def _understood(kind: type, value: object) -> datetime:
    if kind is not model.Moment:
        raise NotImplementedError
    return moment(value)


def _described(kind: type) -> dict[str, object]:
    if kind is not model.Moment:
        raise NotImplementedError
    return {"type": "string"}


def _outward(comparison: model.Comparison) -> Comparison:
    """The form that is written.

    msgspec leaves out a value that is the very object of its default: a text that came from another process
    is equal and not the same, so each is taken from Python's table of interned texts.
    """
    return Comparison(
        story=cast(model.Story, _sparse(comparison.story)),
        sentences=tuple([tuple(map(_span, own)) for own in comparison.sentences]),
        claims=tuple(map(_claim_outward, comparison.claims)),
        threshold=comparison.threshold,
        signature=comparison.signature,
        format=FORMAT,
        families=comparison.families,
        terms=comparison.terms,
        agencies=comparison.agencies,
        summaries=comparison.summaries,
    )


def _sparse(value: object) -> object:
    """Nouns of the model as mappings, without what has its usual value."""
    if isinstance(value, tuple):
        return list(map(_sparse, value))
    if not isinstance(value, msgspec.Struct):
        return value
    usual = _usual(type(value))
    return {name: _sparse(each) for name, default in usual if (each := getattr(value, name)) != default}


@cache
def _usual(kind: type[msgspec.Struct]) -> tuple[tuple[str, object], ...]:
    """A noun's fields with their usual values; msgspec's mark of one that has none is no value."""
    return tuple([(field.name, field.default) for field in fields(kind)])


def _span(s: model.Sentence) -> SentenceSpan:
    return SentenceSpan(s.id, s.start, s.end, s.block, cast(model.SentenceKind, intern(s.kind)))


def _claim_outward(claim: model.Claim) -> Claim:
    return Claim(
        id=claim.id,
        core=claim.core,
        readings=tuple(map(_reading_outward, claim.readings)),
        links=tuple(map(_link_outward, claim.links)),
        findings=claim.findings,
        standing=cast(model.Standing, intern(claim.standing)),
        lacking=claim.lacking,
        heading=claim.heading,
        corrected=claim.corrected,
        contested=claim.contested,
    )


def _reading_outward(reading: model.Reading) -> Reading:
    return Reading(
        article=reading.article,
        state=reading.state,
        probability=reading.probability if reading.state != "base" else 0.0,
        sentences=tuple([sentence.id for sentence in reading.sentences]),
        also=tuple([sentence.id for sentence in reading.also]),
        depth=reading.depth,
        nearest=(reading.nearest.sentence, reading.nearest.probability) if reading.nearest else None,
        edits=tuple([Edit(edit.op, len(edit.old), len(edit.new)) for edit in reading.edits]),
        common=reading.common,
        doubt=reading.doubt,
    )


def _link_outward(link: model.Link) -> Link:
    evidence = {each.feature: each.weight for each in link.evidence}
    return Link(link.x, link.y, link.probability, evidence, cast(model.Decider, intern(link.decided_by)))


def _inward(told: Comparison) -> model.Comparison:
    pairs = zip(told.story.articles, told.sentences, strict=True)
    sentences = tuple([_sentences(article, spans) for article, spans in pairs])
    named = {sentence.id: sentence for own in sentences for sentence in own}
    return model.Comparison(
        story=told.story,
        sentences=sentences,
        claims=tuple([_claim_inward(claim, named) for claim in told.claims]),
        families=told.families,
        terms=told.terms,
        agencies=told.agencies,
        summaries=told.summaries,
        threshold=told.threshold,
        signature=told.signature,
    )


def _sentences(article: model.Article, spans: Sequence[SentenceSpan]) -> tuple[model.Sentence, ...]:
    text = article.text
    return tuple(
        [
            model.Sentence(s.id, article.id, index, s.start, s.end, text[s.start : s.end], s.kind, s.block)
            for index, s in enumerate(spans)
        ]
    )


def _claim_inward(claim: Claim, named: Mapping[str, model.Sentence]) -> model.Claim:
    readings = [_reading_inward(reading, named) for reading in claim.readings]
    base = next((reading.text for reading in readings if reading.state == "base"), "")
    edited = [
        replace(r, edits=_edits(base, r.text, told.edits)) if told.edits else r
        for r, told in zip(readings, claim.readings, strict=True)
    ]
    return model.Claim(
        id=claim.id,
        base=claim.core.rpartition("/")[0],
        readings=tuple(edited),
        core=claim.core,
        links=tuple(map(_link_inward, claim.links)),
        findings=claim.findings,
        standing=claim.standing,
        lacking=claim.lacking,
        heading=claim.heading,
        corrected=claim.corrected,
        contested=claim.contested,
    )


def _reading_inward(reading: Reading, named: Mapping[str, model.Sentence]) -> model.Reading:
    return model.Reading(
        article=reading.article,
        sentences=tuple([named[name] for name in reading.sentences]),
        state=reading.state,
        probability=reading.probability if reading.state != "base" else 1.0,
        depth=reading.depth,
        nearest=model.Nearest(*reading.nearest) if reading.nearest else None,
        also=tuple([named[name] for name in reading.also]),
        common=reading.common,
        doubt=reading.doubt,
    )


def _edits(old: str, new: str, told: Sequence[Edit]) -> tuple[model.Edit, ...]:
    """The edits with their words."""
    edits = []
    before = after = 0
    for edit in told:
        pieces = old[before : before + edit.old], new[after : after + edit.new]
        edits.append(model.Edit(edit.op, *pieces))
        before, after = before + edit.old, after + edit.new
    return tuple(edits)


def _link_inward(link: Link) -> model.Link:
    evidence = tuple([model.Evidence(name, weight) for name, weight in link.evidence.items()])
    return model.Link(link.x, link.y, link.probability, evidence, link.decided_by)
