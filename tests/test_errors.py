"""Errors carry where and how to mend, through pickling too."""

import pickle

from compare.errors import ConfigError, CrossreadError, Problems, SourceError


def test_message_names_place_and_remedy():
    """One line for the problem, one for the hint."""
    error = SourceError("unknown key 'titel'", path="sources/a/b.md", line=3, hint="did you mean 'title'?")
    assert str(error) == "sources/a/b.md:3: unknown key 'titel'\n  hint: did you mean 'title'?"


def test_problems_are_flat_and_sorted():
    """Heaps of heaps come out as one list in the order of file and line."""
    late = SourceError("late", path="b.md", line=9)
    early = SourceError("early", path="b.md", line=2)
    heap = Problems([late, Problems([early, ConfigError("first", path="a.toml")])])
    assert [problem.message for problem in heap.problems] == ["first", "early", "late"]


def test_errors_survive_a_worker():
    """A process pool pickles them; nothing is lost on the way."""
    heap = Problems([SourceError("m", path="p", line=1, hint="h")])
    copy = pickle.loads(pickle.dumps(heap))
    assert isinstance(copy, CrossreadError)
    assert [(p.message, p.path, p.line, p.hint) for p in copy.problems] == [("m", "p", 1, "h")]
    assert type(copy.problems[0]) is SourceError
