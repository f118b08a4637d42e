"""Bytes → text, whatever the server or the page claims about its encoding."""

from __future__ import annotations

import codecs
import re

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_IN_PAGE = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""<html[^<>]{0,300}?\blang\s{0,3}=\s{0,3}["']?([A-Za-z]{2})""", re.IGNORECASE)
_HEAD_BYTES = 4096

# What pages in a language were written in before UTF-8; a guess from bytes alone confuses them.
_BY_CODE_PAGE = {
    "cp1252": "en de fr es it pt nl sv da no nb fi is ca", "cp1250": "pl cs sk hu sl hr ro",
    "cp1251": "ru bg uk", "cp1253": "el", "cp1254": "tr", "cp1255": "he", "cp1256": "ar fa",
    "gb18030": "zh", "shift_jis": "ja", "cp949": "ko",
}  # fmt: skip
_USUAL = {language: page for page, languages in _BY_CODE_PAGE.items() for language in languages.split()}
# Browsers read these labels as the wider Windows code pages, and pages rely on it.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
          "gbk": "gb18030"}  # fmt: skip


def decode(content: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text of some bytes, and a sentence when what was declared is not what they are, or None.

    A byte order mark wins; then valid UTF-8 that is not mere ASCII, which no other encoding
    yields by accident; then what the server (``declared``) and the page declare; then a guess.
    """
    for mark, name in _BOMS.items():
        if content.startswith(mark):
            return content.decode(name, errors="replace"), None
    in_page = _IN_PAGE.search(content[:_HEAD_BYTES])
    labels = [label for label in (declared, in_page and in_page[1].decode("ascii")) if label]
    names = {codec: label for label in reversed(labels) if (codec := _codec(label))}
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
        # Of UTF-8 with slips most letters beyond ASCII are whole; of other encodings slips are all.
        if 11 * text.count("\ufffd") <= sum(character > "\x7f" for character in text):
            return text, "a few bytes are no UTF-8 and are shown as �"
        return _decode_other(content, list(reversed(names)))
    wrong = [label for name, label in names.items() if name != "utf-8" and not content.isascii()]
    return text, f"the page declares {wrong[-1]} but is UTF-8" if wrong else None


def _decode_other(content: bytes, names: list[str]) -> tuple[str, str | None]:
    for name in names:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        note = None if names[0] == name else f"the encoding was declared as {names[0]} but reads as {name}"
        return text, note
    language = _LANGUAGE.search(content[:_HEAD_BYTES])
    guess = _USUAL.get(language[1].decode().lower()) if language else None
    if guess is None:
        from charset_normalizer import from_bytes

        best = from_bytes(content[:200_000]).best()
        guess = "cp1252" if best is None else best.encoding
    return content.decode(guess, errors="replace"), f"the encoding was guessed as {guess}"


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name)
