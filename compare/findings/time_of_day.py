"""Times of day: ``4.40am``, ``16:30``, noon and midnight, with their zones."""

from __future__ import annotations

from compare.findings.date_words import DateWords
from compare.findings.parsed import Parsed
from compare.text import primary

NOON = {
    "en": {"noon": 720, "midday": 720, "midnight": 0}, "fr": {"midi": 720, "minuit": 0},
    "it": {"mezzogiorno": 720, "mezzanotte": 0}, "de": {"mitternacht": 0}, "nl": {"middernacht": 0},
    "es": {"medianoche": 0},
}  # fmt: skip
# Minutes ahead of Greenwich; more than one where a name stands for several zones or for summer and winter.
_ZONES = {
    "et": (-300, -240), "est": (-300,), "edt": (-240,), "ct": (-360, -300), "cdt": (-300,),
    "mt": (-420, -360), "mst": (-420,), "mdt": (-360,), "pt": (-480, -420), "pst": (-480,), "pdt": (-420,),
    "eastern": (-300, -240), "central": (-360, -300), "mountain": (-420, -360), "pacific": (-480, -420),
    "gmt": (0,), "utc": (0,), "bst": (60,), "wet": (0,), "cet": (60,), "cest": (120,), "mez": (60,),
    "mesz": (120,), "eet": (120,), "eest": (180,), "msk": (180,), "moscow": (180,), "trt": (180,),
    "ist": (330, 120, 60), "pkt": (300,), "cst": (-360, 480), "hkt": (480,), "sgt": (480,), "jst": (540,),
    "kst": (540,), "aest": (600,), "aedt": (660,), "nzst": (720,), "nzdt": (780,), "wat": (60,),
    "cat": (120,), "eat": (180,), "sast": (120,),
}  # fmt: skip
_HALVES = frozenset({"am", "pm", "a", "p"})
VAGUE = frozenset(
    (
        "about",
        "around",
        "almost",
        "nearly",
        "over",
        "than",
        "least",
        "some",
        "roughly",
        "shortly",
        "just",
        "before",
        "after",
        "near",
        "by",
        "towards",
        "toward",
        "approximately",
        "vers",
        "gegen",
        "sobre",
    )
)


def noon(parsed: Parsed, index: int) -> DateWords | None:
    """``noon``, ``12 noon``, ``midnight``."""
    before = parsed.name(index - 1)
    if before in {"après", "after"} and parsed.between(index) == "-":
        return None
    first = index - (before == "12")
    minute = NOON[primary(parsed.language)][parsed.names[index]]
    return zoned(parsed, DateWords(first, index + 1, "time", minute=minute))


def zoned(parsed: Parsed, date: DateWords) -> DateWords:
    """A time with what its hedge and its zone say."""
    before = parsed.name(date.first - 1)
    last = date.last
    name = parsed.name(last)
    exact = next((minutes for minutes in (60, 15) if not date.minute % minutes), 0)
    slack = exact if before in VAGUE else 0
    written = parsed.text[parsed.words[last].start : parsed.words[last].end] if name else ""
    long = len(name) > 4 and parsed.name(last + 1) in {"time", "standard", "daylight"}
    if name in _ZONES and (written.isupper() or long) and not parsed.between(last).strip(" .(,"):
        return date._replace(last=last + 1, slack=slack, zones=_ZONES[name])
    return date._replace(slack=slack)


def clock(parsed: Parsed, index: int) -> DateWords | None:
    """``4.40am``, ``4:30 p.m.``, ``16:30``."""
    name = parsed.names[index]
    after = parsed.name(index + 1)
    if name.isdecimal() and not (after and after in _HALVES):
        return None
    figures = name.rstrip("apm")
    half, last = name[len(figures) :], index + 1
    if not half and last < len(parsed.names) and parsed.between(last).isspace():
        if parsed.names[last] in {"am", "pm"}:
            half, last = parsed.names[last], last + 1
        elif (
            parsed.names[last] in {"a", "p"}
            and last + 1 < len(parsed.names)
            and parsed.names[last + 1] == "m"
            and parsed.between(last + 1) == "."
        ):
            half, last = parsed.names[last] + "m", last + 2
    hour, _, minute = figures.replace(".", ":").partition(":")
    if not (hour.isdecimal() and (not minute or (minute.isdecimal() and len(minute) == 2))):
        return None
    if half not in {"am", "pm"} and (half or ":" not in figures):
        return None
    hours, minutes = int(hour[:3]), int(minute or 0)
    if hours > (12 if half else 23) or minutes > 59:
        return None
    if half:
        hours = hours % 12 + 12 * (half == "pm")
    unsure = not half and hours < 13 and hour[0] != "0"
    return zoned(parsed, DateWords(index, last, "time", minute=hours * 60 + minutes, half=unsure))
