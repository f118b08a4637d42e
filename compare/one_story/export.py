"""One story's comparison in other people's formats.

TEI is the critical apparatus of the Guidelines (P5, chapter 12): the articles are witnesses, each
claim is an ``app`` with one ``rdg`` for each article, and articles with the same words share one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from compare.intake.article_file import clean
from compare.model import Article, Claim, Comparison, Reading
from compare.text import normalise

TEI = "http://www.tei-c.org/ns/1.0"


def to_json(comparison: Comparison) -> bytes:
    """As the published ``comparison.json``."""
    from compare.pages.wire import written

    return written(comparison)


def to_csv(comparison: Comparison) -> bytes:
    """As the published ``claims.csv``."""
    from compare.pages.data import claims_csv
    from compare.pages.environment import shipped_templates
    from compare.pages.labels import Labels
    from compare.pages.phrases import Phrases
    from compare.pages.story_view import StoryView

    phrases = Phrases(comparison.story.language, (shipped_templates(),))
    return claims_csv(StoryView(comparison, phrases, Labels(phrases)))


def to_tei(comparison: Comparison) -> bytes:
    """A TEI P5 document with a parallel-segmented apparatus (``location-referenced`` by claim).

    The claims stand in the order of the comparison; a witness that has nothing for a claim has an
    empty ``rdg`` of type ``omission``.
    """
    root = ET.Element("TEI", {"xmlns": TEI})
    _header(_add(root, "teiHeader"), comparison)
    text = _add(root, "text", **{"xml:lang": comparison.story.language})
    body = _add(text, "body")
    for claim in comparison.claims:
        division = _add(body, "ab", **{"xml:id": f"claim-{claim.id}"}, type="claim")
        if claim.heading:
            division.set("subtype", "heading")
        _apparatus(_add(division, "app"), claim)
    ET.indent(root, " ")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


FORMATS: dict[str, Callable[[Comparison], bytes]] = {"json": to_json, "csv": to_csv, "tei": to_tei}


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = None if text is None else clean(text)
    return element


def _header(header: ET.Element, comparison: Comparison) -> None:
    description = _add(header, "fileDesc")
    _add(_add(description, "titleStmt"), "title", comparison.story.title)
    _add(_add(description, "publicationStmt"), "p", "Exported from a Crossread comparison.")
    witnesses = _add(_add(description, "sourceDesc"), "listWit")
    for article in comparison.story.articles:
        _witness(_add(witnesses, "witness", **{"xml:id": f"w-{article.id}"}), article)
    encoding = _add(header, "encodingDesc")
    _add(encoding, "variantEncoding", method="parallel-segmentation", location="internal")
    settings = comparison.signature or "the default settings"
    _add(_add(encoding, "projectDesc"), "p", f"Claims were aligned with {settings}.")


def _witness(witness: ET.Element, article: Article) -> None:
    record = _add(witness, "bibl")
    if article.author:
        _add(record, "author", article.author)
    if article.title:
        _add(record, "title", article.title, level="a")
    _add(record, "title", article.outlet.name, level="j")
    if article.published:
        _add(record, "date", article.published.isoformat(), when=article.published.isoformat())
    if article.url:
        _add(record, "ref", article.url, target=article.url)


def _apparatus(apparatus: ET.Element, claim: Claim) -> None:
    for readings in _alike(claim):
        first = readings[0]
        is_base = any(reading.state == "base" for reading in readings)
        kind = "omission" if not first.told else "base" if is_base else "reworded"
        witnesses = " ".join(f"#w-{reading.article}" for reading in readings)
        _add(apparatus, "rdg", first.text or None, wit=witnesses, type=kind)


def _alike(claim: Claim) -> Sequence[list[Reading]]:
    """The readings by equal words, the base's first and the omissions last."""
    groups: dict[tuple[int, str], list[Reading]] = {}
    base = normalise(claim.base_reading.text)
    for reading in claim.readings:
        words = normalise(reading.text)
        rank = 2 if not reading.told else 0 if words == base else 1
        groups.setdefault((rank, words if reading.told else ""), []).append(reading)
    ordered = sorted(groups.items(), key=lambda item: item[0][0])
    return [sorted(readings, key=lambda reading: reading.article != claim.base) for _, readings in ordered]
