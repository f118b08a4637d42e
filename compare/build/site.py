"""From ``sources/`` to a site on the disk."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter

from compare.build import lock, staging
from compare.build.context import check_places, read_context
from compare.build.report import Options, Report, Watch
from compare.build.writer import refusal


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
    report = Report()
    with lock.held(output.parent / f".{output.name}.lock", options.patience, watch.say) as descriptor:
        staging.recover(output, watch.say)
        context = read_context(root, output, options)
        if context.is_as_asked():
            stories = context.known.stories
            report.drafts = len(context.seen.stories) - len(stories)
            if context.seen != context.index.seen:
                context.remember(context.known)
        else:
            from compare.build.renewal import Renewal  # loads all that a build without change does not need

            stories = Renewal(context, watch, descriptor, report).run()
    for note in context.cache.notes:
        watch.say(note)
    report.stories = len(stories)
    for story in stories.values():
        articles, sentences, claims = story.counts
        report.articles += articles
        report.sentences += sentences
        report.claims += claims
    report.seconds["total"] = perf_counter() - started
    return report
