"""What a build starts from: the sources, the old site and the cache; nothing is parsed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from compare.build import cache as caches
from compare.build import inputs, manifest
from compare.build.cache import Cache, Index, Output, StoryRecord
from compare.build.inputs import Inputs
from compare.build.manifest import Found
from compare.build.report import Options
from compare.errors import OutputError


def check_places(root: Path, output: Path) -> None:
    """Refuse what could overwrite the sources, before anything is written."""
    if not (root / "sources").is_dir():
        from compare.site.folders import no_sources

        raise no_sources(root)
    real = Path(os.path.realpath(output))
    inside = [root / name for name in ("sources", "seeds", "site_templates", "pages")]
    if real == root or real in root.parents or any(real == top or top in real.parents for top in inside):
        raise OutputError(
            "the site may not be written over its own sources",
            path=output,
            hint="choose another folder: --output FOLDER",
        )


@dataclass(frozen=True, slots=True)
class BuildContext:
    """All that a build starts from.

    Attributes:
        root: The site's folder.
        output: The output folder.
        options: What is asked for.
        seen: The sources' digests.
        code: ``inputs.code_version()``.
        request: Digest of everything that shapes the site.
        cache: Of the site.
        index: What the cache remembers.
        found: The old site.
        known: What the old site was made from; empty when that is unknown.
    """

    root: Path
    output: Path
    options: Options
    seen: Inputs
    code: str
    request: str
    cache: Cache
    index: Index
    found: Found
    known: Output

    def is_as_asked(self) -> bool:
        """Whether the old site is what is asked for; then it stays."""
        return self.known.request == self.request and self.known.files == self.found.stamps

    def is_intact(self, pages: Iterable[str]) -> bool:
        """Whether pages of the old site are there as they were written."""
        now, then = self.found.stamps, self.known.files
        return all(path in now and now[path] == then.get(path) for path in pages)

    def last_good(self, story: str) -> StoryRecord | None:
        """What is known of a story's last good state, in any output folder."""
        states = (output.stories.get(story) for _, output in sorted(self.index.outputs.items()))
        return next(filter(None, states), None)

    def remember(self, output: Output) -> None:
        """Write into the cache what the site is made from now, and forget what no site is made from."""
        known = self.index.outputs.items()
        outputs = {path: there for path, there in known if os.path.isdir(path)}
        outputs[str(self.output)] = output
        told = [story for each in outputs.values() for story in each.stories.values()]
        self.cache.save(Index(self.seen, outputs))
        self.cache.forget(name for story in told for name in (story.comparison, story.found))


def read_context(root: Path, output: Path, options: Options) -> BuildContext:
    """Look at everything that a build starts from.

    Raises:
        OutputError: The output folder cannot be used.
    """
    cache = Cache(options.cache or caches.default_folder(), root)
    index = cache.load()
    seen = inputs.look(root, {} if options.fresh else index.seen.files)
    found = manifest.inspect(output)
    known = index.outputs.get(str(output), Output())
    if options.fresh:
        index, known = Index(outputs=index.outputs), Output()
    if not known.manifest or known.manifest != found.manifest:
        known = Output()  # what is there is not what was remembered
    code = inputs.code_version()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    asked = (str(options.base_url), str(options.search), str(options.drafts))
    stories = (f"{story} {content}" for story, content in sorted(seen.stories.items()))
    request = inputs.joined([code, seen.settings, seen.templates, seen.loose, epoch, *asked, *stories])
    return BuildContext(root, output, options, seen, code, request, cache, index, found, known)
