"""Whatever bytes come in: a story, or a message; never a crash, never a lost or a live byte.

Inputs that once failed are kept in ``found/<target>/`` and are run again each time.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from targets import TARGETS

FOUND = sorted((Path(__file__).with_name("found")).glob("*/*"))
# fmt: off
PIECES = [
    b"---\n", b"outlet: A\n", b"title: ", b"- ", b"> ", b"# ", b"\n\n", b"\x0c",
    b"<script>alert(1)</script>", b"<img src=x onerror=alert(1)>", b"\"><svg onload=alert(1)>",
    b"[a](javascript:alert(1))", b"![a](http://x)", b"]]>", b"-->", b"<!--", b"</script>",
    b"{{ 7*7 }}", b"{% raw %}", b"&lt;", b"&#x3c;", b"\xe2\x80\xae", "“Ja”, said Ada. ".encode(),
    b"Mr. A. B. Smith ", b"not ", b"1,000 ", b"48 people ", b"on 3 March 2022 ", "It’s … ".encode(),
    b"\xf0\x9f\x87\xb9\xf0\x9f\x87\xb7", "الجسر مغلق. ".encode(), "橋は閉じた。".encode(), b"e\xcc\x81",
    b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"'", b"\"", b"`",
    b"\\", b"*_", b"~~", b"|",
]
# fmt: on
data = st.lists(
    st.one_of(st.sampled_from(PIECES), st.binary(max_size=30), st.text(max_size=30).map(str.encode))
)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_any_bytes(target: str) -> None:
    """Pieces that mean something to some stage, mixed with bytes that mean nothing."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data)
    def run(parts: list[bytes]) -> None:
        TARGETS[target](b"".join(parts))

    run()


@pytest.mark.parametrize("case", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_failed(case: Path) -> None:
    """Kept inputs stay mended."""
    TARGETS[case.parent.name](case.read_bytes())
