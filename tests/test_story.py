"""One story through all stages, on the stories that ship."""

import random

import pytest
from msgspec.structs import replace

from compare.site.config import load
from compare.site.readers import read_stories
from compare.story import compare_story
from compare.text.wording import same_words


@pytest.fixture(scope="module")
def comparisons(project):
    """The shipped stories, compared."""
    return {story.id: compare_story(story) for story in read_stories(project, load(project))}


def test_every_sentence_stands_in_exactly_one_claim(comparisons):
    """No text is dropped: claims partition the sentences of all articles."""
    for comparison in comparisons.values():
        placed = [s.id for c in comparison.claims for r in c.readings for s in r.sentences]
        every = [s.id for sentences in comparison.sentences for s in sentences]
        assert sorted(placed) == sorted(every)
        assert len(set(every)) == len(every)


def test_every_character_stands_in_a_sentence_or_is_space(comparisons):
    """Spans rebuild the text."""
    for comparison in comparisons.values():
        for article, sentences in zip(comparison.story.articles, comparison.sentences, strict=True):
            left = list(article.text)
            for sentence in sentences:
                assert article.text[sentence.start : sentence.end] == sentence.text
                left[sentence.start : sentence.end] = " " * len(sentence.text)
            assert not "".join(left).strip()


def test_each_claim_has_one_reading_for_each_article(comparisons):
    """A base, and for every other article what is known of it, by its one state."""
    for comparison in comparisons.values():
        names = [article.id for article in comparison.story.articles]
        for claim in comparison.claims:
            assert [reading.article for reading in claim.readings] == names
            assert sum(reading.state == "base" for reading in claim.readings) == 1
            for reading in claim.readings:
                if reading.state == "part":
                    assert reading.also or reading.sentences
                if reading.state in ("absent", "earlier", "unknown"):
                    assert not reading.told
                if reading.in_full:
                    assert reading.sentences


def test_edits_lead_from_the_base_to_each_reading(comparisons):
    """Of a near copy the differences shown are all there are; other readings have none."""
    for comparison in comparisons.values():
        for claim in comparison.claims:
            for reading in claim.carried:
                if reading.edits:
                    assert reading.state in {"reworded", "part"}
                    assert "".join(edit.old for edit in reading.edits) == claim.base_reading.text
                    assert "".join(edit.new for edit in reading.edits) == reading.text
                if reading.state == "same":
                    assert same_words(reading.text, claim.base_reading.text)


def test_the_order_of_articles_makes_no_difference(project, comparisons):
    """Shuffled articles give the same claims, readings, findings and families."""
    for story in read_stories(project, load(project)):
        shuffled = list(story.articles)
        random.Random(7).shuffle(shuffled)
        again = compare_story(replace(story, articles=tuple(shuffled)))
        before = comparisons[story.id]
        assert [_content(c) for c in again.claims] == [_content(c) for c in before.claims]
        assert {f.members for f in again.families} == {f.members for f in before.families}


def _content(claim):
    readings = sorted(claim.readings, key=lambda reading: reading.article)
    return claim.id, claim.base, readings, claim.findings


def test_permalinks_are_unique_in_a_story(comparisons):
    """No two claims share an id."""
    for comparison in comparisons.values():
        ids = [claim.id for claim in comparison.claims]
        assert len(set(ids)) == len(ids)


def test_what_the_captured_text_says_twice_is_one_claim(comparisons):
    """Both sentences on the contract of 2017 are one reading of one claim."""
    for claim in comparisons["s400-transfer"].claims:
        texts = [s.text for r in claim.readings if r.article == "sputnik" for s in r.sentences]
        if any("inked a contract" in text for text in texts):
            assert any("signed a contract in 2017" in text for text in texts)
            return
    pytest.fail("the contract of 2017 is in no claim")


def test_the_second_hand_report_is_named(comparisons):
    """The page can say which agency the outlets of the seed's story name."""
    found = {agency.name: agency for agency in comparisons["s400-transfer"].agencies}
    assert "sputnik" in found["Reuters"].articles
