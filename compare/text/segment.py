"""Text → sentences with spans, without losing a character.

A block never shares a sentence with another; headlines and headings are one sentence each. In
the others every mark that can end a sentence is looked at once, in order, with the rules of
``_ends``: what stands before it (an abbreviation, an initial, an ellipsis), what closes with it
(quotation marks, brackets) and what follows (a capital, a word that opens sentences).

A quotation of several sentences that closes in its block stays whole, because its words share one
speaker and one "she said"; one longer than ``LONGEST_QUOTATION`` is split, so that a speech is
not one sentence.

Thai, Lao and Khmer seldom mark the end of a sentence. There a space between two letters ends
one once ``SHORTEST_UNMARKED`` characters stand before it: pieces of about a clause or two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import cast

import regex

from compare.model import Article, Block, Sentence, SentenceKind
from compare.text import normalise
from compare.text.abbreviations import Abbreviations, abbreviations

LONGEST_QUOTATION = 400
SHORTEST_UNMARKED = 40
LONGEST_ABBREVIATION = 24
LONGEST_BRACKET = 1000

_CLOSERS = "\"'”’“»›«)\\]}"
# A mark that may end a sentence, what closes with it, and the space or the text's end after it.
# Full-width marks need no space.
_END = regex.compile(
    rf"""
      (?<! [.!?…‽؟۔।॥։።‼⁇⁈⁉] ) (?P<mark> [.!?…‽؟۔।॥։።‼⁇⁈⁉]++ )
      (?P<close> [{_CLOSERS}]*+ (?: [ ] ["”»] (?= \s | \Z ) )?+
        (?: \[ \p{{N}}{{1,3}} \] | [¹²³⁰⁴-⁹] )*+ ) (?= \s | \Z )
    | (?P<wide> [。！？｡．]++ [.…]*+ ) (?P<wide_close> [”’」』】）〉》＂"')]*+ )
    """,
    regex.VERBOSE,
)
_GREEK_QUESTION = {ord(";"): "?", 0x37E: "?"}
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_MARKS = " \t\n.!?…" + "\"'”’»)]}"
_UNMARKED = regex.compile(r"(?<=[\p{Thai}\p{Lao}\p{Khmer}])\s+(?=[\p{Thai}\p{Lao}\p{Khmer}])")
_TOKEN = regex.compile(r"[^\s(\[\"“”«»„‘]*\Z")
_NEXT = regex.compile(
    r"""
    \s*+ (?P<opening> ["'“”„‘’«»‹›(\[¿¡「『—–-]*+ ) \s?+
    (?P<word> [\p{L}\p{M}]++ (?: ['’] \p{L}++ )? | \p{N}++ | \S )?
    """,
    regex.VERBOSE,
)
_QUOTE_OPENS = regex.compile("[\"'“”„‘«»‹¿¡「『]")
_ENUMERATOR = regex.compile(r"\p{N}{1,3}|\p{L}|[ivx]{1,4}|[IVX]{1,4}")
_INNER_CAPITAL = regex.compile(r"[\p{Ll}]{1,2}-?\p{Lu}")
_INITIALS = regex.compile(r"(?:\p{L}{1,2}+\.)++\p{L}{1,2}+|[\p{Lu}\p{Lo}]")
_QUOTE = regex.compile('["“”„«»「」『』＂]')
# An apostrophe looks like a closing single mark; a quotation's last one stands after a stop.
_SINGLE = regex.compile(rf"(?<!\w)‘(?=\p{{L}})[^‘“”\"]{{2,{LONGEST_QUOTATION}}}?[.,!?…](?=’(?!\p{{L}}))")
_PAIRS = {
    '"': '"', "＂": "＂", "“": "”", "„": "“”", "”": "”", "«": "»", "»": "«", "「": "」", "『": "』",
}  # fmt: skip
_EITHER_WAY = frozenset('"＂”»')
_HALF_DAYS = frozenset(("a.m", "p.m"))
_TAIL = regex.compile(r"\s*+(?:\p{Lu}[\p{L}'’.\-]*+\s++){1,4}(\p{Ll}++)")
_WIDE_TAIL = regex.compile(r"(?:と|って|など|[^。！？「“]{0,6}?(?:说|說|道|表示|称|稱))")


_LABEL = 5  # words of a paragraph in title case without a full stop
_SMALL = 3  # letters of a word that titles write small: "of", "and"
_LEAD_IN = 8  # words of a sentence that says nothing but that somebody spoke


def split(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article, in text order.

    Every character of ``article.text`` that is not white space is in exactly one of them.
    """
    listed = abbreviations(article.language)
    spans: list[tuple[int, int, int]] = []
    for number, block in enumerate(article.blocks):
        spans.extend((start, end, number) for start, end in _block_spans(article.text, block, listed))
    texts = [article.text[start:end] for start, end, _ in spans]
    ids = sentence_ids(article.id, texts)
    kinds = [_kind(article.blocks[number]) for _, _, number in spans]
    for index, (here, after) in enumerate(pairwise(spans)):
        alone = index == 0 or spans[index - 1][2] != here[2]
        if here[2] != after[2] and (_leads_in(texts[index]) or (alone and _is_label(texts[index]))):
            kinds[index] = "heading"
    return tuple(
        Sentence(identifier, article.id, index, start, end, text, kind, number)
        for index, (identifier, text, kind, (start, end, number)) in enumerate(
            zip(ids, texts, kinds, spans, strict=True)
        )
    )


def sentence_ids(article: str, texts: Iterable[str]) -> list[str]:
    """Stable ids of an article's sentences.

    Args:
        article: The article's id.
        texts: Its sentences in text order.

    Returns:
        For each ``<article>/<8 hex digits>`` from SHA-256 of the normalised text, followed by
        ``-2``, ``-3`` … where the article repeats itself.
    """
    seen: dict[str, int] = {}
    ids = []
    for text in texts:
        name = f"{article}/{sha256(normalise(text).encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        times = seen[name] = seen.get(name, 0) + 1
        ids.append(name if times == 1 else f"{name}-{times}")
    return ids


def spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Start and end of each sentence of a paragraph, without the white space around it."""
    return list(_paragraph(text, 0, len(text), abbreviations(language)))


def _leads_in(text: str) -> bool:
    """Whether the end of a paragraph only announces the next one: ``The mayor put it like this:``."""
    return text.endswith((":", "：")) and text.count(" ") < _LEAD_IN


def _is_label(text: str) -> bool:
    """Whether a paragraph is no sentence but a name: ``Site Navigation``, ``Related Coverage``."""
    words = text.split()
    return (
        len(words) <= _LABEL
        and text[-1].isalpha()
        and all(word[0].isupper() for word in words if len(word) > _SMALL)
    )


def _kind(block: Block) -> SentenceKind:
    return "body" if block.kind not in ("headline", "heading") else cast(SentenceKind, block.kind)


def _block_spans(text: str, block: Block, listed: Abbreviations) -> Iterator[tuple[int, int]]:
    if _kind(block) == "body":
        return _paragraph(text, block.start, block.end, listed)
    return _trimmed(text, [(block.start, block.end)])


def _paragraph(text: str, start: int, end: int, listed: Abbreviations) -> Iterator[tuple[int, int]]:
    """Cut ``text[start:end]``, which is one paragraph."""
    body = text[start:end]
    quoted = _quotations(body)
    cuts = [0]
    letter = _first_letter(body, 0)
    last = len(body.rstrip(_MARKS))
    marked = body.translate(_GREEK_QUESTION) if listed.asks else body
    for match in _END.finditer(marked):
        place = match.end()
        if letter < place <= last and not _inside(quoted, place) and _ends(body, match, letter, listed):
            cuts.append(place)
            letter = _first_letter(body, place)
    cuts.append(len(body))
    pieces: Iterable[tuple[int, int]] = pairwise(cuts)
    if _UNMARKED.search(body):
        pieces = (part for piece in pieces for part in _unmarked(body, *piece))
    return _trimmed(text, ((start + first, start + last) for first, last in pieces))


def _first_letter(body: str, since: int) -> int:
    """Where the first letter or digit stands, from a place on; past the end when there is none."""
    match = _LETTER.search(body, since)
    return match.start() if match else len(body) + 1


def _trimmed(text: str, pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pieces without the white space at their ends; the empty ones fall away."""
    for start, end in pieces:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(bare)


def _quotations(body: str) -> list[tuple[int, int]]:
    """Start and end of the quotations that are kept whole, in order, without overlap.

    A straight mark that stands as only an opening one can starts anew: the one before it never closed.
    """
    found = []
    opened, opener = -1, ""
    for match in _QUOTE.finditer(body):
        mark, place = match[0], match.start()
        if opened >= 0 and mark in _PAIRS[opener] and not (mark == '"' and _opens_quote(body, place)):
            if place - opened <= LONGEST_QUOTATION:
                found.append((opened, place))
            opened = -1
        elif mark in _PAIRS and (mark not in _EITHER_WAY or _opens_quote(body, place)):
            opened, opener = place, mark
    singles = [match.span() for match in _SINGLE.finditer(body) if not _inside(found, match.start())]
    return sorted(found + singles) if singles else found


def _opens_quote(body: str, place: int) -> bool:
    """Whether a mark that may open or close stands where only an opening one can."""
    before, after = body[place - 1 : place], body[place + 1 : place + 2]
    return (not before or before.isspace() or before in "([—–-‘'") and not after.isspace() and after != ""


def _inside(quoted: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a place is after the opening of a quotation and not after its closing."""
    index = bisect_right(quoted, (place, place)) - 1
    return index >= 0 and quoted[index][0] < place <= quoted[index][1]


def _ends(body: str, match: regex.Match[str], letter: int, listed: Abbreviations) -> bool:
    """Whether a mark ends the sentence whose first letter or digit is at ``letter``."""
    if match["wide"]:
        return not (match["wide_close"] and _WIDE_TAIL.match(body, match.end()))
    following = _NEXT.match(body, match.end())
    if following is None or _goes_on(body, match, letter, following):
        return False
    if match["mark"] != ".":
        tail = _TAIL.match(body, match.end()) if match["close"] else None
        return not (tail and tail[1] in listed.speaking)
    if match["close"].strip("'’"):
        return True
    token = _TOKEN.search(body, max(0, match.start() - LONGEST_ABBREVIATION), match.start())
    before = token[0] if token else ""
    if match.start() - len(before) <= letter and _ENUMERATOR.fullmatch(before):
        return False
    word = (following["word"] or "").lower()
    opens = bool(_QUOTE_OPENS.search(following["opening"])) or word in listed.openers
    return _stop_ends(before, word, opens, listed)


def _goes_on(body: str, match: regex.Match[str], letter: int, following: regex.Match[str]) -> bool:
    """Whether the sentence plainly continues after a mark, whatever the mark is."""
    start = match.start()
    if (following["word"] or "")[:1].islower() and not _INNER_CAPITAL.match(body, following.start("word")):
        return True
    if following["word"] in ("&", "+"):
        return True
    opened = body.rfind("(", max(letter, start - LONGEST_BRACKET), start)
    if opened >= 0 and body.find(")", opened, start) < 0:  # the bracket opened inside the sentence
        closed = body.find(")", start, start + LONGEST_BRACKET)
        if ")" in match["close"] or (closed >= 0 and body.find("(", start, closed) < 0):
            return True
    # An ellipsis that stands alone marks a cut in the text.
    return match["mark"] in ("…", "...") and start > 0 and body[start - 1].isspace()


def _stop_ends(before: str, word: str, opens: bool, listed: Abbreviations) -> bool:
    """Whether a full stop ends a sentence and not only an abbreviation.

    Args:
        before: What stands before it up to a space.
        word: The word, number or sign after it, in lower case.
        opens: Whether what follows looks like the opening of a sentence.
        listed: The language's abbreviations.
    """
    tail = before.rpartition("-")[2]  # "Nev" of "D-Nev"
    bare = tail.replace("’", "'").rpartition("'")[2]  # "avv" of "All'avv"
    forms = [
        form.lower()
        for form in (before, tail, bare)
        if form[:1].isupper() or form.lower() not in listed.capitalised
    ]
    if any(form in listed.bound for form in forms):
        return False
    if word[:1].isdecimal() and any(form in listed.counted or form.endswith(listed.street) for form in forms):
        return False
    if before.lower() in _HALF_DAYS:
        return word not in listed.after_hours
    ambiguous = (
        any(form in listed.free for form in forms)
        or _INITIALS.fullmatch(tail) is not None
        or (listed.ordinals and before.isdecimal() and len(before) <= 2)
    )
    return opens or not ambiguous


def _unmarked(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a piece of a script that marks no ends at the spaces that stand far enough apart."""
    for match in _UNMARKED.finditer(body, start, end):
        if match.start() - start >= SHORTEST_UNMARKED and end - match.end() >= SHORTEST_UNMARKED:
            yield start, match.start()
            start = match.end()
    yield start, end
