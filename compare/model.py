"""The nouns of the house: frozen structs of msgspec, made in a tenth of the time of frozen dataclasses.

The way through them::

    Story(Article…) → Sentence… → Link… → Claim(Reading…) → Edit… → Finding… → Comparison

Offsets count Unicode code points of ``Article.text``, so ``article.text[start:end]`` is
always the text that a span speaks of.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

Rights = Literal["full", "excerpt", "none"]
BlockKind = Literal["headline", "heading", "paragraph", "quote", "item"]
SentenceKind = Literal["headline", "heading", "body"]
Doubt = Literal["", "unsure", "denial", "names"]
State = Literal["base", "same", "reworded", "part", "possible", "absent", "earlier", "unknown"]
Standing = Literal["all", "most", "some", "only", "disputed"]
EditOp = Literal["equal", "insert", "delete", "replace"]
FindingKind = Literal["number", "date", "name", "quotation", "negation", "choice"]
Decider = Literal["model", "words", "editor"]
FULL = frozenset[State](("base", "same", "reworded"))
SILENT = frozenset[State](("absent", "earlier"))
Day = date  # so that annotations of a class with a field ``date`` can be evaluated

if TYPE_CHECKING:
    Moment = datetime
else:

    class Moment(ABC):  # noqa: B024 - so that JSON is read as one of the two
        """When something was published: a ``datetime`` with its zone, or a ``WholeDay``."""

    Moment.register(datetime)


class WholeDay(datetime):
    """A day of which no hour is known: its first moment for sums, and only the day where it is told."""

    @classmethod
    def of(cls, day: date) -> WholeDay:
        """That day."""
        return cls(day.year, day.month, day.day, tzinfo=UTC)

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        """As 2024-05-31."""
        return self.date().isoformat()


def on_one_clock(moments: Sequence[datetime]) -> list[datetime]:
    """Moments that can be compared: the days of all of them when only the day of one is known."""
    if any(isinstance(moment, WholeDay) for moment in moments):
        return [WholeDay.of(moment.date()) for moment in moments]
    return list(moments)


class Outlet(Struct, frozen=True):
    """A publisher.

    Attributes:
        id: Slug, unique in the site; part of URLs.
        name: As readers know it.
        sign: Two to four capitals that stand for it in tables.
        url: Home page (http or https), or None.
        country: ISO 3166 alpha-2 code, or None.
        invented: True for one that does not exist, as in an example; pages say so.
    """

    id: str
    name: str
    sign: str
    url: str | None = None
    country: str | None = None
    invented: bool = False


class Block(Struct, frozen=True):
    """A piece of structure: ``article.text[start:end]`` is one headline, heading, paragraph….

    Attributes:
        kind: What it is; the headline is the article's title and always the first block.
        start: Offset of its first character.
        end: Offset past its last character.
        level: Depth: 1 to 6 of a heading, 1 and up of a list item or a quote, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class Capture(Struct, frozen=True):
    """The bytes that an article was made from.

    Attributes:
        path: File below ``seeds/``, POSIX, relative to the site's root.
        sha256: Hexadecimal digest of those bytes.
    """

    path: str
    sha256: str


class Article(Struct, frozen=True):
    """One outlet's text of a story (a *witness* in textual criticism).

    Attributes:
        id: File stem, unique in its story; part of URLs.
        outlet: Who published it.
        text: The plain text: the title if there is one, then the body; blocks are parted by a
            blank line. It never changes after reading.
        blocks: Cover every non-space character of ``text``, in order, without overlap.
        language: BCP 47 tag such as ``en`` or ``pt-BR``.
        title: Equals the headline block's text, or None when the source has none.
        url: Where it was published (http or https), or None.
        published: With time zone, a ``WholeDay``, or None when the source does not say.
        updated: The same.
        author: As credited, or None.
        agency: News agency or press office that the article credits for its text, or None.
        rights: How much of the text may be published.
        complete: False when the source holds only an excerpt, so that what it leaves out is unknown.
        version: 1 and up; the newest of several is compared.
        earlier: The text of the version before this one, or None.
        source: The file it was read from, POSIX, relative to the site's root.
        capture: The bytes it was made from, or None.
    """

    id: str
    outlet: Outlet
    text: str
    blocks: tuple[Block, ...]
    language: str = "en"
    title: str | None = None
    url: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    author: str | None = None
    agency: str | None = None
    rights: Rights = "full"
    complete: bool = True
    version: int = 1
    earlier: str | None = None
    source: str = ""
    capture: Capture | None = None

    def since(self, sentence: str) -> datetime | None:
        """When it had a sentence, at the latest: the last change may have brought it in."""
        if self.earlier is not None and sentence in self.earlier:
            return self.published
        return self.updated or self.published


