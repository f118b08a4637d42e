"""Builds one hostile story within bounds: ``python hostile.py FOLDER CASE``.

The process may take 30 seconds of processor time and 2 GB; more and the system ends it. Prints
what became of the story: ``built``, or the message that refused it.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from pathlib import Path

SECONDS, BYTES = 30, 2 * 2**30
HEAD = "---\noutlet: Invented {}\ntitle: A title\n---\n"
TEXT = "The bridge was closed on Monday. About 48 people were hurt, the mayor said.\n"

Files = dict[str, str | bytes]


def markdown(body: str) -> Files:
    """An article whose text is hostile."""
    return {"one.md": HEAD.format("Paper") + body}


def plain(body: str) -> Files:
    """The same without markup."""
    return {"one.txt": HEAD.format("Paper") + body}


def both(body: str) -> Files:
    """Two articles that are as long as allowed, and nearly the same."""
    return {"one.txt": HEAD.format("Paper") + body, "two.txt": HEAD.format("Journal") + body + "The end."}


def full(piece: str) -> str:
    """A piece repeated to nearly the longest text that is allowed."""
    return piece * (290_000 // len(piece))


def page(body: str) -> Files:
    """The same as a page from the web."""
    head = "<!--\noutlet: Invented Paper\ntitle: A title\n-->\n"
    return {"one.html": head + f"<html><body><article>{body}</article></body></html>"}


def front(matter: str) -> Files:
    """An article whose front matter is hostile."""
    return {"one.md": f"---\noutlet: Invented Paper\n{matter}\n---\n{TEXT}"}


def story(text: str) -> Files:
    """A hostile story.md."""
    return {"one.md": HEAD.format("Paper") + TEXT, "story.md": text}


def laughs() -> str:
    """Aliases of aliases: a billion entries if they were built."""
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines)


CASES: dict[str, Callable[[], Files]] = {
    "yaml aliases": lambda: front(laughs()),
    "yaml keys": lambda: front("\n".join(f"key{n}: x" for n in range(10**6))),
    "yaml nest": lambda: front("title: " + "[" * 30_000),
    "yaml flow nest": lambda: front("title: " + "{a: " * 10_000),
    "toml nest": lambda: {"corrections.toml": "a = " + "[" * 300_000, **markdown(TEXT)},
    "toml keys": lambda: {
        "corrections.toml": "\n".join(f"k{n} = 1" for n in range(60_000)), **markdown(TEXT)
    },
    "toml dots": lambda: {"corrections.toml": "a" + ".a" * 200_000 + " = 1", **markdown(TEXT)},
    "quotes in quotes": lambda: markdown("> " * 20_000 + "deep\n"),
    "lists in lists": lambda: markdown("".join("  " * n + "- x\n" for n in range(1500))),
    "brackets": lambda: markdown("[" * 200_000 + "\n"),
    "links": lambda: markdown("[a](" * 100_000 + "\n"),
    "emphasis": lambda: markdown("*a _b " * 100_000 + "\n"),
    "stars": lambda: markdown("*" * 300_000 + "a" + "*" * 300_000 + "\n"),
    "backticks": lambda: markdown("".join("`" * n + " " for n in range(1, 1500)) + "\n"),
    "entities": lambda: markdown("&" * 300_000 + "\n"),
    "angles": lambda: markdown("<a " * 200_000 + "\n"),
    "references": lambda: markdown("".join(f"[a{n}]: http://x/{n}\n" for n in range(30_000)) + TEXT),
    "introduction": lambda: story("---\ntitle: T\n---\n" + "> " * 10_000 + "[" * 50_000 + "\n"),
    "long title": lambda: story("---\ntitle: " + "T " * 30_000 + "\n---\nText.\n"),
    "deep page": lambda: page("<div>" * 200_000 + TEXT),
    "deep paragraphs": lambda: page(f"<blockquote><p>{TEXT}" * 20_000),
    "attributes": lambda: page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{TEXT}"),
    "unclosed comment": lambda: page("<!-- <!-- " * 100_000 + TEXT),
    "page entities": lambda: page("<p>" + "&lt;" * 300_000),
    "one long word": lambda: plain(full("a")),
    "one long sentence": lambda: plain(full("word ")),
    "many sentences": lambda: plain("".join(f"Number {n} is here. " for n in range(13_000))),
    "many equal sentences": lambda: plain(full("It is so. ")),
    "many paragraphs": lambda: plain(full("So.\n\n")),
    "full stops": lambda: plain(full(".")),
    "quotation marks": lambda: plain("“" * 90_000 + "”" * 90_000 + " said Ada. " + '"' * 90_000),
    "numbers": lambda: plain(full("1,000,000 and 2 million, 3.5 percent; ")),
    "dates": lambda: plain(full("on Monday, 3 March 2022, at 11:30, ")),
    "capitals": lambda: plain(full("Ada Bram Cleo von Dorit Jr. ")),
    "negations": lambda: plain(full("not never no nobody denied that ")),
    "marks on a letter": lambda: plain(full("\u0301")),
    "joiners": lambda: plain(full("\u200d") + "a"),
    "no spaces": lambda: plain(full("漢字")),
    "two long articles": lambda: both("".join(f"The mayor of town {n} said so. " for n in range(9_000))),
    "two equal sentences": lambda: both(full("It is so. ")),
    "two long sentences": lambda: both(full("word and number 48 ")),
    "longer than allowed": lambda: plain("word " * 700_000),
    "directions": lambda: plain(full("\u202e\u2066") + TEXT),
    "compressed": lambda: {"one.md": b"\x1f\x8b\x08\x00" + b"\x00" * 10_000},
    "surrogates": lambda: {"one.md": (HEAD.format("Paper") + TEXT).encode() + b"\xed\xa0\x80"},
    "many articles": lambda: {
        f"paper-{n}.md": HEAD.format(f"Paper {n}") + f"{TEXT}Only paper {n} says so.\n" for n in range(60)
    },
}  # fmt: skip


def lay_out(root: Path, files: Files) -> None:
    """A site with the hostile story and a good one beside it."""
    good = {
        "story.md": "---\ntitle: Good\n---\n",
        "a.md": HEAD.format("A") + TEXT,
        "b.md": HEAD.format("B") + TEXT,
    }
    for name, contents in (("good", good), ("hostile", {**good, **files})):
        folder = root / "sources" / name
        folder.mkdir(parents=True)
        for file, content in contents.items():
            (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())


def main() -> None:
    """Build within bounds and tell what became of the story."""
    root, case = Path(sys.argv[1]), sys.argv[2]
    lay_out(root, CASES[case]())
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    from compare.build import Options, build

    options = Options(cache=root / "cache", workers=1, search=False)
    report = build(root, root / "output", options)
    failed = {failure.story: failure for failure in report.failures}
    if "good" in failed:
        raise SystemExit("the good story failed")
    if "hostile" not in failed:
        print("built")
    elif failed["hostile"].error is None:
        raise SystemExit(failed["hostile"].traceback)
    else:
        print(f"refused: {failed['hostile'].error}")


if __name__ == "__main__":
    main()
