"""Crossread: aligns several outlets' coverage of one story and builds a static site of it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("crossread")
except PackageNotFoundError:  # a checkout on sys.path that was never installed
    __version__ = "0.0.0"
