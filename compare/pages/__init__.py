"""Comparisons → pages. The only user of Jinja; templates only loop and branch."""

from compare.pages.cards import StoryCard
from compare.pages.renderer import Page, Renderer

__all__ = ["Page", "Renderer", "StoryCard"]
