"""A page as text, so that what readers would see can be reviewed in a diff."""

import re

from selectolax.lexbor import LexborHTMLParser

_SILENT = {"script", "svg", "nav", "noscript", "footer", "select"}
_BLOCKS = {
    *("article", "blockquote", "caption", "details", "div", "figcaption", "figure", "form", "h1", "h2", "h3"),
    *("header", "li", "main", "ol", "p", "section", "summary", "table", "tbody", "thead", "tr", "ul"),
}
_BEFORE = {"h1": "# ", "h2": "## ", "h3": "### ", "li": "- ", "summary": "▸ ", "blockquote": "> "}
_AROUND = {"del": ("[-", "-]"), "ins": ("{+", "+}"), "q": ("“", "”"), "td": ("| ", " "), "th": ("| ", " ")}


def page_text(content: bytes) -> str:
    """The words of a page's main part, a block a line.

    A mark stands in round brackets, by its name or the outlet's sign with its state; what is struck is
    [-so-], what is put in {+so+}, shaded words are ⟨so⟩, of a dispute ⟨dispute: so⟩.
    """
    pieces = []
    _write(LexborHTMLParser(content).css_first("main"), pieces)
    lines = [re.sub(r"\s+", " ", line).strip() for line in "".join(pieces).split("\n\n")]
    return "\n".join(filter(None, lines)).replace("\n-\n", "\n- ") + "\n"


def _write(node, pieces):
    for child in node.iter(include_text=True):
        tag, kind = child.tag, (child.attributes or {}).get("class") or ""
        if tag == "-text":
            pieces.append(re.sub(r"\s+", " ", child.text_content or ""))
        elif tag not in _SILENT:
            before, after = _around(tag, kind.split(), child)
            pieces.append(before)
            _write(child, pieces)
            pieces.append(after)


def _around(tag, kinds, node):
    if tag in _BLOCKS:
        return "\n\n" + _BEFORE.get(tag, ""), "\n\n"
    if tag == "mark":
        return "⟨" + "".join(f"{kind}: " for kind in kinds), "⟩"
    if kinds[:1] == ["m"]:
        return ("(", ")") if node.text() else (f"({kinds[-1]}", ")")
    if kinds[:1] == ["sig"]:
        states = [kind for kind in kinds[1:] if kind != "made-up"]
        return "(", "".join(f" {state}" for state in states) + ") "
    return _AROUND.get(tag, ("", ""))
