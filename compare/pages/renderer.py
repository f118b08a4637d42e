"""The renderer: what becomes of a story and of a site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from traceback import extract_tb
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jinja2 import TemplateError, TemplateSyntaxError

from compare.errors import ConfigError
from compare.model import Comparison, Site
from compare.pages import data, feeds, prose, structured, wire
from compare.pages.article_view import article_view
from compare.pages.cards import StoryCard, story_card
from compare.pages.charts import story_pictures
from compare.pages.environment import Templates, environment, shipped_templates, static_files
from compare.pages.glance import glance
from compare.pages.handout import handout
from compare.pages.labels import Labels
from compare.pages.phrases import Phrases, direction
from compare.pages.remarks import remarks
from compare.pages.rights import publishable
from compare.pages.share_image import share_image
from compare.pages.side_view import side_by_side
from compare.pages.site_view import choices, method, outlet_trails, parts
from compare.pages.story_view import StoryView
from compare.site.readers import OwnPage


class Page(NamedTuple):
    """One file of the site: its path, POSIX and relative to the output folder, and its bytes."""

    path: str
    content: bytes


class Renderer:
    """Makes the pages of stories and of the site.

    Args:
        site: The configuration.
        templates: A folder whose files take the place of the shipped ones of the same name, or None.
    """

    def __init__(self, site: Site, templates: Path | None = None) -> None:
        self._site = site
        shipped = shipped_templates()
        own = templates is not None and templates.resolve() != shipped
        self._folders = (templates, shipped) if templates and own else (shipped,)
        self._phrases = Phrases(site.language, self._folders)
        self._labels = Labels(self._phrases)
        self._public: tuple[Comparison, Comparison, StoryCard] | None = None

    def story(self, comparison: Comparison, written: bytes | None = None) -> list[Page]:
        """The pages of one story, all below ``stories/<story>/``; text that rights withhold is in none.

        Args:
            comparison: Of the story, as a whole.
            written: Its ``comparison.json``, where that is known.

        Raises:
            ConfigError: A template of the site's own cannot be used.
        """
        public, card = self._publish(comparison)
        story = public.story
        if written is None or public is not comparison:
            written = wire.written(public)
        home = f"stories/{story.id}/"
        view = StoryView(public, self._phrases, self._labels)
        counts = view.counts()
        shared = {
            "view": view,
            "story": story,
            "story_dir": direction(story.language),
            "counts": counts,
        }
        pages = [
            self._page(
                home + "index.html",
                "pages/story.html",
                introduction=prose.introduction(story.introduction),
                glance=glance(view),
                remarks=remarks(view, counts),
                pictures=story_pictures(view),
                card=card,
                structured=structured.story_data(public, self._site),
                **shared,
            ),
            self._page(
                home + "side-by-side/index.html", "pages/side_by_side.html", rows=side_by_side(view), **shared
            ),
            self._page(
                home + "handout/index.html",
                "pages/handout.html",
                texts=handout(view, self._phrases.gettext("Outlet")),
                **shared,
            ),
            Page(home + "comparison.json", written),
            Page(home + "claims.csv", data.claims_csv(view)),
        ]
        if self._site.url:  # networks want a whole address
            pages.append(Page(home + "share.png", share_image(view)))
        for number, article in enumerate(story.articles):
            pages.append(
                self._page(
                    f"{home}{article.id}/index.html",
                    "pages/article.html",
                    article=article_view(view, number),
                    **shared,
                )
            )
        return pages

    def card(self, comparison: Comparison) -> StoryCard:
        """What the site's own pages tell of a story."""
        return self._publish(comparison)[1]

    def site(self, cards: Sequence[StoryCard]) -> Iterator[Page]:
        """The pages that speak of all stories, and the files that every page needs.

        Raises:
            ConfigError: A template of the site's own cannot be used.
        """
        stories = sorted(cards, key=lambda card: card.id)
        stories.sort(key=lambda card: card.date or (card.updated or "")[:10], reverse=True)
        for part in parts("", stories):
            yield self._page(part.path, "pages/index.html", part=part, **choices(part.items))
        trails = outlet_trails(stories)
        yield self._page("outlets/index.html", "pages/outlets.html", trails=trails)
        for trail in trails:
            for covered in parts(f"outlets/{trail.outlet.id}/", trail.stories):
                yield self._page(covered.path, "pages/outlet.html", trail=trail, part=covered)
        yield self._page("method/index.html", "pages/method.html", **method())
        yield self._page("search/index.html", "pages/search.html")
        yield Page("404.html", self._render("pages/404.html", root=self.base_path, path="404.html"))
        if self._site.url:  # both formats want whole addresses
            yield Page("feed.xml", feeds.atom(self._site, stories))
            yield Page("sitemap.xml", feeds.sitemap(self._site, stories))
        yield Page("comparison.schema.json", wire.schema())
        for name, content in static_files(self._folders):
            yield Page(f"static/{name}", content)

    def own_page(self, own: OwnPage) -> Page:
        """A page that the site's maker has written.

        Raises:
            ConfigError: A template of the site's own cannot be used.
        """
        return self._page(own.path, "pages/own.html", own=own, text=prose.page(own.text))

    @property
    def base_path(self) -> str:
        """The path that the site is served under, with both slashes."""
        path = urlsplit(self._site.url or "").path.strip("/")
        return f"/{path}/" if path else "/"

    @cached_property
    def _environment(self) -> Templates:
        made = environment(self._folders, self._phrases)
        made.globals.update(
            site=self._site,
            phrases=self._phrases,
            labels=self._labels,
            direction=direction,
            zip=zip,
            dir=direction(self._phrases.language),
        )
        return made

    def _publish(self, comparison: Comparison) -> tuple[Comparison, StoryCard]:
        """What may be published, and its card; asked for twice in a row, worked out once."""
        known = self._public
        if known is None or known[0] is not comparison:
            public = publishable(comparison, self._site.excerpt_words)
            known = self._public = (comparison, public, story_card(public))
        return known[1:]

    def _page(self, path: str, template: str, **values: Any) -> Page:
        return Page(path, self._render(template, root="../" * path.count("/"), path=path, **values))

    def _render(self, template: str, **values: Any) -> bytes:
        try:
            return self._environment.rendered(template, values).encode()
        except (TemplateError, AttributeError, LookupError) as error:
            is_own = len(self._folders) > 1  # else an error of Python's is a fault of the program
            if not is_own and not isinstance(error, TemplateError):
                raise
            name, line = self._place(error, template)
            what = f"the template cannot be used: {getattr(error, 'message', error)}"
            raise ConfigError(what, path=f"site_templates/{name}", line=line) from error
        except UnicodeDecodeError as error:
            raise ConfigError(
                "the template is not UTF-8", path=self._not_utf8(error.object), hint="save it as UTF-8"
            ) from error

    def _place(self, error: Exception, template: str) -> tuple[str, int | None]:
        """Name and line of the template that an error is in, as far as it or its traceback tells."""
        if isinstance(error, TemplateSyntaxError):
            return error.name or template, error.lineno
        for folder in self._folders:  # a site's own template may have asked a shipped one for too much
            for frame in reversed(extract_tb(error.__traceback__)):
                if Path(frame.filename).is_relative_to(folder):
                    return Path(frame.filename).relative_to(folder).as_posix(), frame.lineno
        return getattr(error, "name", None) or template, None

    def _not_utf8(self, content: bytes) -> str:
        """The template with these bytes: the error itself does not name it."""
        for path in sorted(self._folders[0].rglob("*")):
            if path.is_file() and path.read_bytes() == content:
                return f"site_templates/{path.relative_to(self._folders[0]).as_posix()}"
        return "site_templates"
