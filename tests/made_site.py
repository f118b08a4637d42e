"""Sites made from comparisons, and a walk over their pages and links."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from compare.model import Comparison, Site
from compare.pages import Renderer
from compare.site.readers import OwnPage


def pages(
    site: Site,
    comparisons: Sequence[Comparison],
    templates: Path | None = None,
    own: Sequence[OwnPage] = (),
) -> dict[str, bytes]:
    """Path → content of everything that a site holds."""
    renderer = Renderer(site, templates)
    made = [page for comparison in comparisons for page in renderer.story(comparison)]
    made += map(renderer.own_page, own)
    made += renderer.site([renderer.card(comparison) for comparison in comparisons])
    assert len({page.path for page in made}) == len(made)
    return {page.path: page.content for page in made}


def write(folder: Path, made: dict[str, bytes]) -> None:
    """Write a site's files below a folder."""
    for path, content in made.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def broken_links(made: dict[str, bytes], base: str = "/") -> Iterator[str]:
    """Internal links and fragments of the pages that lead nowhere, as ``page: link``."""
    trees = {path: HTMLParser(content) for path, content in made.items() if path.endswith(".html")}
    anchors = {path: {node.attributes["id"] for node in tree.css("[id]")} for path, tree in trees.items()}
    for path, tree in trees.items():
        for node in tree.css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            bare, fragment = urldefrag(link)
            target = _target(path, bare.partition("?")[0], base)
            known = anchors.get(target)
            if target not in made or (fragment and known is not None and unquote(fragment) not in known):
                yield f"{path}: {link}"


def _target(page: str, link: str, base: str) -> str:
    if not link:
        return page
    if link.startswith("/"):
        assert link.startswith(base)
        return link.removeprefix(base)
    parts = page.split("/")[:-1]
    for part in link.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
