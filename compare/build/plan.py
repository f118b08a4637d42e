"""Which stories are to do, and which are as they were."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from compare.build.cache import Index, StoryRecord
from compare.build.context import BuildContext
from compare.build.inputs import joined
from compare.build.work import Job
from compare.model import Site


@dataclass(slots=True)
class Plan:
    """What is to do.

    Attributes:
        jobs: Stories to do.
        kept: Story → its pages, which stay as they are.
        keys: Story → digest of all that its pages, and its comparison, are made from.
        pages: Story → the pages it has in the old site.
        drafts: Stories that are left out.
    """

    jobs: list[Job] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)


def plan(context: BuildContext, site: Site, *, drafts: bool = False) -> Plan:
    """Tell the stories that changed from those that did not, and leave drafts out unless they are wanted."""
    made = Plan(pages=_by_story(context.found.files))
    from compare.site.readers import is_draft

    shared = joined([context.code, repr(site.settings), repr(site.outlets), site.language, repr(site.rights)])
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    drawn = joined([repr(site), context.seen.templates, epoch, *(["drafts"] if drafts else [])])
    for story, content in sorted(context.seen.stories.items()):
        comparison = joined([shared, story, content])
        key = joined([comparison, drawn])
        made.keys[story] = (key, comparison)
        pages = made.pages.get(story, [])
        told = context.known.stories.get(story)
        if told is not None and told.key == key and intact(context, pages):
            made.kept[story] = pages
        elif not drafts and is_draft(context.root / "sources" / story, context.root):
            made.drafts.append(story)  # one that was kept had pages, so it was none
        else:
            made.jobs.append(_job(context, story, comparison, pages))
    return made


def _job(context: BuildContext, story: str, comparison: str, pages: Iterable[str]) -> Job:
    last = last_good(context.index, story)
    stored = context.cache.comparison_path(comparison)
    fallback = context.cache.comparison_path(last.comparison) if last else None
    return Job(
        story,
        context.seen.stories[story],
        None if stored is None else str(stored),
        None if fallback is None else str(fallback),
        {path: context.found.files[path] for path in pages},
    )


def last_good(index: Index, story: str) -> StoryRecord | None:
    """What is known of a story's last good state, in any output folder."""
    for _, output in sorted(index.outputs.items()):
        if story in output.stories:
            return output.stories[story]
    return None


def request(context: BuildContext, asked: Iterable[object]) -> str:
    """Digest of everything that shapes the site, so that a build can see at once that nothing changed.

    Args:
        context: What is there.
        asked: The options that shape pages.
    """
    seen = context.seen
    stories = (f"{story} {content}" for story, content in sorted(seen.stories.items()))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    shaping = [context.code, seen.settings, seen.templates, seen.loose, epoch]
    return joined([*shaping, *map(str, asked), *stories])


def _by_story(files: Mapping[str, str]) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {}
    for path in files:
        top, _, rest = path.partition("/")
        story, slash, _ = rest.partition("/")
        if top == "stories" and slash:
            pages.setdefault(story, []).append(path)
    return pages


def intact(context: BuildContext, pages: Iterable[str]) -> bool:
    """Whether the pages are there as they were written."""
    now, then = context.found.stamps, context.known.files
    return all(path in now and now[path] == then.get(path) for path in pages)
