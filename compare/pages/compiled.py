"""Compiled templates, kept from one build to the next."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from compare.pages.phrases import Phrases


class Compiled(FileSystemBytecodeCache):
    """Jinja's cache in the system's folder for passing files, below a folder that only the user may enter.

    What is kept is run, so it does not lie in the site's cache: that one may be carried from one
    machine to another and holds data alone.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept of a template; what cannot be read is compiled again."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # unpickling half a file can raise anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where the disk has room for it."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled(phrases: Phrases) -> Compiled | None:
    """The kept templates of a language; None where there is no safe folder for them.

    Jinja compares a template's text and Python's version. Messages are compiled in, by code of this
    package and of Jinja's, so these have a part in the names of what is kept.
    """
    whole = hashlib.sha256(f"jinja {jinja2.__version__} {phrases.language}\n".encode())
    own = [Path(__file__).with_name(name) for name in ("compiling.py", "environment.py")]
    for path in [*own, *phrases.catalogue]:
        whole.update(path.read_bytes())
    try:
        return Compiled(pattern=f"crossread_{whole.hexdigest()[:16]}_%s.cache")
    except (OSError, RuntimeError):
        return None
