"""From ``sources/`` to a site on the disk: the steps of a build and their order."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import chain
from pathlib import Path
from time import perf_counter

import msgspec

from compare.build import helper as helpers
from compare.build import lock, manifest, own, search, staging, work, workers
from compare.build.cache import Index, Output, StoryRecord
from compare.build.context import BuildContext, Sources, check_places, configured, read_context, read_sources
from compare.build.helper import Helper
from compare.build.plan import Plan, intact, last_good, plan, request
from compare.build.report import Options, Report, Watch
from compare.build.work import Made, Setting
from compare.build.writer import Written, refusal


def build(root: Path, output: Path, options: Options | None = None, watch: Watch | None = None) -> Report:
    """Build the site of a folder.

    Until the last step the old site is untouched, and that step puts the new one in its place at
    once. When nothing changed, nothing is written.

    Args:
        root: Folder with ``sources/``.
        output: Where the site goes; missing, empty or written by an earlier build.
        options: How; the defaults when None.
        watch: Who is told; nobody when None.

    Returns:
        What was done. Look at ``failures``: a story that cannot be used does not stop the others.

    Raises:
        Problems: The configuration, or the sources as a whole, cannot be used.
        ConfigError: A template of the site's own, or the URL on the command line, cannot be used.
        OutputError: The output folder, the disk or the lock refuses; the old site is untouched.
        WorkerError: The scheduler or its workers cannot be used.
    """
    started = perf_counter()
    options, watch = options or Options(), watch or Watch()
    root, output = Path(os.path.realpath(root)), Path(os.path.abspath(output))
    check_places(root, output)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(error, output) from error
    locked = lock.held(output.parent / f".{output.name}.lock", options.patience, watch.say)
    with workers.rare_garbage_collection(), locked as descriptor:
        staging.recover(output, watch.say)
        sources = read_sources(root, options)
        with _helper(sources, options, descriptor) as helper:
            context = read_context(sources, output, options)
            report = _Build(options, watch, context, descriptor, helper).run()
    for note in sources.cache.notes:
        watch.say(note)
    report.seconds["total"] = perf_counter() - started
    return report


def _helper(sources: Sources, options: Options, descriptor: int) -> AbstractContextManager[Helper | None]:
    """A helper, where it looks as if it could be of use."""
    changed = sources.changed()
    if not changed or len(changed) > workers.FEW or _worker_count(options) <= 1:
        return nullcontext()
    if options.fresh or options.scheduler or options.profile:
        return nullcontext()
    return helpers.helper(descriptor)


def _worker_count(options: Options) -> int:
    return workers.cores() if options.workers is None else options.workers


class _Build:
    """One build, step by step; its attributes are the new site as far as it has grown."""

    def __init__(
        self, options: Options, watch: Watch, context: BuildContext, descriptor: int, helper: Helper | None
    ) -> None:
        self.options = options
        self.watch = watch
        self.context = context
        self.descriptor = descriptor
        self.helper = helper
        self.report = Report()
        self.files: dict[str, Written] = {}
        self.stories: dict[str, StoryRecord] = {}
        self.staging = staging.Staging(context.output, context.found)

    def run(self) -> Report:
        """Do what is to do; the stages stand below in their order."""
        asked = request(self.context, [self.options.base_url, self.options.search, self.options.drafts])
        if not self._is_as_before(asked):
            self.setting = self._setting()
            try:
                self._do(plan(self.context, self.setting.site, drafts=self.options.drafts))
                if not self.report.failures or (self.stories and not self.options.strict):
                    self._join()
                    self._show(asked)
            finally:
                self.staging.abandon()  # does nothing once the new site is in its place
        return self._counted()

    def _is_as_before(self, asked: str) -> bool:
        """Whether the old site is what is asked for; then it stays."""
        known = self.context.known
        if known.request != asked or known.files != self.context.found.stamps:
            return False
        self.stories = known.stories
        self.report.drafts = len(self.context.seen.stories) - len(known.stories)
        if self.context.seen != self.context.index.seen:
            self._remember(known)
        return True

    def _setting(self) -> Setting:
        templates = self.context.root / "site_templates"
        return Setting(
            root=str(self.context.root),
            site=configured(self.context.root, self.options),
            templates=str(templates) if templates.is_dir() else None,
            drawn=self.context.seen.templates,
            fresh=self.options.fresh,
            profile=self.options.profile,
        )

    def _do(self, todo: Plan) -> None:
        """Do the stories that changed and carry the others over."""
        count = _worker_count(self.options)
        here = not todo.jobs or (not self.options.scheduler and (count <= 1 or len(todo.jobs) <= workers.FEW))
        if self.helper and here:
            self.helper.begin(todo.jobs, self.setting)
        elif self.helper:
            self.helper.close()
        with self._stage("keep"):
            self.staging.begin(self.watch.say)
        self.stories |= {story: self.context.known.stories[story] for story in todo.kept}
        for job in todo.jobs:  # a worker does not know what is held
            self.staging.release(job.old)
        self._keep(path for pages in todo.kept.values() for path in pages)
        self.report.drafts = len(todo.drafts)
        self._take_all(todo, self._made_here(todo) if here else self._made_elsewhere(todo, count))

    def _made_here(self, todo: Plan) -> Iterator[Made]:
        if todo.jobs:
            work.load_drawing(self.setting)
        compare = self.helper.compared if self.helper else work.compared
        return workers.in_this_process(todo.jobs, self._team(), compare)

    def _made_elsewhere(self, todo: Plan, count: int) -> Iterator[Made]:
        if self.options.scheduler:
            from compare.build import cluster

            return cluster.on_cluster(todo.jobs, self._team(), self.options.scheduler)
        return workers.in_processes(todo.jobs, self._team(), self.descriptor, min(count, len(todo.jobs)))

    def _team(self) -> workers.Team:
        return workers.Team(self.setting, self.staging.writer.new, self.staging.writer.old)

    def _take_all(self, todo: Plan, done: Iterable[Made]) -> None:
        """Enter the stories that are to do, as they are done."""
        failures = []
        self.watch.progress(0, len(todo.jobs))
        for number, made in enumerate(done, 1):
            if made.failure:
                failures.append(made.failure)
            self._take(made, todo)
            self.watch.progress(number, len(todo.jobs))
        self.report.done = len(todo.jobs) - len(failures)
        self.report.failures = tuple(sorted(failures, key=lambda failure: failure.story))

    def _take(self, made: Made, todo: Plan) -> None:
        """Enter a finished story, or the old pages of one that failed."""
        for stage, seconds in made.seconds.items():
            self.report.seconds[stage] = self.report.seconds.get(stage, 0.0) + seconds
        key, comparison = todo.keys[made.story]
        last = last_good(self.context.index, made.story)
        if made.failure:
            key, comparison = "", last.comparison if last else ""
        if made.card is not None:
            self.files |= made.written
            found = manifest.digest(made.found)
            self.context.cache.keep_found(found, made.found)
            self.stories[made.story] = StoryRecord(
                key if made.stable else "", comparison, *made.counts, found, made.card
            )
        elif last is not None and todo.pages.get(made.story):
            self._keep(path for path in todo.pages[made.story] if path in self.context.found.stamps)
            self.stories[made.story] = replace(last, key="")

    def _keep(self, paths: Iterable[str]) -> None:
        """Carry files of the old site over."""
        with self._stage("keep"):
            for path in paths:
                self.files[path] = (self.context.found.files[path], self.staging.writer.keep(path))

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
                    self.files |= search.take_over(self.staging.writer, part, self.context.found.files)
        search.clear(self.staging.writer)

    def _site_pages(self) -> None:
        """Write what speaks of all stories."""
        from compare.pages import StoryCard

        told = [self.stories[story].card for story in sorted(self.stories)]
        drawn = work.renderer(self.setting.site, self.setting.templates, self.setting.drawn)
        pages = drawn.site(msgspec.convert(told, tuple[StoryCard, ...]))
        added = own.files_of_site(self.context.root, self.setting.site, drawn, drafts=self.options.drafts)
        for page in chain(pages, added):
            self._write(page.path, page.content)

    def _write(self, path: str, content: bytes) -> None:
        self.files[path] = self.staging.writer.put(path, content, self.context.found.files)

    def _index(self, pool: Executor) -> dict[int, Future[None]]:
        """Begin the search index of the parts in which something else is found than before."""
        writer = self.staging.writer
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
                running[part] = pool.submit(search.index, writer, part, self.setting.site.language)
        return running

    def _index_of(self, part: int, stories: list[str]) -> list[str]:
        """The old files of a part's index; nothing when they do not serve any more."""
        known = self.context.known.stories
        before = {story for story in known if search.part_of(story, len(known)) == part}
        if before != set(stories) or any(known[s].found != self.stories[s].found for s in stories):
            return []
        held = search.files_of(part, self.context.found.files)
        return held if intact(self.context, held) else []

    def _stage_found(self, part: int, story: str) -> None:
        """Put what the search finds of a story where the index is made from it."""
        content = self.context.cache.found(self.stories[story].found)
        if content is None:
            content = (self.staging.folder / "stories" / story / "index.html").read_bytes()
        self.staging.writer.write(f"{search.WAITING}/{part}/stories/{story}/index.html", content)

    def _show(self, asked: str) -> None:
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
            request = "" if self.report.failures else asked
            self._remember(Output(digest, request, stamps, self.stories))

    def _remember(self, output: Output) -> None:
        known = self.context.index.outputs.items()
        outputs = {path: there for path, there in known if os.path.isdir(path)}
        outputs[str(self.context.output)] = output
        told = [story for each in outputs.values() for story in each.stories.values()]
        kept = {name for story in told for name in (story.comparison, story.found)}
        self.context.cache.save(Index(self.context.seen, outputs))
        self.context.cache.forget(kept)

    def _counted(self) -> Report:
        told = self.stories.values()
        self.report.stories = len(told)
        self.report.articles = sum(story.articles for story in told)
        self.report.sentences = sum(story.sentences for story in told)
        self.report.claims = sum(story.claims for story in told)
        return self.report

    def _stage(self, name: str) -> AbstractContextManager[None]:
        return work.timed(self.report.seconds, name)
