"""Compiled templates, kept from one build to the next."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from compare.pages.compiling import CompilingEnvironment
from compare.pages.phrases import Phrases

_OWN, _OTHERS = 0o700, 0o077  # modes


class Compiled(FileSystemBytecodeCache):
    """Jinja's cache of compiled templates, by their names and texts.

    What is kept is run, so it does not lie in the site's cache: that one may be carried from one
    machine to another and holds data alone.
    """

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is kept of a template: of a shipped one wherever it is; errors in others name their files."""
        shipped = isinstance(environment, CompilingEnvironment) and environment.ships(filename)
        text = f"{len(name)}:{name}{'' if shipped else filename}{source}".encode("utf-8", "surrogatepass")
        bucket = Bucket(environment, hashlib.sha256(text).hexdigest(), self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

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
    for name in ("compiling.py", "environment.py"):
        whole.update(Path(__file__).with_name(name).read_bytes())
    whole.update(phrases.catalogue)
    try:
        return Compiled(_own_folder(), f"{whole.hexdigest()[:16]}-%s.cache")
    except OSError:
        return None


def _own_folder() -> str:
    """A folder below the system's one for passing files, which the user alone may enter.

    Jinja's own choice would change the mode of whatever a link of that name leads to.

    Raises:
        OSError: There is none.
    """
    folder = Path(tempfile.gettempdir(), f"crossread-templates-{os.geteuid()}")
    with suppress(FileExistsError):
        folder.mkdir(_OWN)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & _OTHERS:
        raise PermissionError(str(folder))
    return str(folder)
