"""What is remarkable about a story, in a few sentences at the top of its page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from compare.pages.escaping import escaped, html
from compare.pages.phrases import Phrases, _
from compare.pages.story_view import Counts, StoryView

_MOST_NAMES = 4
_MOST_TERMS = 3


def remarks(view: StoryView, counts: Counts) -> tuple[Markup, ...]:
    """Who prints whose text and whom all name, what all and one tell, what is disputed; each as HTML."""
    total = len(view.outlets)
    return (
        *_invented(view),
        _texts(view, total),
        *_agencies(view, total),
        _sums(view.phrases, counts),
        *_words(view),
        _disputes(view.phrases, counts),
    )


def _invented(view: StoryView) -> list[Markup]:
    """That outlets are invented, and which are not: nobody must take a made text for a real paper's."""
    made_up = [outlet for outlet in view.outlets if outlet.invented]
    real = [outlet for outlet in view.outlets if not outlet.invented]
    if not made_up:
        return []
    if not real:
        return [html(escaped(view.phrases.gettext(_("All outlets here are invented."))))]
    message = view.phrases.ngettext(
        "%(num)s outlet here is invented; real: %(names)s.",
        "%(num)s outlets here are invented; real: %(names)s.",
        len(made_up),
    )
    return [_told(message, num=len(made_up), names=_names(view, [o.article for o in real]))]


def _told(message: str, **values: object) -> Markup:
    """A message as HTML, with values that are HTML or numbers."""
    return html(escaped(message) % values)


def _texts(view: StoryView, total: int) -> Markup:
    """Which outlets print one text, if any do."""
    phrases = view.phrases
    families = view.comparison.families
    if not families:
        return html(escaped(phrases.count("%(num)s outlet.", "%(num)s outlets.", total)))
    told = []
    for family in families:
        largely, partly = _("%(names)s print largely one text."), _("%(names)s have long passages in common.")
        pattern = phrases.gettext(largely if family.is_one_text else partly)
        told.append(_told(pattern, names=_names(view, family.members)))
    return html(" ".join(told))


def _agencies(view: StoryView, total: int) -> list[Markup]:
    """Each agency that all or most articles name."""
    told = []
    for agency in view.comparison.agencies:
        number = len(agency.articles)
        if 2 * number > total:
            every, most = _("All %(of)s name %(agency)s."), _("%(num)s of %(of)s name %(agency)s.")
            message = view.phrases.gettext(every if number == total else most)
            told.append(_told(message, agency=escaped(agency.name), num=number, of=total))
    return told


def _sums(phrases: Phrases, counts: Counts) -> Markup:
    """What all tell and what one alone tells, surely; of what is sure of none, nothing is said."""
    told = [phrases.count("%(num)s claim", "%(num)s claims", counts.claims)]
    if counts.all:
        told.append(phrases.count("%(num)s surely in all texts", "%(num)s surely in all texts", counts.all))
    if counts.alone:
        told.append(phrases.count("%(num)s surely in one only", "%(num)s surely in one only", counts.alone))
    return html(escaped(", ".join(told)) + ".")


def _words(view: StoryView) -> list[Markup]:
    """What is called by different names, as far as it may be shown."""
    shown = [[value for value, _ in term] for term in view.terms if all(value for value, _ in term)]
    if not shown:
        return []
    told = [" / ".join([f"<q>{escaped(value)}</q>" for value in term]) for term in shown[:_MOST_TERMS]]
    message = view.phrases.gettext(_("Outlets choose different words: %(words)s."))
    return [_told(message, words=", ".join(told))]


def _disputes(phrases: Phrases, counts: Counts) -> Markup:
    if not counts.disputed:
        return html(escaped(phrases.gettext(_("Our rules found no conflict."))))
    message = phrases.count("%(num)s is disputed.", "%(num)s are disputed.", counts.disputed)
    if counts.disputes > counts.disputed:
        within = phrases.count("in %(num)s claim", "in %(num)s claims", counts.disputed)
        message = f"{phrases.count('%(num)s dispute', '%(num)s disputes', counts.disputes)} {within}."
    return html(f'<a class="alarm" href="#disputed"><strong>{escaped(message)}</strong></a>')


def _names(view: StoryView, members: Sequence[str]) -> str:
    """Outlets as HTML."""
    found = [
        f'<b data-n="{outlet.number}">{escaped(outlet.name)}</b>'
        for outlet in view.outlets
        if outlet.article in members
    ]
    more = ["…"] if len(found) > _MOST_NAMES else []
    return ", ".join(found[:_MOST_NAMES] + more)
