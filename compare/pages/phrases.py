"""The interface's language: gettext catalogues, dates and numbers by locale.

English is the source of every message. Catalogues are plain ``.po`` files in
``site_templates/locale/<language>.po``; what one lacks is shown in English.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent

from compare.errors import ConfigError
from compare.model import WholeDay

SOURCE_LANGUAGE = "en"


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is used."""
    return message


class Phrases:
    """Messages, dates and numbers in one language.

    Args:
        language: BCP 47 tag of the site.
        folders: Template folders; the first that has a catalogue for the language gives the messages.

    Attributes:
        language: Of the messages: the site's, or English where there is no catalogue for it.
        locale: Babel's, for dates and numbers.
        number: A number → with the locale's separators.
    """

    def __init__(self, language: str, folders: Sequence[Path]) -> None:
        wanted = locale_of(language)
        paths = [folder / "locale" / f"{wanted.language}.po" for folder in folders]
        self._path = next((path for path in paths if path.is_file()), None)
        known = self._path is not None or wanted.language == SOURCE_LANGUAGE
        self.locale = wanted if known else Locale(SOURCE_LANGUAGE)
        self.language = language if known else SOURCE_LANGUAGE
        # Babel parses its patterns at every call; the same numbers come again and again.
        self.number = lru_cache(4096)(partial(format_decimal, locale=self.locale))
        self._percent = lru_cache(1024)(partial(format_percent, format="#,##0%", locale=self.locale))
        self._long_day = lru_cache(4096)(partial(format_date, format="long", locale=self.locale))
        self._short_day = lru_cache(4096)(partial(format_skeleton, "yMMMd", locale=self.locale))

    @cached_property
    def catalogue(self) -> bytes:
        """The file that the messages come from; nothing for English."""
        try:
            return b"" if self._path is None else self._path.read_bytes()
        except OSError as error:
            raise ConfigError(f"the catalogue cannot be read: {error.strerror}", path=self._path) from error

    @cached_property
    def _messages(self) -> NullTranslations:
        if not self.catalogue:
            return NullTranslations()
        compiled = io.BytesIO()
        try:
            read = read_po(io.BytesIO(self.catalogue), locale=self.locale.language, abort_invalid=True)
            write_mo(compiled, read)
        except (PoFileError, ValueError) as error:
            raise ConfigError(f"the catalogue cannot be read: {error}", path=self._path) from error
        compiled.seek(0)
        return GNUTranslations(compiled)

    def gettext(self, message: str) -> str:
        """The message in the site's language; "" stays ""."""
        return self._messages.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The message for a count, by the catalogue's rule of plurals."""
        return self._messages.ngettext(one, many, count)

    def count(self, one: str, many: str, count: int) -> str:
        """The message for a count, with ``%(num)s`` filled in by the locale."""
        return self.ngettext(one, many, count) % {"num": self.number(count)}

    def territory(self, code: str) -> str:
        """The name of a country by its ISO 3166 code, or the code where the locale has none."""
        return str(self.locale.territories.get(code, code))

    def day(self, moment: date | str | None) -> str:
        """``19 March 2022`` in the locale's order, of a day or of ISO 8601 text; "" for None."""
        day = date.fromisoformat(moment[:10]) if isinstance(moment, str) else moment
        return "" if day is None else self._long_day(date(day.year, day.month, day.day))

    def moment(self, moment: datetime | None) -> str:
        """Day and time as the outlet's own clock showed it, with its offset; "" for None."""
        if moment is None:
            return ""
        day = self._short_day(datetime(moment.year, moment.month, moment.day))
        if isinstance(moment, WholeDay):
            return day
        clock = moment.isoformat(timespec="minutes")[11:]  # as 08:30+02:00
        zone = clock[5:11] if moment.utcoffset() else "UTC"
        return f"{day}, {clock[:5]} {zone}"

    def percent(self, share: float) -> str:
        """A share of 1 as a whole percentage."""
        return self._percent(round(share, 2))


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Babel's locale of a BCP 47 tag, English where it knows none."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale(SOURCE_LANGUAGE)


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """``rtl`` for languages that are written from right to left."""
    return "rtl" if locale_of(language).text_direction == "rtl" else "ltr"
