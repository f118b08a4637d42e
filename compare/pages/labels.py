"""What the states of a reading and the kinds of a finding are called, and the marks that stand for them.

Every mark is a shape that ``static/site.css`` draws and has its words in it or beside it, so that neither
colour nor shape is the only sign.
"""

from __future__ import annotations

from functools import lru_cache
from typing import get_args

from markupsafe import Markup

from compare.model import Doubt, State
from compare.pages.escaping import escaped, html
from compare.pages.phrases import Phrases, _

STATES = get_args(State)


STATE_NAMES = {
    "base": _("base"),
    "same": _("same words"),
    "reworded": _("reworded"),
    "part": _("tells a part"),
    "possible": _("perhaps"),
    "absent": _("no matching sentence found"),
    "earlier": _("no match, but published earlier"),
    "unknown": _("unknown"),
    "dispute": _("disputed"),
}
KINDS = {
    "number": _("Number"),
    "date": _("Date"),
    "name": _("Name"),
    "quotation": _("Quotation"),
    "negation": _("Yes or no"),
    "choice": _("Wording"),
}
DOUBTS: dict[Doubt, str] = {
    "unsure": _("Not counted as told: the match is too unsure for that."),
    "denial": _("Not counted as told: only one of the two texts denies something."),
    "names": _("Not counted as told: they share nothing but names."),
}
QUESTIONS = (
    _("Which claims do all texts report? Why these, do you think?"),
    _("Choose a claim that only one text reports. What does a reader of the others miss?"),
    _("Take two readings of one claim. Which words differ, and what do they do to you?"),
    _("Where does each text put its strongest sentence?"),
    _("What kind of outlet could A, B, C … be? Name the words that tell you. Then look up the names."),
)
BASES = {
    "agency": _("it is the agency that the others credit"),
    "credit": _("the others credit it"),
    "earliest": _("it was published first"),
}


class Labels:
    """The names in the site's language, and the marks as HTML made once.

    The other attributes are single messages, looked up once because claims repeat them.

    Attributes:
        states: State → its name.
        marks: State → its shape alone.
        cells: State → its shape, which holds its name for those who do not see it.
        tags: State → shape and name as everybody sees them.
        kinds: Kind of finding → its name.
        bases: Why an article is held for the original of a family → in words.
        only: The tag of a sentence that nobody else has.
        place: Where a part stands: sentence and sentences of its article's body → HTML.
        score: Probability of a link that was accepted, and the threshold → HTML.
        perhaps: How likely a sentence tells a claim → HTML.
        spread: As ``_spread``.
    """

    def __init__(self, phrases: Phrases) -> None:
        gettext = phrases.gettext
        self.states = {state: gettext(name) for state, name in STATE_NAMES.items()}
        self.kinds = {kind: gettext(name) for kind, name in KINDS.items()}
        self.bases = {basis: gettext(name) for basis, name in BASES.items()}
        self.permalink = gettext(_("permalink"))
        self.withheld = gettext(_("Not shown: the rights of the text do not allow it"))
        self.corrected = gettext(_("grouped by the editor"))
        self.strokes = gettext(_("Struck: in the base, not here. Underlined: here, not in the base."))
        self.receipt = gettext(_("Why matched"))
        self.questions = tuple([gettext(question) for question in QUESTIONS])
        elsewhere = gettext(_("in sentence %(place)s of %(of)s, which mostly tells another claim"))
        self._only_in = gettext(_("only here"))
        self._in_all = gettext(_("in all %(total)s outlets"))
        self._in_some = gettext(_("told in full by %(tellers)s of %(total)s outlets"))
        self._in_more = gettext(_("told in full by at least %(tellers)s of %(total)s outlets"))
        self._in_dispute = gettext(_("told in different versions"))
        self.likewise = gettext(_("also"))
        self.share = gettext(_("They share: %(words)s."))
        self.share_little = gettext(_("They share few words."))
        self.around = gettext(_("The sentences around them match too."))
        accepted = gettext(_("%(score)s sure; links count from %(threshold)s."))
        self.doubts = {doubt: _told(gettext(why)) for doubt, why in DOUBTS.items()}
        self.by_editor = gettext(_("the editor’s decision"))
        perhaps = gettext(_("perhaps here (%(score)s likely):"))
        self.only = Markup('<b class="tag only">{}</b>').format(gettext(_("only here")))
        self.marks = {state: _mark(state) for state in STATE_NAMES}
        self.cells = {state: _mark(state, name) for state, name in self.states.items()}
        self.tags = {
            state: Markup('<b class="tag {}">{}</b>').format(state, name)
            for state, name in self.states.items()
        }
        # What they tell of a few small numbers is remembered, because stories repeat it.
        self.place = lru_cache(4096)(lambda at, of: _told(elsewhere, place=at, of=of))
        self.score = lru_cache(1024)(lambda score, bound: _told(accepted, score=score, threshold=bound))
        self.perhaps = lru_cache(1024)(lambda score: _told(perhaps, score=score))
        self.spread = lru_cache(1024)(self._spread)

    def _spread(self, standing: str, tellers: int, total: int, *, is_sure: bool) -> Markup:
        """Who tells a claim, as HTML; where it is not sure of all, more may tell it in full.

        That at least one does says nothing, and is not said.
        """
        if standing == "only":
            return _told(self._only_in)
        if standing == "some" and tellers < 2 and not is_sure:
            return Markup("")
        some = self._in_some if is_sure else self._in_more
        label = {"all": self._in_all, "disputed": self._in_dispute}.get(standing, some)
        return _told(label, tellers=tellers, total=total)


def _told(message: str, **values: object) -> Markup:
    """A message as HTML, with its values."""
    return html(escaped(message % values if values else message))


def _mark(state: str, name: str = "") -> Markup:
    return Markup('<i class="m {}">{}</i>').format(state, name)
