"""What readers take away: the comparison as JSON with its schema, and the claims as CSV."""

from __future__ import annotations

import csv
import io
from inspect import cleandoc

import msgspec

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


def comparison_json(comparison: Comparison) -> bytes:
    """The comparison as UTF-8 JSON, in the form of ``comparison.schema.json``."""
    return msgspec.json.encode(comparison) + b"\n"


def read_comparison(content: bytes) -> Comparison:
    """The comparison that was written as that JSON.

    Raises:
        ValueError: It is of another form.
    """
    try:
        return msgspec.json.decode(content, type=Comparison)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def comparison_schema() -> bytes:
    """The JSON Schema (2020-12) of ``comparison.json``."""
    described = msgspec.json.schema(Comparison)
    for each in described["$defs"].values():
        each["description"] = cleandoc(each["description"])
    for name in ("published", "updated"):  # msgspec names the format of moments that must have a time zone
        described["$defs"]["Article"]["properties"][name]["anyOf"][0]["format"] = "date-time"
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Crossread comparison",
        **described,
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=1) + b"\n"


def claims_csv(view: StoryView) -> bytes:
    """A line for each reading of each counted claim, as UTF-8 CSV with a byte order mark for spreadsheets."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    outlets = [[_plain(cell) for cell in (o.name, o.article, o.machine)] for o in view.outlets]
    addresses = [_plain(outlet.url) for outlet in view.outlets]
    for claim, shown in zip(view.comparison.counted, view.claims, strict=True):
        rules = " ".join(sorted({finding.rule for finding in claim.findings}))
        disputed = "yes" if shown.disputed else "no"
        told = zip(claim.readings, shown.states, outlets, addresses, strict=True)
        for reading, state, outlet, address in told:
            sure = round(reading.probability, 4)
            text = _plain(" ".join([sentence.text for sentence in told_by(reading)]).strip())
            writer.writerow((claim.id, shown.number, *outlet, state, sure, disputed, rules, text, address))
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
