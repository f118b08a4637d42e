"""The site's configuration: ``crossread.toml``, or ``[tool.crossread]`` in ``pyproject.toml``.

Everything is optional. Unknown keys are refused, so that a slip of the pen is not a silent default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from compare.errors import ConfigError, CrossreadError, Problems, SourceError
from compare.model import Outlet, Settings, Site
from compare.site import fields, files, outlets
from compare.site.fields import Fields
from compare.site.toml_tables import LARGEST, Lines, parse

KEYS = (
    "title", "url", "language", "description", "excerpt_words", "rights", "css", "logo", "threshold",
    "outlets",
)  # fmt: skip
OUTLET_KEYS = ("name", "sign", "url", "country", "invented")


def load(root: Path) -> Site:
    """Read the configuration of the site in a folder; defaults when there is none.

    Raises:
        Problems: With everything that is wrong with it.
    """
    site, problems = read(root)
    if problems:
        raise Problems(problems)
    return site


def read(root: Path) -> tuple[Site, list[CrossreadError]]:
    """As much of the configuration as can be used, and everything that is wrong with it."""
    problems: list[CrossreadError] = []
    try:
        path, text = _find(root)
        table: Mapping[str, object] = parse(text, path, ConfigError)
        within: tuple[str, ...] = ()
        if path == "pyproject.toml":
            table, within = _tool_table(table, path), ("tool", "crossread")
    except ConfigError as error:
        return Site(), [error]
    lines = Lines(text, within)
    given = Fields(path, lines.entries(table), problems, ConfigError)
    site = _site(given, lines)
    for key, name in (("css", site.css), ("logo", site.logo)):
        try:
            if name is not None:
                files.read_bytes(root / name, root, files.LARGEST_PICTURE)
        except SourceError as error:
            hint = f"put the file beside {path}, or leave “{key}” out"
            given.report(
                f"{key}: {files.quoted(name or key)} {error.message}", line=given.line(key), hint=hint
            )
    return site, problems


def _find(root: Path) -> tuple[str, str]:
    """Name and text of the file that holds the configuration; empty text when there is none."""
    for name in ("crossread.toml", "pyproject.toml"):
        if (root / name).exists():
            try:
                return name, files.read_text(root / name, root, LARGEST)
            except SourceError as error:
                raise ConfigError(error.message, name, error.line, error.hint) from None
    return "crossread.toml", ""


def _tool_table(document: Mapping[str, object], path: str) -> Mapping[str, object]:
    tool = document.get("tool", {})
    table = tool.get("crossread", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise ConfigError("tool.crossread must be a table", path=path)
    return table


def _site(given: Fields, lines: Lines) -> Site:
    """Check a table of the configuration; what is refused keeps its default."""
    given.refuse_unknown(KEYS)
    default = Site()
    address = given.take("url", fields.url)
    words = given.take("excerpt_words", fields.whole(0, 1_000_000))
    return Site(
        title=given.take("title", fields.text) or default.title,
        url=address and address.rstrip("/") + "/",
        language=given.take("language", fields.language) or default.language,
        description=given.take("description", fields.text) or default.description,
        outlets=_outlets(given, lines),
        excerpt_words=default.excerpt_words if words is None else words,
        rights=given.take("rights", fields.rights),
        css=given.take("css", _beside(".css")),
        logo=given.take("logo", _beside(*files.PICTURES, ".svg")),
        settings=Settings(given.take("threshold", fields.share)),
    )


def _beside(*suffixes: str) -> Callable[[object], str]:
    """A check for the name of a file of some kind that lies beside the configuration."""

    def check(value: object) -> str:
        name = fields.text(value)
        if not files.PLAIN_NAME.fullmatch(name):
            hint = f"name a file beside this one, in plain letters: name{suffixes[0]}"
            raise fields.Invalid(f"{files.quoted(name)} cannot be used", hint)
        if Path(name).suffix.lower() not in suffixes:
            hint = "known are " + ", ".join(suffixes)
            raise fields.Invalid(f"{files.quoted(name)} is of another kind", hint)
        return name

    return check


def _outlets(site: Fields, lines: Lines) -> tuple[Outlet, ...]:
    """The outlets by id; those without a sign get one from their names."""
    tables = site.take("outlets", lambda value: _table(value, "must be tables", "each outlet's keys")) or {}
    found: list[Outlet] = []
    signs: dict[str, str] = {}
    names: dict[str, str] = {}
    for identifier, table in sorted(tables.items()):
        try:
            what = f"{fields.slug(identifier)} must be a table"
            entries = lines.entries(_table(table, what, "its keys"), "outlets", identifier)
        except fields.Invalid as invalid:
            line = lines.line("outlets", identifier)
            site.report(f"outlets: {invalid}", line=line, hint=invalid.hint)
            continue
        given = site.of(entries)
        given.refuse_unknown(OUTLET_KEYS, above=KEYS)
        outlet = Outlet(
            identifier,
            given.take("name", fields.text) or identifier,
            given.take("sign", fields.sign) or "",
            given.take("url", fields.url),
            given.take("country", fields.country),
            given.take("invented", fields.flag) or False,
        )
        if (other := names.setdefault(outlet.name.casefold(), identifier)) != identifier:
            what = f"name: “{fields.short(outlet.name)}” is {other}'s too"
            given.report(what, line=given.line("name"), hint="give each outlet one table")
        if outlet.sign and (other := signs.setdefault(outlet.sign, identifier)) != identifier:
            given.report(f"sign: “{outlet.sign}” already stands for {other}", line=given.line("sign"))
        found.append(outlet)
    taken = set(signs)
    for at, outlet in enumerate(found):
        mark = outlet.sign or outlets.sign(outlet.name, taken)
        taken.add(mark)
        found[at] = replace(outlet, sign=mark)
    return tuple(found)


def _table(value: object, what: str, above: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise fields.Invalid(what, f"write [outlets.<id>] above {above}")
    return value