class Correction(Struct, frozen=True):
    """An editor's word on the grouping, which the aligner must obey.

    Attributes:
        kind: ``same``: these sentences are one claim; ``different``: no two of them are.
        sentences: Two or more sentence ids.
        note: The editor's reason, shown on the page, or None.
        line: Line in ``corrections.toml``, for messages.
        openings: The words that each sentence begins with, for the human eye; as many as
            ``sentences``, or none.
    """

    kind: Literal["same", "different"]
    sentences: tuple[str, ...]
    note: str | None = None
    line: int = 0
    openings: tuple[str, ...] = ()


class Story(Struct, frozen=True):
    """One news event as several outlets covered it.

    Attributes:
        id: Folder name below ``sources/``; part of URLs.
        title: The editor's title.
        articles: Two or more, ordered by id.
        date: Day of the event, or None.
        tags: In the editor's order.
        introduction: The editor's Markdown, or "".
        language: Language of the editor's own words.
        corrections: The editor's, in file order.
    """

    id: str
    title: str
    articles: tuple[Article, ...]
    date: Day | None = None
    tags: tuple[str, ...] = ()
    introduction: str = ""
    language: str = "en"
    corrections: tuple[Correction, ...] = ()


class Sentence(Struct, frozen=True):
    """A span of an article: ``article.text[start:end] == text``, always.

    Attributes:
        id: ``<article id>/<8 hex digits of the normalised text>``, with ``-2``, ``-3`` … for a
            repetition inside the article. Survives reordering and edits elsewhere.
        article: Id of the article.
        index: 0-based position among the article's sentences.
        start: Offset of the first character.
        end: Offset past the last character.
        text: The characters themselves.
        kind: ``body``, or the headline or a heading, which state no claim of their own.
        block: Index into ``Article.blocks``.
    """

    id: str
    article: str
    index: int
    start: int
    end: int
    text: str
    kind: SentenceKind = "body"
    block: int = 0


class Evidence(Struct, frozen=True):
    """One feature's part in a link.

    Attributes:
        feature: Its name; ``.github/docs/data.md`` explains each.
        weight: What it added to the log-odds, so that all of them and the bias sum to the score.
    """

    feature: str
    weight: float


class Link(Struct, frozen=True):
    """Two sentences of different articles that state a common claim.

    Attributes:
        x: Sentence id; ``x < y``.
        y: Sentence id.
        probability: Calibrated, 0..1.
        evidence: What decided, strongest first.
        decided_by: The model; ``words``, since both sentences have the same; or the editor's correction.
    """

    x: str
    y: str
    probability: float
    evidence: tuple[Evidence, ...] = ()
    decided_by: Decider = "model"


class Alignment(Struct, frozen=True):
    """What the aligner found for one story.

    Attributes:
        links: Every pair with a probability of 0.05 or more, strongest first, ties by ids.
        groups: Each sentence of the story in exactly one group; sentences of a group ordered by
            article and index, groups by their first sentence.
        threshold: Probability from which links are accepted.
        signature: Weights and settings in one line, as a reader can quote them.
        found: Sentence id → id of each other article → probability, 0..1, that any of its sentences states
            a common claim: 1 less the product of 1 - p over all pairs, also those too weak to be listed.
        stands: Probability, no lower, from which sentences stand in one claim or are told beside it.
    """

    links: tuple[Link, ...]
    groups: tuple[tuple[Sentence, ...], ...]
    threshold: float
    signature: str
    found: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    stands: float = 0.5


