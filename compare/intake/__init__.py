"""Bringing in: pages, feeds and files → articles in ``sources/`` with their captures in ``seeds/``."""
