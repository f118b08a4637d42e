"""One article whole, with who else has each sentence, and what others report that it does not."""

from __future__ import annotations

from markupsafe import Markup, escape
from msgspec import Struct

from compare.model import FULL, Article, Block, Sentence
from compare.pages.claim_view import ClaimView
from compare.pages.escaping import html
from compare.pages.marks import with_edits
from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView

_MOST_MARKS = 8
_BASE_WORDS = frozenset(("base", "same"))
_TOLD = FULL | {"part"}


class SentenceView(Struct, frozen=True):
    """One sentence with its claim.

    ``marks`` is its note in the margin as HTML and ``kind`` a class: ``shared`` when another article surely
    tells its claim too, ``only`` when surely none does, ``unsure``, ``title`` or ``withheld``.
    """

    anchor: Markup
    kind: str
    text: str
    claim: str
    marks: Markup


class BlockView(Struct, frozen=True):
    """A block of the article."""

    kind: str
    level: int
    sentences: tuple[SentenceView, ...]


class MissingView(Struct, frozen=True):
    """A claim that no sentence of this article was matched with, and the state of that."""

    claim: ClaimView
    state: str

    @property
    def who(self) -> Markup:
        """The signs of those who tell it."""
        told = [row.holders for row in self.claim.rows if row.state != "possible"]
        return html(" ".join([holder.outlet.sig for holders in told for holder in holders]))


class ArticleView(Struct, frozen=True):
    """An article as its page shows it.

    ``lacking`` are the claims that it surely lacks though most others tell them, ``elsewhere`` the other
    claims that none of its sentences was matched with. ``changes`` are the edits from its earlier version,
    or "".
    """

    outlet: OutletView
    blocks: tuple[BlockView, ...]
    lacking: tuple[MissingView, ...]
    elsewhere: tuple[MissingView, ...]
    withheld: int
    shared: int
    only: int
    changes: Markup


def article_view(view: StoryView, number: int) -> ArticleView:
    """The whole article, block by block.

    Args:
        view: Of its story.
        number: The article's number in the story, from 0.
    """
    article = view.comparison.story.articles[number]
    blocks: dict[int, list[SentenceView]] = {}
    for sentence in view.comparison.sentences[number]:
        blocks.setdefault(sentence.block, []).append(_sentence(view, sentence, number))
    outlet = view.outlets[number]
    missing = _missing(view, number)
    kinds = [s.kind for sentences in blocks.values() for s in sentences]
    return ArticleView(
        outlet=outlet,
        blocks=tuple([_block(block, blocks[at]) for at, block in enumerate(article.blocks) if at in blocks]),
        lacking=tuple([m for m in missing if outlet.article in m.claim.lacking]),
        elsewhere=tuple([m for m in missing if outlet.article not in m.claim.lacking]),
        withheld=kinds.count("withheld"),
        shared=kinds.count("shared"),
        only=kinds.count("only"),
        changes=_changes(article),
    )


def _block(block: Block, sentences: list[SentenceView]) -> BlockView:
    return BlockView(block.kind, block.level, tuple(sentences))


def _sentence(view: StoryView, sentence: Sentence, number: int) -> SentenceView:
    claim = view.claim_of[sentence.id]
    marks = view.labels.only
    if claim.standing != "only":
        marks = _marks(view, claim, number, sentence.id in view.disputed)
    kind = _kind(claim, sentence, number)
    return SentenceView(view.anchors[sentence.id], kind, sentence.text, claim.id, marks)


def _kind(claim: ClaimView, sentence: Sentence, number: int) -> str:
    if not sentence.text:
        return "withheld"
    if sentence.kind != "body":
        return "title"
    if claim.standing == "only":
        return "only"
    return "shared" if claim.tellers > 1 and claim.states[number] in FULL else "unsure"


def _marks(view: StoryView, claim: ClaimView, number: int, disputed: bool) -> Markup:
    """The other outlets that surely tell the claim or a part of it, each with a mark against ours.

    Where there is none, since it is not sure of any, a mark says that. A sentence that says one side of a
    dispute has a mark for it, and no other sentence of its claim.
    """
    shown: list[str] = []
    if claim.states[number] in _TOLD:
        others = [at for at, state in enumerate(claim.states) if state in _TOLD and at != number]
        shown = [view.compared[at][_alike(claim, number, at)] for at in others]
    more = f'<span class="more">+{len(shown) - _MOST_MARKS}</span>' if len(shown) > _MOST_MARKS else ""
    cells = view.labels.cells
    dispute = cells["dispute"] if disputed else ""
    return html(f"{dispute}{' '.join(shown[:_MOST_MARKS])}{more}") or cells["possible"]


def _alike(claim: ClaimView, one: int, other: int) -> str:
    """``same``, ``reworded`` or ``part`` between two that tell a claim; *same words* is transitive."""
    states = (claim.states[one], claim.states[other])
    if states[0] in _BASE_WORDS and states[1] in _BASE_WORDS:
        return "same"
    if "part" in states:
        return "part"
    return "same" if claim.row_of[one] == claim.row_of[other] else "reworded"


def _missing(view: StoryView, number: int) -> list[MissingView]:
    """What others report and no sentence of this article was matched with, in the order that most tell it."""
    return [MissingView(claim, claim.states[number]) for claim in view.claims if claim.row_of[number] < 0]


def _changes(article: Article) -> Markup:
    """What changed since the version before, with little of what did not."""
    if article.earlier is None:
        return Markup("")
    from compare.text.wording import diff_versions  # loads what compares, which pages seldom need

    pieces = []
    for edit in diff_versions(article.earlier, article.text):
        pieces.append(_context(edit.new) if edit.op == "equal" else with_edits([edit]))
    return Markup("").join(pieces)


def _context(text: str, most: int = 60) -> Markup:
    """The ends of an unchanged stretch; its middle says nothing about the change."""
    if len(text) <= 2 * most:
        return escape(text)
    return escape(f"{text[:most].rpartition(' ')[0]} … {text[-most:].partition(' ')[2]}")
