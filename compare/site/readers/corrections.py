"""``corrections.toml``: the editor's word on which sentences are one claim."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Literal

from compare.errors import CorrectionError, CrossreadError, Problems, SourceError
from compare.model import Correction, Sentence, Story
from compare.site import fields, files
from compare.site.fields import Fields, Invalid, short
from compare.site.toml_tables import LARGEST, Lines, parse
from compare.text import normalise
from compare.text.joining import joined

NAME = "corrections.toml"
KINDS: tuple[Literal["same", "different"], ...] = ("same", "different")
KEYS = ("sentences", "opening", "note")
MOST = 10_000
MOST_IDS = 200
MOST_SEARCHES = 50  # stale ids whose nearest sentence is looked for; each costs a look at every sentence
LONGEST_OPENING = 200
_ID = re.compile(r"[a-z0-9_-]+/[0-9a-f]{8}(?:-[1-9][0-9]{0,5})?")


def read(folder: Path, root: Path, problems: list[CrossreadError]) -> tuple[Correction, ...]:
    """The corrections in a story's folder that are well formed, in file order; ``problems`` gets the rest."""
    file = folder / NAME
    path = files.shown(file, root)
    if not os.path.lexists(file):
        return ()
    try:
        text = files.read_text(file, root, LARGEST)
        document = parse(text, path, CorrectionError)
    except (SourceError, CorrectionError) as error:
        problems.append(error)
        return ()
    lines = Lines(text)
    top = Fields(path, lines.entries(document), problems, CorrectionError)
    top.refuse_unknown(KINDS)
    found: list[Correction] = []
    for kind in KINDS:
        for number, table in enumerate(top.take(kind, _tables) or ()):
            line = lines.line(kind, str(number)) or lines.line(kind) or 1
            found += _correction(top.of(lines.entries(table, kind, str(number))), kind, line)
    return tuple(sorted(found, key=lambda correction: correction.line))


def refuse_wrong(story: Story, sentences: Iterable[Sentence]) -> None:
    """Raise what ``check_corrections`` finds in a story, as ``Problems``."""
    problems = check_corrections(story.corrections, sentences, f"sources/{story.id}/{NAME}")
    if problems:
        raise Problems(problems)


def check_corrections(
    corrections: Sequence[Correction], sentences: Iterable[Sentence], path: str = NAME
) -> list[CrossreadError]:
    """Everything that the corrections of a story say about its sentences and that is not so.

    That is each id that no sentence has, with the nearest sentence as a hint; each opening that the
    sentence does not begin with; and each pair that is called both the same and different.
    """
    known = {sentence.id: sentence for sentence in sentences}
    problems: list[CrossreadError] = []
    searches = MOST_SEARCHES
    for correction in corrections:
        openings = correction.openings or ("",) * len(correction.sentences)
        for name, opening in zip(correction.sentences, openings, strict=True):
            if name not in known:
                message = f"there is no sentence “{short(name)}”"
                hint = _nearest(name, opening if searches > 0 else "", known)
                searches -= 1
            elif not normalise(known[name].text).startswith(normalise(opening).rstrip(" .…")):
                message = f"the sentence “{name}” does not begin with “{short(opening)}”"
                hint = f"it begins with “{short(known[name].text)}”"
            else:
                continue
            problems.append(CorrectionError(message, path=path, line=correction.line, hint=hint))
    return problems + _contradictions(corrections, path)


def _correction(given: Fields, kind: Literal["same", "different"], line: int) -> list[Correction]:
    """The correction of one table; none where it is not well formed."""
    given.refuse_unknown(KEYS)
    names = given.take("sentences", _ids)
    openings = given.take("opening", _openings) or ()
    note = given.take("note", fields.text) or None
    if given.value("sentences") is None:
        given.report("names no sentences", line=line, hint="add sentences = [two or more ids]")
    if names is None:
        return []
    if openings and len(openings) != len(names):
        what = f"opening: has {len(openings)} texts for {len(names)} sentences"
        hint = "give one for each sentence, or leave the key out"
        given.report(what, line=given.line("opening"), hint=hint)
        return []
    return [Correction(kind, names, note, line, openings)]


def _tables(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise Invalid("must be tables", "write [[same]] or [[different]] above each correction")
    if len(value) > MOST:
        raise Invalid(f"has more than {MOST} corrections", "remove some")
    return value


def _ids(value: object) -> tuple[str, ...]:
    names = fields.texts(value)
    if isinstance(value, list) and len(names) < len(value):
        raise Invalid("names a sentence twice", "keep one")
    if len(names) < 2:
        raise Invalid("must name two or more sentences", "add the ids of the others")
    if len(names) > MOST_IDS:
        raise Invalid(f"names more than {MOST_IDS} sentences", "make several corrections of it")
    for name in names:
        if not _ID.fullmatch(name):
            raise Invalid(f"“{short(name)}” is not the id of a sentence", "copy it from the sentence's page")
    return names


def _openings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Invalid("must be a list", "write it as [first, second]")
    return tuple(map(fields.text, value))


def _nearest(name: str, opening: str, known: Mapping[str, Sentence]) -> str:
    """A hint that names the sentence that was most likely meant."""
    article = name.partition("/")[0]
    candidates = [sentence for sentence in known.values() if sentence.article == article]
    if not candidates:
        return "of articles, " + fields.did_you_mean(article, {one.article for one in known.values()})
    first = name[: len(article) + 9]  # without the number of a repetition
    if first in known:
        return f"the nearest is “{first}”: {short(known[first].text)}"
    if not opening:
        return "copy its id again from the article's page; “opening” would let the nearest be named here"
    wanted = normalise(opening)[:LONGEST_OPENING]

    def likeness(sentence: Sentence) -> float:
        begins = normalise(sentence.text)[: len(wanted)]
        return SequenceMatcher(None, wanted, begins, autojunk=False).ratio()

    best = max(candidates, key=likeness)  # of equals the first in the text
    return f"the nearest is “{best.id}”: {short(best.text)}"


def _contradictions(corrections: Sequence[Correction], path: str) -> list[CrossreadError]:
    """Pairs that are in one claim by some corrections and in two by another."""
    same = (correction.sentences for correction in corrections if correction.kind == "same")
    claim = joined((first, name) for first, *others in same for name in others)
    return [
        CorrectionError(
            f"“{x}” and “{y}” are called different here and the same elsewhere",
            path=path,
            line=correction.line,
            hint="remove one of the two corrections",
        )
        for correction in corrections
        if correction.kind == "different"
        for x, y in combinations(correction.sentences, 2)
        if claim.get(x, x) == claim.get(y, y)
    ]
