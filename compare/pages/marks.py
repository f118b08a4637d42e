"""A reading's text as HTML: word-level edits and the spans of findings, every character escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup

from compare.model import Claim, Edit, Reading, Sentence
from compare.pages.escaping import escaped, html

Span = tuple[int, int, str]  # start and end in the reading's text, and a class, one of:
_KINDS = ("dispute", "notice", "shared")


def reading_html(reading: Reading, claim: Claim, told: Sequence[Sentence]) -> Markup:
    """A reading as it is printed.

    Of a near copy the words that differ are marked. Any other text stands whole: what it shares with the
    base is marked softly. Sentences that do not follow one another are parted by an ellipsis.

    Args:
        reading: With text that may be shown.
        claim: The claim that it belongs to.
        told: Its sentences that are shown.
    """
    spans = reading_spans(reading, claim)
    if reading.edits:
        return with_edits(reading.edits, spans)
    marked = [(start, end, "shared") for start, end in reading.common]
    if spans:
        marked = _without_overlap([*spans, *marked], len(reading.text))
    pieces = [_spanned(told[0].text, marked, 0)]
    at = 0
    for last, sentence in pairwise(told):
        at += len(last.text) + 1
        pieces += [
            " " if sentence.index == last.index + 1 else ' <i class="apart">[…]</i> ',
            _spanned(sentence.text, marked, at),
        ]
    return html("".join(pieces).strip())


def reading_spans(reading: Reading, claim: Claim) -> list[Span]:
    """Where the claim's findings stand in the text of a reading, in order and without overlap.

    A disputed finding's span wins over others; spans longer than half of the text mark nothing.
    """
    if not claim.findings:
        return []
    shifts = offsets(reading)
    found: list[Span] = []
    for finding in claim.findings:
        kind = "dispute" if finding.disputed else "notice"
        for variant in finding.variants:
            for place in variant.places:
                if place.text and place.sentence in shifts and place.article == reading.article:
                    shift, end = shifts[place.sentence]
                    found.append((max(0, place.start + shift), min(place.end + shift, end), kind))
    return _without_overlap(found, len(reading.text))


def offsets(reading: Reading) -> dict[str, tuple[int, int]]:
    """Each sentence of a reading's text → how far its offsets move there, and where it ends."""
    moved: dict[str, tuple[int, int]] = {}
    at = 0
    for sentence in reading.body:
        moved[sentence.id] = (at - sentence.start, at + len(sentence.text))
        at += len(sentence.text) + 1
    return moved


def _without_overlap(spans: list[Span], length: int) -> list[Span]:
    """The disputed spans, and of the others those that touch none before them, in text order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (_KINDS.index(s[2]), s[0], s[1])):
        start, end, kind = span
        lights_up = kind != "notice" or 2 * (end - start) <= length
        if start < end and lights_up and all(end <= other[0] or start >= other[1] for other in kept):
            kept.append(span)
    return sorted(kept)


def with_edits(edits: Iterable[Edit], spans: Sequence[Span] = ()) -> Markup:
    """The new text, with what the base has instead struck out and what is put in its place underlined."""
    pieces: list[str] = []
    at = 0
    last = " "
    for edit in edits:
        old, new = edit.old, edit.new
        if edit.op == "equal":
            if not (last.isspace() or new[0].isspace()):
                pieces.append(" ")
            pieces.append(_spanned(new, spans, at) if spans else escaped(new))
            at, last = at + len(new), new[-1]
            continue
        if old:
            pieces.append(_tagged("del", last, old, escaped(old)))
            last = old[-1]
        if new:
            pieces.append(_tagged("ins", last, new, _spanned(new, spans, at)))
            at, last = at + len(new), new[-1]
    return html("".join(pieces))


def _spanned(text: str, spans: Sequence[Span], offset: int) -> str:
    """The piece of a reading that begins at ``offset``, with the parts of spans that lie in it."""
    if not spans:
        return escaped(text)
    pieces: list[str] = []
    at = 0
    for first, last, kind in spans:
        start, stop = max(first - offset, at), min(last - offset, len(text))
        if start < stop:
            pieces += (
                escaped(text[at:start]),
                "<mark>" if kind == "shared" else f'<mark class="{kind}">',
                escaped(text[start:stop]),
                "</mark>",
            )
            at = stop
    pieces.append(escaped(text[at:]))
    return "".join(pieces)


def _tagged(tag: str, before: str, text: str, shown: str) -> str:
    """A piece in its tag, apart from one that ends in a word: words of both texts must not run together.

    The space at the end stays outside of the tag, so that no line is drawn under it.
    """
    gap = "" if before.isspace() or text[0].isspace() else " "
    space = text[len(text.rstrip()) :]
    if not space:
        return f"{gap}<{tag}>{shown}</{tag}>"
    inside = shown
    for end in (space, f"{space}</mark>"):
        if shown.endswith(end):
            inside = shown.removesuffix(end) + end.removeprefix(space)
    return f"{gap}<{tag}>{inside}</{tag}>{space}"


def quoted(text: str, span: tuple[int, int], kind: str, most: int = 70) -> Markup:
    """A sentence around a place in it, cut at words ``most`` characters to either side, the place marked."""
    start, end = span
    left, right = max(0, start - most), min(len(text), end + most)
    while 0 < left < start and not text[left - 1].isspace():
        left += 1
    while end < right < len(text) and not text[right].isspace():
        right -= 1
    before, place, after = (
        escaped(text[left:start]),
        escaped(text[start:end]),
        escaped(text[end:right].rstrip()),
    )
    more, rest = "… " if left else "", " …" if right < len(text) else ""
    return html(f'{more}{before}<mark class="{kind}">{place}</mark>{after}{rest}')