class Edit(Struct, frozen=True):
    """One step from the base reading's words to another's.

    The ``old`` texts of all edits joined give the base reading's text, the ``new`` ones the other's.
    """

    op: EditOp
    old: str
    new: str


class Nearest(Struct, frozen=True):
    """The best candidate of an article that has no sentence in a claim.

    Attributes:
        sentence: Its id.
        probability: The best probability with any sentence of the claim, below the one from
            which it would be told beside the claim.
    """

    sentence: str
    probability: float


class Reading(Struct, frozen=True):
    """What one article has for one claim, as far as can be told.

    Attributes:
        article: Article id.
        sentences: Those that stand in this claim, in text order; each sentence stands in exactly one.
        state: ``base``: the others are compared with it. ``same`` and ``reworded``: the article surely
            tells the whole claim, in the base's words or others. ``part``: it surely shares the point, but
            not surely all of it; or it has only sentences of ``also``, and one of them very likely tells a
            part. ``possible``: perhaps it tells it; ``sentences``, ``also`` or ``nearest`` say where.
            ``absent``: surely no sentence tells it. ``earlier``: the same, and the article is older than
            the claim's first report. ``unknown``: nothing was found, but the source is an excerpt or in
            another language.
            The bounds stand in ``align.claims.states``; nothing else may judge what an article has.
        edits: From the base reading's text to this one's, of a near copy alone: where most words differ, a
            list of edits says less than the two texts.
        probability: Of what the state says: of the link to the base sentence (``same``, ``reworded``,
            ``part``), the strongest link (``part`` without ``sentences``), of any sentence telling it
            (``possible``), of none telling it (``absent``, ``earlier``, ``unknown``), 0..1; 1 for
            the base.
        depth: Where its first sentence stands: 0 the first word of the text, 1 the end; None without one.
        nearest: Only without sentences, and only if there was any candidate.
        also: Body sentences that stand in another claim and state a part of this one too: each has a
            link to a sentence of this claim that is strong enough to stand in one.
        common: Spans (start, end) of ``text``, in order, that state what the base states too; of readings
            in other words (``reworded`` or ``part``, without edits).
        doubt: Why a ``possible`` one with sentences counts as no telling: the link is too weak
            (``unsure``), it denies something where the base does not, or the other way round
            (``denial``), or it shares nothing but names (``names``).
    """

    article: str
    sentences: tuple[Sentence, ...]
    state: State
    edits: tuple[Edit, ...] = ()
    probability: float = 0.0
    depth: float | None = None
    nearest: Nearest | None = None
    also: tuple[Sentence, ...] = ()
    common: tuple[tuple[int, int], ...] = ()
    doubt: Doubt = ""

    @property
    def in_full(self) -> bool:
        """Whether the article surely tells the whole claim; only such readings are counted."""
        return self.state in FULL

    @property
    def told(self) -> tuple[Sentence, ...]:
        """Its sentences, or where none stands in the claim those that state a part of it."""
        return self.sentences or self.also

    @property
    def body(self) -> tuple[Sentence, ...]:
        """What it tells without headline and headings, unless it has nothing else."""
        told = self.told
        return tuple([s for s in told if s.kind == "body"]) or told

    @property
    def text(self) -> str:
        """What is compared: the sentences of ``body`` joined by one space; "" when there are none."""
        told = self.told
        return told[0].text if len(told) == 1 else " ".join([sentence.text for sentence in self.body])


class Place(Struct, frozen=True):
    """A span that a finding speaks of: ``article.text[start:end] == text``."""

    article: str
    sentence: str
    start: int
    end: int
    text: str


