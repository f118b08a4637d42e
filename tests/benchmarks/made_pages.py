# ruff: noqa: E501 - lines of markup are as long as pages have them
"""Pages of invented news in the markups of many content systems, each with its true text.

``write_pages(folder, number)`` writes ``NAME.html`` and ``NAME.txt``; the same number gives the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_WHO = ("the harbour office", "a clerk of Marl", "the ferry guild", "Ada Holt", "the county court", "Petra Lund",
        "a baker from Kells", "the lock keeper", "the water board", "Sam Lowe, who owns the yard")  # fmt: skip
_DID = ("closed the road to", "signed a contract for", "found a crack in", "paid for", "refused to open",
        "asked divers to look at", "sold the tower of", "painted the roof of", "counted the boats at")  # fmt: skip
_WHAT = ("the old bridge", "the third pier", "the customs house", "the ice works", "the north gate", "the gravel barge",
         "the school at Kells", "the fish market", "the signal station", "the long jetty")  # fmt: skip
_WHEN = ("on Monday", "before noon", "after a storm", "for the second time this year", "without telling the council",
         "in the last week of May", "when the tide was low", "at the end of a long debate")  # fmt: skip
_WHY = ("because nobody else would", "although the money is spent", "and the mayor agreed", "which took forty minutes",
        "so that buses could pass", "while two hundred people watched", "as the law of 1931 asks")  # fmt: skip


class News(NamedTuple):
    """One invented article.

    Attributes:
        title: Its headline.
        lead: A sentence that stands before the body, or "".
        blocks: Kind (p, h2, quote, li) and text.
    """

    title: str
    lead: str
    blocks: list[tuple[str, str]]

    def truth(self) -> str:
        """The body, one block a line."""
        return "\n".join(filter(None, [self.lead, *(text for _, text in self.blocks)])) + "\n"


def _sentence(dice: random.Random) -> str:
    parts = [dice.choice(some) for some in (_WHO, _DID, _WHAT, _WHEN, _WHY)]
    text = f"{parts[0]} {parts[1]} {parts[2]} {parts[3]}, {parts[4]}."
    return text[0].upper() + text[1:]


def _news(dice: random.Random) -> News:
    blocks: list[tuple[str, str]] = []
    for number in range(dice.randint(6, 14)):
        text = " ".join(_sentence(dice) for _ in range(dice.randint(1, 3)))
        if dice.random() < 0.15:
            blocks.append(("h2", f"What comes of {dice.choice(_WHAT)}"))
        kind = "quote" if dice.random() < 0.1 else "p"
        blocks.append((kind, f"“{text}”" if kind == "quote" else text))
        if number == 4 and dice.random() < 0.4:
            blocks += [("li", _sentence(dice)) for _ in range(3)]
    title = f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHAT)}"
    return News(title[0].upper() + title[1:], _sentence(dice) if dice.random() < 0.4 else "", blocks)


def _markup(news: News, before: str = "<p>", after: str = "</p>", between: str = "") -> str:
    """The blocks in one kind of paragraph; ``between`` stands once in the middle."""
    forms = {"p": (before, after), "h2": ("<h2>", "</h2>"), "quote": ("<blockquote><p>", "</p></blockquote>")}
    parts: list[str] = []
    listed = False
    for at, (kind, text) in enumerate(news.blocks):
        if (kind == "li") != listed:
            parts.append("</ul>" if listed else "<ul>")
            listed = not listed
        opening, closing = forms.get(kind, ("<li>", "</li>"))
        parts.append(f"{opening}{text}{closing}")
        if at == len(news.blocks) // 2 and not listed:
            parts.append(between)
    return "\n".join([*parts, "</ul>" * listed])


def _teasers(dice: random.Random, number: int, tag: str = "li") -> str:
    texts = [_sentence(dice) for _ in range(number)]
    return "".join(f"<{tag}><a href='/{at}'><h3>{text}</h3></a></{tag}>" for at, text in enumerate(texts))


def _readers(dice: random.Random) -> str:
    said = [" ".join(_sentence(dice) for _ in range(2)) for _ in range(5)]
    return "".join(
        f"<li class='comment'><b>reader {at}</b><p>{text}</p></li>" for at, text in enumerate(said)
    )


def _blog(n: News, d: random.Random) -> str:
    return f"""<body class="single-post has-sidebar sticky-header"><div id="page"><header id="masthead"><nav><ul>{_teasers(d, 6)}
    </ul></nav></header><div id="content" class="site-content has-related-posts"><article class="post type-post hentry">
    <header class="entry-header"><h1 class="entry-title">{n.title}</h1><p class="entry-meta">Posted on <time>13 May 2024</time>
    by <a rel="author">Nell Harrow</a></p></header><div class="entry-content post-content-share-wrap">{n.lead and f"<p>{n.lead}</p>"}
    {_markup(n, between='<div class="wp-block-group newsletter"><p>Get our stories by e-mail every morning</p></div>')}
    <div class="sharedaddy"><h3>Share this:</h3><ul><li>Facebook</li></ul></div></div></article>
    <div id="comments"><ol class="comment-list">{_readers(d)}</ol></div></div><aside id="secondary">
    <ul>{_teasers(d, 8)}</ul></aside></div></body>"""


def _fields(n: News, d: random.Random) -> str:
    return f"""<body class="path-node page-node-type-article"><div class="layout-container"><div role="banner"><a href="/">The Marl
    Gull</a></div><main role="main"><div class="region region-content"><article class="node node--promoted">
    <div class="node__content"><h1><span class="field field--name-title field--label-hidden">{n.title}</span></h1>
    <div class="field field--name-field-lead field--label-hidden lead-text">{n.lead}</div>
    <div class="clearfix text-formatted field field--name-body field--label-hidden field__item">{_markup(n)}</div>
    <div class="field field--name-field-tags field--label-inline"><a href="/t">Harbour</a> <a href="/u">Kells</a></div>
    </div></article></div><div class="region region-sidebar-second"><ul>{_teasers(d, 9)}</ul></div></main></div></body>"""


def _components(n: News, d: random.Random) -> str:
    caption = "<figure><img src='x.jpg'><figcaption>The pier, seen from the tower. Picture: Ida Marsh</figcaption></figure>"
    body = _markup(n, '<div data-component="text-block" class="ssrcss-1q RichTextContainer"><p class="ssrcss-2w Par">',
                   "</p></div>", caption)  # fmt: skip
    return f"""<body><div id="root"><main id="main-content"><article class="ssrcss-5h ArticleWrapper">
    <header><h1>{n.title}</h1><div class="ssrcss-9a Byline">By Nell Harrow<div>Marl correspondent</div></div></header>
    {n.lead and f'<p class="ssrcss-3 Lead"><b>{n.lead}</b></p>'}{body}<section data-component="links-block">
    <h2>More on this story</h2><ul>{_teasers(d, 4)}</ul></section></article></main>
    <div data-component="mostread"><h2>Most read</h2><ol>{_teasers(d, 8)}</ol></div></div></body>"""


def _hashed(n: News, d: random.Random) -> str:
    ad = '<div class="css-9kq"><p>Advertisement</p></div>'
    body = _markup(
        n,
        '<p class="css-at9mc1 evys1bk0">',
        "</p>",
        f'</div></div>{ad}<div class="css-1x"><div class="css-53u">',
    )
    return f"""<body><div class="css-v89"><header class="css-1l"><a href="/">The Kells Wire</a></header><div class="css-s99">
    <h1 class="css-h1">{n.title}</h1><p class="css-79e">{n.lead}</p><div class="css-1x"><div class="css-53u">{body}</div></div>
    <div class="css-rel"><h2>Related coverage</h2>{_teasers(d, 4, "div")}</div></div>
    <footer class="css-f"><p>© The Kells Wire. Terms of service. Privacy policy.</p></footer></div></body>"""


def _tables(n: News, d: random.Random) -> str:
    text = _markup(n, "", "<br><br>").replace("<h2>", "<b>").replace("</h2>", "</b><br><br>")
    return f"""<body bgcolor=white><table width=100%><tr><td colspan=3><a href="/"><img alt="The Marl Gull"></a></td></tr><tr>
    <td width=120><font size=1>{_teasers(d, 7, "div")}</font></td><td><font face=Arial><b><h1>{n.title}</h1></b>
    {n.lead and n.lead + "<br><br>"}{text}</font></td><td><font size=1>{_teasers(d, 5, "div")}</font></td></tr>
    <tr><td colspan=3>Copyright The Marl Gull</td></tr></table></body>"""


def _form(n: News, d: random.Random) -> str:
    return f"""<body><form id="aspnetForm" method="post"><input type="hidden" name="__VIEWSTATE" value="{"x" * 900}">
    <div class="topmenu"><ul>{_teasers(d, 6)}</ul></div><div class="articleWrap popup-parent"><h1 class="heading1">{n.title}</h1>
    <div class="summary">{n.lead}</div><div class="text date-floated">{_markup(n, "<div>", "</div>")}</div>
    <input type="text" name="search" value="Search"></div><div class="rightcol"><ul>{_teasers(d, 6)}</ul></div></form></body>"""


def _custom(n: News, d: random.Random) -> str:
    body = _markup(n, "<text-block><p>", "</p></text-block>", "<ad-slot><p>Advertisement</p></ad-slot>")
    return f"""<body><app-shell><site-header><a href="/">Kells Today</a></site-header><news-story><story-head><h1>{n.title}</h1>
    <story-intro><p class="intro">{n.lead}</p></story-intro></story-head><story-body>{body}</story-body>
    <share-bar><p>Share</p></share-bar></news-story><more-stories><h4>You may also like</h4>{_teasers(d, 6, "story-card")}
    </more-stories></app-shell></body>"""


def _rich(n: News, d: random.Random) -> str:
    link = f'<aside class="element-rich-link"><p><a href="/1">Read more: {_sentence(d)}</a></p></aside>'
    return f"""<body><div class="l-footer-wrap"><article id="article" class="content--type-article"><header><h1>{n.title}</h1>
    {n.lead and f'<div class="content__standfirst"><p>{n.lead}</p></div>'}</header><div class="content__main tonal__main">
    <div class="meta__extras"><a rel="author">Nell Harrow</a><p>Mon 13 May 2024 18.30 CEST</p></div>
    <div class="content__article-body js-article-body gallery-enabled">{_markup(n, between=link)}
    <div class="submeta"><ul><li><a>Harbours</a></li><li><a>Kells</a></li></ul></div></div></div></article></div>
    <section class="fc-container"><h2>Most viewed</h2><ul>{_teasers(d, 10)}</ul></section></body>"""


def _walled(n: News, d: random.Random) -> str:
    return f"""<body class="metered"><div class="paywall-active"><div class="article__wrap"><h1 itemprop="headline">{n.title}</h1>
    <h2 class="article__dek">{n.lead}</h2><div class="article__content subscribe-gate" itemprop="articleBody">
    {_markup(n, '<p class="paywall">')}<p class="paywall"><em>Write to the author at desk@marl.example.</em></p></div></div></div>
    <div class="tp-modal"><div class="offer"><p>Subscribe now for one crown a month.</p></div></div>
    <div class="river"><ul>{_teasers(d, 12)}</ul></div></body>"""


def _cards(n: News, d: random.Random) -> str:
    also = f'<p><strong>Also read: <a href="/2">{_sentence(d)}</a></strong></p>'
    end = "<p><em>(With inputs from agencies)</em></p><p>Follow us on Facebook and Twitter for the news of the coast.</p>"
    return f"""<body><nav class="nav">{_teasers(d, 5, "span")}</nav><div class="container"><div class="story_details"><h1>{n.title}</h1>
    <h2 class="sortDec">{n.lead}</h2><div class="storyDetail"><div class="detail" id="storyBody">{_markup(n, between=also)}{end}</div>
    </div><div class="tags"><a>Kells</a></div></div><div class="rhs-widgets"><ul>{_teasers(d, 9)}</ul></div></div></body>"""


def _loose(n: News, d: random.Random) -> str:
    body = _markup(n, "<p>", "")  # paragraphs that are never closed
    return f"""<body><div id=top><a href=/>The Orlan Oar</a> | <a href=/news>News</a></div><div id=main><h1>{n.title}</h1>
    <p class=lead>{n.lead}{body}<div id=foot><p>Related: <a href=/1>{_sentence(d)}</a><p>© The Orlan Oar</div></div></body>"""


def _spans(n: News, d: random.Random) -> str:
    body = _markup(
        n,
        '<div class="par"><span>',
        "</span></div>",
        '<div class="quiz-promo"><span>Take our quiz</span></div>',
    )
    return f"""<body><div class="app"><div class="hd">{_teasers(d, 4, "div")}</div><section class="art"><div class="art-h"><h1>{n.title}
    </h1><div class="sub-title">{n.lead}</div></div><div class="art-b">{body}</div><div class="authorbox"><p>Nell Harrow writes
    about harbours for the Oar and lives in Kells.</p></div></section></div></body>"""


TEMPLATES: tuple[Callable[[News, random.Random], str], ...] = (
    _blog, _fields, _components, _hashed, _tables, _form, _custom, _rich, _walled, _cards, _loose, _spans,
)  # fmt: skip


def write_pages(folder: Path, number: int) -> None:
    """Write some pages and their texts; each template in turn."""
    for at in range(number):
        dice = random.Random(at)
        news, template = _news(dice), TEMPLATES[at % len(TEMPLATES)]
        head = (
            f"<head><meta charset='utf-8'><title>{news.title} | The Marl Gull</title>"
            f"<meta property='og:title' content='{news.title}'></head>"
        )
        name = f"{template.__name__.strip('_')}-{at:03}"
        page = f"<!DOCTYPE html><html lang='en'>{head}{template(news, dice)}</html>"
        (folder / f"{name}.html").write_text(page, "utf-8")
        (folder / f"{name}.txt").write_text(news.truth(), "utf-8")
