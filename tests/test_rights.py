"""What rights withhold is gone from the comparison, and what is left still fits together."""

import pytest
from made_comparison import compared, finding, with_extras
from msgspec.structs import replace

from compare.pages.rights import publishable


def restricted(rights, table=None, titles=("Bridge falls", None, "Ship hits bridge")):
    """The made comparison with the rights of its articles, in order."""
    whole = with_extras(compared(titles=titles) if table is None else compared(table, titles=titles))
    articles = tuple(replace(a, rights=r) for a, r in zip(whole.story.articles, rights, strict=True))
    return replace(whole, story=replace(whole.story, articles=articles))


def texts(comparison):
    """Every text that a comparison holds."""
    for article in comparison.story.articles:
        yield from (article.text, article.title or "", article.earlier or "")
    for sentences in comparison.sentences:
        yield from (sentence.text for sentence in sentences)
    for claim in comparison.claims:
        for reading in claim.readings:
            yield from (sentence.text for sentence in reading.sentences)
            for edit in reading.edits:
                yield from (edit.old, edit.new)
        for found in claim.findings:
            yield found.note
            for variant in found.variants:
                yield variant.value
                yield from (place.text for place in variant.places)
    for term in comparison.terms:
        for variant in term.variants:
            yield variant.value
            yield from (place.text for place in variant.places)


def test_full_rights_change_nothing():
    """A story that may be shown in full is the same object, so that it costs nothing."""
    whole = with_extras(compared())
    assert publishable(whole, 300) is whole


def test_none_leaves_no_word():
    """Of an article with no rights there is no text in any field, but its link and measures stay."""
    whole = restricted(("full", "none", "full", "full"))
    public = publishable(whole, 300)
    held = "\n".join(texts(public))
    assert "bakery van was pulled from" not in held
    assert "Ferries" not in held
    assert "Twelve" not in held
    assert public.story.articles[1].url == whole.story.articles[1].url
    assert public.summaries == whole.summaries
    assert [len(s) for s in public.sentences] == [len(s) for s in whole.sentences]


def test_words_that_others_may_show_stay():
    """A sentence that another outlet prints in the same words is still there, as that outlet's."""
    public = publishable(restricted(("none", "full", "full", "full")), 300)
    claim = next(c for c in public.claims if any("1931" in r.text for r in c.readings))
    assert claim.base == "outlet-1"
    assert claim.base_reading.text == "It was built in 1931 & repaired twice."
    assert claim.readings[0].state == "same"
    assert claim.readings[0].text == ""


def test_a_withheld_base_gives_way_and_edits_are_made_anew():
    """With the base withheld, the first open reading is the base, and no edit holds withheld words."""
    public = publishable(restricted(("none", "full", "full", "full")), 300)
    claim = next(c for c in public.claims if c.base_reading.text.startswith("Twelve"))
    third = claim.readings[2]
    assert third.state == "reworded"
    assert all("leven" not in edit.old for reading in claim.readings for edit in reading.edits)
    near = next(c for c in public.claims if "1931" in c.base_reading.text)
    assert near.readings[0].edits == ()


@pytest.mark.parametrize("rights", [("excerpt",) * 4, ("none",) * 4, ("none", "excerpt", "full", "none")])
def test_spans_still_fit(rights):
    """Sentences, blocks and places stand where they say, in the text that is left."""
    public = publishable(restricted(rights), 12)
    articles = {article.id: article for article in public.story.articles}
    for article, sentences in zip(public.story.articles, public.sentences, strict=True):
        for sentence in sentences:
            assert article.text[sentence.start : sentence.end] == sentence.text
        assert all(0 <= block.start <= block.end <= len(article.text) for block in article.blocks)
    for claim in public.claims:
        assert sum(reading.state == "base" for reading in claim.readings) == 1
        for found in claim.findings:
            for variant in found.variants:
                for place in variant.places:
                    assert articles[place.article].text[place.start : place.end] == place.text


def test_an_excerpt_keeps_to_its_words():
    """An excerpt has at most so many words, in sentences that others have too, or in the headline."""
    whole = restricted(("excerpt", "full", "full", "full"))
    for most in (0, 3, 10, 25):
        public = publishable(whole, most)
        shown = [s for s in public.sentences[0] if s.text]
        assert sum(len(s.text.split()) for s in shown) <= most
    generous = publishable(whole, 10_000)
    left = {s.text for s in generous.sentences[0] if s.text}
    assert "The company did not answer questions." in left  # the fourth outlet has it too
    assert not {s.text for s in whole.sentences[0]} - left - {""}
    third = publishable(restricted(("full", "full", "excerpt", "full")), 10_000)
    assert "Fog lay over the harbour that night." not in "\n".join(texts(third))


def test_disputed_sentences_come_first_in_an_excerpt():
    """When words are scarce, what is disputed is shown before what is merely shared."""
    public = publishable(restricted(("excerpt", "full", "full", "full"), titles=()), 6)
    assert [s.text for s in public.sentences[0] if s.text] == ["Eleven people were hurt, police said."]


def test_notes_go_with_the_words_they_tell():
    """A note may quote the text, so that it is kept only where all the articles may be shown in full."""
    whole = restricted(("full", "excerpt", "full", "full"))
    public = publishable(whole, 10_000)
    notes = [found.note for claim in public.claims for found in claim.findings if found.kind == "number"]
    assert notes == [""]


def test_values_longer_than_their_place_are_withheld():
    """A quotation's value can hold more of a text than the place that is shown."""
    whole = compared()
    claim = next(c for c in whole.claims if "We will rebuild" in c.base_reading.text)
    found = finding(claim, ("rebuild", "repair"), "quotation", "altered", True)
    secret = replace(found.variants[0], value="rebuild this bridge and nobody shall stop us")
    claims = tuple(
        replace(c, findings=(replace(found, variants=(secret, found.variants[1])),)) if c is claim else c
        for c in whole.claims
    )
    articles = tuple(replace(a, rights="excerpt") for a in whole.story.articles)
    public = publishable(replace(whole, claims=claims, story=replace(whole.story, articles=articles)), 300)
    assert "nobody shall stop us" not in "\n".join(texts(public))