class Variant(Struct, frozen=True):
    """One side of a finding.

    Attributes:
        value: The value that the rule compared, in a form people can read (``48``, ``2022-03-19``).
        places: Where it stands; one or more.
    """

    value: str
    places: tuple[Place, ...]


class Finding(Struct, frozen=True):
    """A typed difference between readings.

    Attributes:
        kind: What differs.
        relation: How, in the words of the kind's module: ``conflict``, ``altered``, ``spelling``….
        rule: Id of the rule that decided, ``<kind>.<relation>``, explained on the method page.
        disputed: True when both sides cannot be right.
        variants: Two or more sides, the base reading's first. A quotation's may stand in other claims.
        note: Inputs of the rule in one plain English sentence.
    """

    kind: FindingKind
    relation: str
    rule: str
    disputed: bool
    variants: tuple[Variant, ...]
    note: str = ""


class Claim(Struct, frozen=True):
    """Linked sentences over the articles of one story.

    Attributes:
        id: 8 hex digits from the base sentence's id; the permalink.
        base: Id of the article whose reading the others are compared with.
        core: Id of the base sentence: of the base's reading, and the one that ``id`` and the states rest on.
        readings: One for each article of the story, in the story's order of articles.
        links: The links inside the claim and to the sentences of ``also``, strongest first.
        findings: Most severe first.
        standing: Who tells it, in full readings alone: ``all`` articles, ``most`` (more than half), ``only``
            one and surely no other, or ``some``, which says nothing; ``disputed`` when a finding is.
        lacking: Ids of the articles that surely lack it though most other texts, two at least, tell it.
        heading: True when only headlines and headings are in it; such a claim is not counted.
        corrected: True when an editor's correction shaped it.
        contested: True when a reading that likely tells it denies where the base does not, or the reverse:
            then it is neither what all or most tell, nor what anybody lacks.
    """

    id: str
    base: str
    readings: tuple[Reading, ...]
    core: str = ""
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    standing: Standing = "some"
    lacking: tuple[str, ...] = ()
    heading: bool = False
    corrected: bool = False
    contested: bool = False

    @property
    def carried(self) -> tuple[Reading, ...]:
        """The readings that have a sentence which tells the claim, a part of it, or perhaps tells it."""
        return tuple([reading for reading in self.readings if reading.sentences or reading.also])

    @property
    def tellers(self) -> tuple[str, ...]:
        """Ids of the articles that surely tell the whole claim."""
        return tuple([reading.article for reading in self.readings if reading.in_full])

    @property
    def base_reading(self) -> Reading:
        """The reading that the others are compared with."""
        for reading in self.readings:
            if reading.state == "base":
                return reading
        raise ValueError(f"claim {self.id} has no base reading")

    @property
    def base_sentence(self) -> Sentence:
        """The sentence that the states of the other readings rest on."""
        own = self.base_reading.sentences
        return next((sentence for sentence in own if sentence.id == self.core), own[0])

    @property
    def disputed(self) -> bool:
        """Whether any finding says that two readings cannot both be right."""
        return any(finding.disputed for finding in self.findings)


class Copy(Struct, frozen=True):
    """A member of a family that is not the likely original.

    Attributes:
        article: Article id.
        shared: Share of its own words that stand in runs common to the family, 0..1.
    """

    article: str
    shared: float


class Family(Struct, frozen=True):
    """Articles that copy one text.

    Attributes:
        id: 8 hex digits from the members' ids.
        members: Article ids, two or more, ordered.
        original: The likely original's id.
        basis: Why that one: ``agency``, ``credit``, ``earliest`` or ``fullest``.
        agency: The agency that the members credit, or None.
        shared: Share of the original's own words that stand in runs common to the family, 0..1.
        copies: One for each member but the original.
    """

    id: str
    members: tuple[str, ...]
    original: str
    basis: str
    agency: str | None = None
    shared: float = 0.0
    copies: tuple[Copy, ...] = ()

    @property
    def is_one_text(self) -> bool:
        """Whether half of each member's words, or more, stand in what they have in common."""
        return min((self.shared, *(copy.shared for copy in self.copies))) >= 0.5


