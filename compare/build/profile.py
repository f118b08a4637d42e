"""Where the time went, by module."""

from __future__ import annotations

from collections.abc import Callable

from compare.build.work import Made

_KEPT = ("compare", "site_templates")


def profiled(work: Callable[[], Made]) -> Made:
    """Do one story's work and add each module's own time to its ``seconds``.

    Measuring slows Python's own code down by about half, so that the modules' times are shares
    rather than seconds; the stages' times are taken from the clock.
    """
    import cProfile  # seldom used, and not free to import
    import pstats

    profile = cProfile.Profile(builtins=False)
    made = profile.runcall(work)
    stats = pstats.Stats(profile)
    for (file, _, _), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        name = f"module {module(file)}"
        made.seconds[name] = made.seconds.get(name, 0.0) + own
    return made


def module(file: str) -> str:
    """A short name of the module or distribution that a file belongs to."""
    path = file.replace("\\", "/")
    for top in _KEPT:
        if f"/{top}/" in path:
            return f"{top}/{path.rpartition(f'/{top}/')[2]}"
    for top in ("/site-packages/", "/lib/python"):
        if top in path:
            below = path.rpartition(top)[2].split("/")
            return below[0] if top == "/site-packages/" else "standard library"
    return "templates" if path.startswith("<template") else path.rpartition("/")[2]
