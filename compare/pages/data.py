"""What readers take away: the comparison as JSON with its schema, and the claims as CSV."""

from __future__ import annotations

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
    """A line for each reading of each counted claim, as UTF-8 CSV with a byte order mark for spreadsheets.

    Written here and not by ``csv``, which takes twice the time.
    """
    lines = [",".join(_COLUMNS)]
    outlets = [
        (",".join([_cell(o.name), _cell(o.article), _cell(o.machine)]), _cell(o.url)) for o in view.outlets
    ]
    for claim, shown in zip(view.comparison.counted, view.claims, strict=True):
        rules = " ".join(sorted({finding.rule for finding in claim.findings}))
        found = f"{'yes' if shown.disputed else 'no'},{_cell(rules)}"
        for reading, state, (outlet, address) in zip(claim.readings, shown.states, outlets, strict=True):
            sure = round((reading.omission or reading).probability, 4)
            text = _cell(" ".join([sentence.text for sentence in told_by(reading)]).strip())
            lines.append(f"{claim.id},{shown.number},{outlet},{state},{sure},{found},{text},{address}")
    return b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode()


def _cell(text: str) -> str:
    """A cell as RFC 4180 has it, that no spreadsheet takes for a formula."""
    plain = "'" + text if text.startswith(_FORMULA) else text
    if "," in plain or '"' in plain or "\n" in plain or "\r" in plain:
        return '"' + plain.replace('"', '""') + '"'
    return plain
