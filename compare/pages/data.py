"""What readers take away: the comparison as JSON with its schema, and the claims as CSV."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

from pydantic import TypeAdapter

from compare.model import Comparison
from compare.pages.claim_view import told_by
from compare.pages.story_view import StoryView

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "claim",
    "number",
    "outlet",
    "article",
    "published",
    "state",
    "probability",
    "disputed",
    "findings",
    "text",
    "url",
)


@cache
def _adapter() -> TypeAdapter[Comparison]:
    return TypeAdapter(Comparison)


def comparison_json(comparison: Comparison) -> bytes:
    """The comparison as UTF-8 JSON, in the form of ``comparison.schema.json``."""
    return _adapter().dump_json(comparison) + b"\n"


def comparison_schema() -> bytes:
    """The JSON Schema (2020-12) of ``comparison.json``."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_adapter().json_schema(mode="serialization"),
        "title": "A Crossread comparison",
    }
    return json.dumps(schema, indent=1, sort_keys=True).encode() + b"\n"


def claims_csv(view: StoryView) -> bytes:
    """A line for each reading of each counted claim, as UTF-8 CSV with a byte order mark for spreadsheets."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    outlets = [
        (_plain(o.name), _plain(o.article), _plain(o.machine), _plain(o.url)) for o in view.outlets
    ]
    for claim, shown in zip(view.comparison.counted, view.claims, strict=True):
        rules = " ".join(sorted({finding.rule for finding in claim.findings})) if claim.findings else ""
        disputed = "yes" if shown.disputed else "no"
        told = zip(claim.readings, shown.states, outlets, strict=True)
        for reading, state, (name, article, published, url) in told:
            sure = round((reading.omission or reading).probability, 4)
            text = _plain(" ".join([sentence.text for sentence in told_by(reading)]).strip())
            row = (
                claim.id, shown.number, name, article, published, state, sure, disputed, rules, text, url,
            )  # fmt: skip
            writer.writerow(row)
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
