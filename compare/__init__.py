"""Crossread: aligns several outlets' coverage of one story and builds a static site of it."""

__version__ = "0.1.0"
