"""Comparisons → pages. The only user of Jinja; templates only loop and branch."""

from compare.pages.cards import StoryCard
from compare.pages.page import Page
from compare.pages.renderer import Renderer

__all__ = ["Page", "Renderer", "StoryCard"]
