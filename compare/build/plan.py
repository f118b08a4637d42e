"""Which stories are to do, and which are as they were."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from compare.build.context import BuildContext
from compare.build.inputs import joined
from compare.build.work import Job
from compare.model import Site
from compare.site.readers import is_draft


@dataclass(slots=True)
class Plan:
    """What is to do.

    Attributes:
        jobs: Stories to do.
        kept: Story → its pages, which stay as they are.
        drafts: How many stories are left out.
    """

    jobs: list[Job] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    drafts: int = 0


def plan(context: BuildContext, site: Site) -> Plan:
    """Tell the stories that changed from those that did not, and leave drafts out unless they are wanted."""
    made, old = Plan(), _by_story(context.found.files)
    drafts = context.options.drafts
    shared = joined([context.code, repr(site.settings), repr(site.outlets), site.language, repr(site.rights)])
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    drawn = joined([repr(site), context.seen.templates, epoch, *(["drafts"] if drafts else [])])
    for story, content in sorted(context.seen.stories.items()):
        comparison = joined([shared, story, content])
        key = joined([comparison, drawn])
        told = context.known.stories.get(story)
        pages = old.get(story, {})
        if told is not None and told.key == key and context.is_intact(pages):
            made.kept[story] = list(pages)
        elif not drafts and is_draft(context.root / "sources" / story, context.root):
            made.drafts += 1  # one that was kept had pages, so it was none
        else:
            last = context.last_good(story)
            path = context.cache.comparison_path
            fallback = path(last.comparison) if last else None
            made.jobs.append(Job(story, content, key, comparison, path(comparison), fallback, pages))
    return made


def _by_story(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Each story's pages among a site's files: path → digest."""
    pages: dict[str, dict[str, str]] = {}
    for path, digest in files.items():
        top, _, rest = path.partition("/")
        story, slash, _ = rest.partition("/")
        if top == "stories" and slash:
            pages.setdefault(story, {})[path] = digest
    return pages
