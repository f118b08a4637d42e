"""What a build starts from: the sources, the configuration, the old site and the cache."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from compare.build import cache as caches
from compare.build import inputs, manifest
from compare.build.cache import Cache, Index, Output
from compare.build.inputs import Inputs
from compare.build.manifest import Found
from compare.build.report import Options
from compare.errors import ConfigError, OutputError
from compare.model import Site
from compare.site.folders import SOURCES, no_sources


def check_places(root: Path, output: Path) -> None:
    """Refuse what could overwrite the sources, before anything is written."""
    if not (root / SOURCES).is_dir():
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
class Sources:
    """What a site is made from, and what the cache knows of it.

    Attributes:
        root: The site's folder.
        seen: The sources' digests.
        index: Of the cache.
        cache: Of the site.
    """

    root: Path
    seen: Inputs
    index: Index
    cache: Cache

    def changed(self) -> set[str] | None:
        """The stories that have changed since the build that the cache remembers; None when more has."""
        now, then = self.seen, self.index.seen
        if (now.settings, now.templates, now.loose) != (then.settings, then.templates, then.loose):
            return None
        stories = now.stories.keys() | then.stories.keys()
        return {story for story in stories if now.stories.get(story) != then.stories.get(story)}


@dataclass(frozen=True, slots=True)
class BuildContext(Sources):
    """All that a build starts from.

    Attributes:
        output: The output folder.
        code: ``inputs.code_version()``.
        found: The old site.
        known: What the old site was made from; empty when that is unknown.
    """

    output: Path
    code: str
    found: Found
    known: Output


def read_sources(root: Path, options: Options) -> Sources:
    """Look at the sources and the cache; nothing is parsed."""
    cache = Cache(options.cache or caches.default_folder(), root)
    index = cache.load()
    seen = inputs.look(root, {} if options.fresh else index.seen.files)
    return Sources(root, seen, index, cache)


def read_context(sources: Sources, output: Path, options: Options) -> BuildContext:
    """Look at the rest of what a build starts from.

    Raises:
        OutputError: The output folder cannot be used.
    """
    found = manifest.inspect(output)
    index = sources.index
    known = index.outputs.get(str(output), Output())
    if options.fresh:
        index, known = Index(outputs=index.outputs), Output()
    if not known.manifest or known.manifest != found.manifest:
        known = Output()  # what is there is not what was remembered
    code = inputs.code_version()
    return BuildContext(sources.root, sources.seen, index, sources.cache, output, code, found, known)


def configured(root: Path, options: Options) -> Site:
    """The configuration, with what the command line says instead.

    Raises:
        ConfigError: The URL on the command line is none.
        Problems: Something is wrong with the configuration, the site's own pages, or the sources as a whole.
    """
    from compare.site import config, fields, folders, readers

    site = config.load(root)
    site = replace(site, menu=readers.menu(readers.read_pages(root, site, drafts=options.drafts)))
    folders.story_folders(root)  # raises what is wrong with the sources as a whole
    if options.base_url is None:
        return site
    try:
        url = fields.url(options.base_url)
    except fields.Invalid as invalid:
        raise ConfigError(f"--base-url: {invalid}", hint=invalid.hint) from None
    return replace(site, url=url.rstrip("/") + "/")
