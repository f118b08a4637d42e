"""What readers take away as a table: the claims as CSV. ``wire`` holds the comparison as JSON."""

from __future__ import annotations

from compare.pages.claim_view import told_by
from compare.pages.story_view import StoryView

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = "claim,number,outlet,article,state,probability,disputed,findings,text,url"


def claims_csv(view: StoryView) -> bytes:
    """A line for each reading of each counted claim, as UTF-8 CSV with a byte order mark for spreadsheets."""
    lines = [_COLUMNS]
    outlets = [
        (f"{_cell(outlet.name)},{_cell(outlet.article)}", _cell(outlet.url)) for outlet in view.outlets
    ]
    for claim, shown in zip(view.comparison.counted, view.claims, strict=True):
        named = f"{claim.id},{shown.number},"
        rules = " ".join(sorted({finding.rule for finding in claim.findings}))
        judged = f",{'yes' if shown.disputed else 'no'},{rules},"
        for reading, (outlet, address) in zip(claim.readings, outlets, strict=True):
            sure = round(reading.probability, 4)
            text = _cell(" ".join([sentence.text for sentence in told_by(reading)]).strip())
            lines.append(f"{named}{outlet},{reading.state},{sure}{judged}{text},{address}")
    return b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode()


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, in quotes where it needs them."""
    plain = "'" + text if text.startswith(_FORMULA) else text
    if "," in plain or '"' in plain or "\n" in plain or "\r" in plain:  # RFC 4180
        return '"' + plain.replace('"', '""') + '"'
    return plain
