"""A large site's search index is in parts, and the search page joins them."""

import functools
import http.server
import sys
import threading
from pathlib import Path

from compare.build import Options, build, search

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from stories import Size, write_stories


def test_every_part_is_searched(page, tmp_path, monkeypatch):
    """What stands in any part is found, and leads to its claim."""
    monkeypatch.setattr(search, "ONE_PART", 2)
    write_stories(tmp_path, Size(stories=6, articles=2, sentences=4))
    for article in tmp_path.glob("sources/*/paper-1.md"):
        article.write_text(article.read_text() + "The heron of Zanzibar was not asked.\n")
    output = tmp_path / "output"
    build(tmp_path, output, Options(cache=tmp_path / "cache", workers=1))
    assert (output / "pagefind/2/pagefind-entry.json").exists()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/search/index.html")
        page.locator("#find input").first.fill("heron zanzibar")
        results = page.locator("#results li a")
        results.nth(5).wait_for()
        links = [results.nth(number).get_attribute("href") for number in range(results.count())]
        server.shutdown()
    assert len(links) == 6
    assert all("/stories/story-0000" in link and "index.html#c-" in link for link in links), links
