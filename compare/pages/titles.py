"""A claim's title: the sentence that others are compared with, never one side of a dispute alone."""

from __future__ import annotations

from compare.model import Claim, Finding, Reading
from compare.pages.marks import offsets
from compare.text import normalise, primary

TITLE_LENGTH = 200
_MOST_RIVALS = 72  # characters of all sides of a dispute that a title has room for
# Words that point at something said before, by primary subtag: a title has nothing before it.
_POINTING = {
    "en": "he she it they this that these those his her their its we i you but and so also then there both",
    "es": "él ella ello ellos ellas esto eso este esta estos estas su sus lo la los las pero y también así",
    "de": "er sie es dies dieser diese dieses das ihr sein ihre seine wir ich aber und auch so dann da",
    "fr": "il elle ils elles ce cela ceci cette ces son sa ses leur leurs nous je mais et aussi puis c'est",
    "it": "egli ella lui lei essi loro questo questa questi queste ciò suo sua noi io ma e anche così",
    "pt": "ele ela eles elas isto isso este esta estes estas seu sua nós eu mas e também assim",
    "nl": "hij zij ze het dit dat deze die zijn haar hun wij ik maar en ook dan er",
    "tr": "o bu şu onlar bunlar onun bunun biz ben ama ve ayrıca",
    "ar": "هو هي هم هذا هذه ذلك تلك هؤلاء لكن",
}
_WORDS = {language: frozenset(words.split()) for language, words in _POINTING.items()}


def points_back(text: str, language: str) -> bool:
    """Whether a text begins with a word that says nothing without the sentence before it."""
    first = normalise(text[:40]).lstrip("\"'«([").partition(" ")[0].rstrip(",.:;\"'")
    return first in _WORDS.get(primary(language), frozenset())


def shorten(text: str, most: int = TITLE_LENGTH) -> str:
    """A text cut between words, or within a word that alone is longer; a cut is marked."""
    if len(text) <= most:
        return text
    cut = text[: most + 1].rfind(" ")
    return text[: cut if cut > 0 else most].rstrip(" ,;:–—،؛") + " …"


def title(claim: Claim, reading: Reading) -> str:
    """The base sentence, or another reading's text, shortened; every side of a dispute stands in its place.

    Args:
        claim: With its findings.
        reading: Of the claim, with text that may be shown.
    """
    core = [sentence for sentence in reading.body if sentence.id == claim.core]
    text = " ".join([sentence.text for sentence in core or reading.body])
    for finding in claim.findings:
        if finding.disputed and (told := _with_rivals(finding, reading)):
            return told
    return shorten(text)


def _with_rivals(finding: Finding, reading: Reading) -> str:
    """``The captain said [46 / 64] people were aboard``; "" where a side is hid, or the reading has none."""
    sides = [next((p.text for p in v.places if p.text), "") for v in finding.variants]
    shift = offsets(reading)
    places = [p for v in finding.variants for p in v.places if p.sentence in shift]
    if not (all(sides) and places):
        return ""
    rivals = " / ".join(dict.fromkeys(sides))
    text = " ".join([sentence.text for sentence in reading.body])
    for place in places if len(rivals) <= _MOST_RIVALS else ():
        start = place.start + shift[place.sentence][0]
        end = place.end + shift[place.sentence][0]
        if 0 <= start < end <= len(text):
            # What stands behind a speaker's name is said of that one alone.
            rest = "" if finding.relation == "speaker" else shorten(text[end:], 60)
            return f"{_before(text[:start])}[{rivals}]{rest}"
    return f"[{' / '.join(shorten(side, TITLE_LENGTH // len(sides)) for side in dict.fromkeys(sides))}]"


def _before(text: str, most: int = 60) -> str:
    """The end of what stands before a disputed place, cut between words."""
    if len(text) <= most:
        return text
    return "… " + text[-most:].partition(" ")[2]
