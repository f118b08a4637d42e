"""What readers take away as a table: the claims as CSV. ``wire`` holds the comparison as JSON."""

from __future__ import annotations

import csv
import io

from compare.pages.claim_view import told_by
from compare.pages.story_view import StoryView

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "claim",
    "number",
    "outlet",
    "article",
    "state",
    "probability",
    "disputed",
    "findings",
    "text",
    "url",
)


def claims_csv(view: StoryView) -> bytes:
    """A line for each reading of each counted claim, as UTF-8 CSV with a byte order mark for spreadsheets."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    outlets = [(_plain(outlet.name), _plain(outlet.article)) for outlet in view.outlets]
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
