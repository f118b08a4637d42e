"""The messages of the interface, as the templates and the views name them."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

METHODS = [
    ("site_templates/**.html", "jinja2.ext:babel_extract"),
    ("site_templates/**.svg", "jinja2.ext:babel_extract"),
    ("compare/pages/*.py", "python"),
]


def messages(root: Path) -> list[str | tuple[str, ...]]:
    """Each message once, a plural one as its two forms."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "count": (1, 2)}
    found: dict[str | tuple[str, ...], None] = {}
    for folder in ("site_templates", "compare/pages"):
        method_map = [(p.removeprefix(folder + "/"), m) for p, m in METHODS if p.startswith(folder)]
        for _, _, message, _, _ in extract_from_dir(
            root / folder, method_map, {"**": {"silent": "false"}}, keywords=keywords
        ):
            found[message] = None
    return list(found)
