"""Captures → drafts: what an article is, read from the bytes it came in."""
