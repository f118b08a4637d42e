"""The steps from the old site to the new one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from compare.build import manifest, own, search, work, workers
from compare.build.cache import Output, StoryRecord
from compare.build.context import BuildContext
from compare.build.plan import Plan, plan
from compare.build.report import Options, Report, Watch
from compare.build.staging import Staging
from compare.build.work import Job, Made, Setting
from compare.build.writer import Written
from compare.errors import ConfigError
from compare.model import Site
from compare.pages import StoryCard
from compare.site import config, fields, folders, readers


class Renewal:
    """One new site; its attributes are what it has so far."""

    def __init__(self, context: BuildContext, watch: Watch, lock: int, report: Report) -> None:
        """Get ready.

        Args:
            context: What the build starts from.
            watch: Who is told.
            lock: Descriptor of the build's lock.
            report: To be filled in.
        """
        self.context = context
        self.options = context.options
        self.watch = watch
        self.lock = lock
        self.report = report
        self.files: dict[str, Written] = {}
        self.stories: dict[str, StoryRecord] = {}
        self.staging = Staging(context.output, context.found)
        self.writer = self.staging.writer
        templates = context.root / "site_templates"
        self.setting = Setting(
            root=str(context.root),
            site=configured(context.root, self.options),
            templates=str(templates) if templates.is_dir() else None,
            drawn=context.seen.templates,
            fresh=self.options.fresh,
            new=self.writer.new,
            old=self.writer.old,
        )

    def run(self) -> dict[str, StoryRecord]:
        """Do what is to do, in the order in which the steps stand below; the stories of the new site."""
        try:
            self._do(plan(self.context, self.setting.site))
            if not self.report.failures or (self.stories and not self.options.strict):
                self._join()
                self._show()
        finally:
            self.staging.abandon()  # does nothing once the new site is in its place
        return self.stories

    def _do(self, todo: Plan) -> None:
        """Do the stories that changed and carry the others over."""
        with self._stage("keep"):
            self.staging.begin(self.watch.say)
        self.stories |= {story: self.context.known.stories[story] for story in todo.kept}
        for job in todo.jobs:  # a worker does not know what is held
            self.staging.release(job.old)
        self._keep(path for pages in todo.kept.values() for path in pages)
        self.report.drafts = todo.drafts
        jobs = {job.story: job for job in todo.jobs}
        failures = []
        self.watch.progress(0, len(jobs))
        for number, made in enumerate(self._made(todo.jobs), 1):
            if made.failure:
                failures.append(made.failure)
            self._take(made, jobs[made.story])
            self.watch.progress(number, len(jobs))
        self.report.done = len(jobs) - len(failures)
        self.report.failures = tuple(sorted(failures, key=lambda failure: failure.story))

    def _made(self, jobs: list[Job]) -> Iterator[Made]:
        """The stories done: on a cluster, in local processes, or, being few, here."""
        if jobs and self.options.scheduler:
            from compare.build import cluster

            return cluster.on_cluster(jobs, self.setting, self.options.scheduler)
        count = workers.cores() if self.options.workers is None else self.options.workers
        if count > 1 and len(jobs) > workers.FEW:
            return workers.in_processes(jobs, self.setting, self.lock, min(count, len(jobs)))
        return (work.do(job, self.setting) for job in jobs)

    def _take(self, made: Made, job: Job) -> None:
        """Enter a finished story, or the old pages of one that failed."""
        for stage, seconds in made.seconds.items():
            self.report.seconds[stage] = self.report.seconds.get(stage, 0.0) + seconds
        key, comparison = job.key if made.stable else "", job.comparison
        last = self.context.last_good(made.story)
        if made.failure:
            key, comparison = "", last.comparison if last else ""
        if made.card is not None:
            self.files |= made.written
            found = manifest.digest(made.found)
            self.context.cache.keep_found(found, made.found)
            self.stories[made.story] = StoryRecord(key, comparison, made.counts, found, Raw(made.card))
        elif last is not None and job.old:
            self._keep(path for path in job.old if path in self.context.found.stamps)
            self.stories[made.story] = replace(last, key="")

    def _keep(self, paths: Iterable[str]) -> None:
        """Carry files of the old site over."""
        with self._stage("keep"):
            for path in paths:
                self.files[path] = (self.context.found.files[path], self.writer.keep(path))

    def _join(self) -> None:
        """Write what joins the stories to a site."""
        with ThreadPoolExecutor(workers.cores()) as pool:
            with self._stage("search"):
                indexed = self._index(pool) if self.options.search else {}
            with self._stage("pages"):
                self._site_pages()
            with self._stage("search"):
                for part, running in indexed.items():
                    running.result()
                    self.files |= search.take_over(self.writer, part, self.context.found.files)
        search.clear(self.writer)

    def _site_pages(self) -> None:
        """Write what speaks of all stories."""
        cards = b",".join(self.stories[story].card for story in sorted(self.stories))
        drawn = work.renderer(self.setting.site, self.setting.templates, self.setting.drawn)
        pages = drawn.site(msgspec.json.decode(b"[%s]" % cards, type=tuple[StoryCard, ...]))
        added = own.files_of_site(self.context.root, self.setting.site, drawn, drafts=self.options.drafts)
        for page in chain(pages, added):
            self._write(page.path, page.content)

    def _write(self, path: str, content: bytes) -> None:
        self.files[path] = self.writer.put(path, content, self.context.found.files)

    def _index(self, pool: Executor) -> dict[int, Future[None]]:
        """Begin the search index of the parts in which something else is found than before."""
        parts: dict[int, list[str]] = {}
        for story in sorted(self.stories):
            parts.setdefault(search.part_of(story, len(self.stories)), []).append(story)
        self._write(search.PARTS, json.dumps(sorted(parts)).encode("ascii"))
        running = {}
        for part, stories in sorted(parts.items()):
            held = self._index_of(part, stories)
            self._keep(held)
            if not held:
                for story in stories:
                    self._stage_found(part, story)
                running[part] = pool.submit(search.index, self.writer, part, self.setting.site.language)
        return running

    def _index_of(self, part: int, stories: list[str]) -> list[str]:
        """The old files of a part's index; nothing when they do not serve any more."""
        known = self.context.known.stories
        before = {story for story in known if search.part_of(story, len(known)) == part}
        if before != set(stories) or any(known[s].found != self.stories[s].found for s in stories):
            return []
        held = search.files_of(part, self.context.found.files)
        return held if self.context.is_intact(held) else []

    def _stage_found(self, part: int, story: str) -> None:
        """Put what the search finds of a story where the index is made from it."""
        content = self.context.cache.found(self.stories[story].found)
        if content is None:
            content = (self.staging.folder / "stories" / story / "index.html").read_bytes()
        self.writer.write(f"{search.WAITING}/{part}/stories/{story}/index.html", content)

    def _show(self) -> None:
        """Let the new site take the old one's place, unless they are the same, and remember it."""
        names = {path: name for path, (name, _) in self.files.items()}
        stamps = {path: stamp for path, (_, stamp) in self.files.items()}
        digest = manifest.digest(manifest.encode(names))
        if digest != self.context.found.manifest or stamps != self.context.found.stamps:
            with self._stage("swap"):
                self.staging.finish(names, self.watch.say)
            self.report.written = True
        with self._stage("remember"):
            # After a failure the request is not remembered, so that the next build tries again.
            request = "" if self.report.failures else self.context.request
            self.context.remember(Output(digest, request, stamps, self.stories))

    def _stage(self, name: str) -> AbstractContextManager[None]:
        return work.timed(self.report.seconds, name)


def configured(root: Path, options: Options) -> Site:
    """The configuration, with what the command line says instead.

    Raises:
        ConfigError: The URL on the command line is none.
        Problems: Something is wrong with the configuration, the site's own pages, or the sources as a whole.
    """
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
