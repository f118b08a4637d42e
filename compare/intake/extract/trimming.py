"""What goes from the blocks that were selected; each step gives what it keeps, and the texts to tell of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from compare.intake.extract import standing
from compare.intake.extract.model import Facts
from compare.intake.extract.runs import ENDS, Parted, Run, is_prose
from compare.text import normalise

_EDGE = 4  # blocks at the top among which labels are looked for
TAIL = 12  # blocks at the end among which standing lines are looked for
_MOST_COMPARED = 2000  # blocks
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[A-Za-z.]{1,5}){0,2}")


def without_headline(runs: Sequence[Run], facts: Facts) -> Parted:
    """Without the headline and the marks of advertisements; nobody need be told."""
    head = normalise(facts.title or "")
    kept = [run for run in runs if normalise(run.text) != head and not standing.is_notice(run.text)]
    return Parted(kept, [])


def without_pointers(runs: Sequence[Run], _: Facts) -> Parted:
    """Without “Related: …” between paragraphs, and the list that such a line heads."""
    kept: list[Run] = []
    left: list[str] = []
    below = False
    for run in runs:
        is_short = run.kind == "heading" or len(run.text) < 60
        is_line = run.linked > 0.3 or (is_short and run.text[-1] not in ".!")
        is_pointer = is_line and standing.is_pointer(run.text)
        below = is_pointer or (below and (run.kind == "item" or run.linked > 0.3))
        if below:
            left.append(run.text)
        else:
            kept.append(run)
    return Parted(kept, left)


def without_labels(runs: Sequence[Run], _: Facts) -> Parted:
    """Without what stands above the first sentences: a byline, a date, a section's name."""
    start = next((at for at, run in enumerate(runs[:_EDGE]) if is_prose(run)), min(_EDGE, len(runs)))
    top = [run for run in runs[:start] if not _is_label(run)]
    return Parted([*top, *runs[start:]], [run.text for run in runs[:start] if run not in top])


def without_closing_lines(runs: Sequence[Run], facts: Facts) -> Parted:
    """Without what stands at the end of many articles, and without a heading of nothing."""
    end = len(runs)
    for at in range(len(runs) - 1, max(len(runs) - TAIL, 0), -1):
        run = runs[at]
        is_closing = standing.is_closing(run.text) or standing.is_wall(run.text)
        is_bare_heading = run.kind == "heading" and at == end - 1
        if is_bare_heading or is_closing or standing.is_about(run.text, facts.author):
            end = at
        elif is_prose(run):
            break
    return Parted(runs[:end], [run.text for run in runs[end:] if run.kind != "heading"])


def with_times_as_headings(runs: Sequence[Run], _: Facts) -> Parted:
    """The time of an update parts it from the one before as a heading does."""
    return Parted([replace(run, kind="heading", level=3) if _is_clock(run) else run for run in runs], [])


def without_repeats(runs: Sequence[Run], _: Facts) -> Parted:
    """Without blocks said before word for word, and without quotes lifted out of the text beside them."""
    plain = [normalise(run.text) for run in runs]
    told = [text for text, run in zip(plain, runs, strict=True) if run.kind in ("paragraph", "item")]
    whole = "\n".join(told) if len(runs) < _MOST_COMPARED else ""
    seen: set[str] = set()
    kept: list[Run] = []
    for text, run in zip(plain, runs, strict=True):
        lifted = run.kind == "quote" and len(text) > 20 and text.strip("\" '") in whole
        if not lifted and not (text in seen and len(text) > 40):
            kept.append(run)
        seen.add(text)
    return Parted(kept, [])


def _is_label(run: Run) -> bool:
    """Whether a block at the top is no sentence: a byline, a date or a section's name."""
    is_line = run.kind == "paragraph" and run.text[-1] not in ENDS and len(run.text) < 60
    return standing.is_byline(run.text) or (is_line and not _is_clock(run))


def _is_clock(run: Run) -> bool:
    return len(run.text) < 25 and _CLOCK.fullmatch(run.text) is not None