class Agency(Struct, frozen=True):
    """A news agency that several articles name in their text or credit.

    Attributes:
        name: As readers know it.
        articles: Ids of the articles, two or more, ordered.
    """

    name: str
    articles: tuple[str, ...]


class Term(Struct, frozen=True):
    """A wording choice: what outlets call one thing in the same slot of the same claims.

    Attributes:
        variants: Each wording with every place it stands; the most used first.
        claims: Ids of the claims where the choice shows.
    """

    variants: tuple[Variant, ...]
    claims: tuple[str, ...]


class ArticleSummary(Struct, frozen=True):
    """One article's measures within its story.

    Attributes:
        article: Article id.
        words: Words of the body.
        sentences: Sentences of the body.
        claims: Claims that it tells in full.
        parts: Claims of which it tells a part.
        unique: Claims that only it tells.
        absent: Claims that it surely lacks, though two or more others tell them, and most do.
        copied: Share of its words in runs that stand in another article of its family, 0..1.
    """

    article: str
    words: int
    sentences: int
    claims: int
    parts: int
    unique: int
    absent: int
    copied: float = 0.0


class Settings(Struct, frozen=True):
    """What shapes a comparison besides its texts.

    Attributes:
        threshold: Probability from which a link is accepted, 0..1; None takes the model's own.
    """

    threshold: float | None = None


class Comparison(Struct, frozen=True):
    """Everything found for one story: the pages' only input, and the published JSON.

    Attributes:
        story: The story as read; its articles hold the texts.
        sentences: Of each article, in the story's order of articles and in text order.
        claims: In the order that most articles tell them.
        families: Articles that copy one text.
        terms: Wording choices collected over the story.
        agencies: That two or more articles name, the most named first.
        summaries: One for each article, in the story's order.
        threshold: Probability from which sentences stand in one claim or are told beside it.
        signature: The settings and weights that gave all this, in one line.
    """

    story: Story
    sentences: tuple[tuple[Sentence, ...], ...]
    claims: tuple[Claim, ...]
    families: tuple[Family, ...] = ()
    terms: tuple[Term, ...] = ()
    agencies: tuple[Agency, ...] = ()
    summaries: tuple[ArticleSummary, ...] = ()
    threshold: float = 0.5
    signature: str = ""

    @property
    def counted(self) -> tuple[Claim, ...]:
        """The claims that count: those with at least one body sentence."""
        return tuple(claim for claim in self.claims if not claim.heading)

    @property
    def origins(self) -> int:
        """How many independent texts the story has: a family counts once."""
        return len(self.story.articles) - sum(len(family.members) - 1 for family in self.families)


class MenuEntry(Struct, frozen=True):
    """A page of the site's own, as the menu names it.

    Attributes:
        title: What the menu says.
        path: Of the page, from the site's top.
    """

    title: str
    path: str


class Site(Struct, frozen=True):
    """The configuration of a site, complete and valid.

    Attributes:
        title: Name of the site.
        url: Where it will be served, with a trailing slash, or None.
        language: Of the interface.
        description: One sentence for feeds and search engines.
        outlets: By id.
        excerpt_words: Most words that are shown of an article with ``rights: excerpt``.
        rights: Of articles that do not say; None for the readers' own default.
        css: A style sheet of the site's own beside the configuration, or None.
        logo: A picture of the site's own beside the configuration, or None.
        menu: The pages of the site's own that its menu names.
        settings: For every comparison.
    """

    title: str = "Crossread"
    url: str | None = None
    language: str = "en"
    description: str = ""
    outlets: tuple[Outlet, ...] = ()
    excerpt_words: int = 300
    rights: Rights | None = None
    css: str | None = None
    logo: str | None = None
    menu: tuple[MenuEntry, ...] = ()
    settings: Settings = field(default_factory=Settings)
