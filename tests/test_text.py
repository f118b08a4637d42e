"""Words, stems, stop words, normalisation."""

import importlib
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer
import stopwordsiso
from hypothesis import given
from hypothesis import strategies as st

from compare.text import STEMMERS, is_spaced, normalise, stems, stop_words, words

ENDINGS = ("s", "ed", "ing", "ional", "ality", "izations", "ally", "fulness", "ively", "icate", "ments")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 47-page indictment", ["the", "47", "page", "indictment"]),
        ("1,000.50 or 1.000,50 at 12:30", ["1,000.50", "or", "1.000,50", "at", "12:30"]),
        ("don’t, won't", ["don't", "won't"]),
        ("Moscow’s S-400s", ["moscow's", "s", "400s"]),
        ("中文字", ["中", "文", "字"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("قالت الوزارة ١٢", ["قالت", "الوزارة", "١٢"]),
        ("— … ?!", []),
    ],
)
def test_words(text, expected):
    """Numbers and contractions stay whole, hyphens part, unspaced scripts go letter by letter."""
    assert [word.text for word in words(text)] == expected


@given(st.text(max_size=80))
def test_words_know_where_they_stand(text):
    """Each word's offsets cut its own characters out of the text, in order, without overlap."""
    found = words(text)
    assert all(normalise(text[word.start : word.end]) == word.text for word in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text(max_size=80))
def test_normalise_is_idempotent(text):
    """Normalising twice changes nothing more."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.sampled_from([*map(chr, range(1, 127)), *"“”„«»‘’–—…\u00a0"]), max_size=60))
def test_plain_texts_are_read_as_any_other(text):
    """A letter that is not ASCII sends a text the long way; the words before it stay the same."""
    assert words(text + " é")[:-1] == tuple(words(text))
    assert normalise(text + " é").removesuffix("é").rstrip() == normalise(text)


def test_normalise_levels_only_what_it_says():
    """Case, space, quotation marks, dashes and invisible characters go; everything else stays."""
    assert normalise("«Foo»\u200b —\tBAR’s") == '"foo" - bar\'s'
    assert normalise("e\u0301") == normalise("\u00e9")
    assert normalise("12 killed") != normalise("21 killed")


def test_stems_are_the_same_from_many_threads():
    """A stemmer holds the word it works on; threads that ask at once must not mix theirs."""
    asked = [f"{start}{end}" for start in ("report", "nation", "relat", "conflat") for end in ENDINGS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: stems([word], "en")[0], asked * 20))
    stemmer = snowballstemmer.stemmer("english")
    assert found == [stemmer.stemWord(word) for word in asked] * 20


@pytest.mark.parametrize("algorithm", sorted(set(STEMMERS.values())))
def test_stems_are_the_same_without_compiled_code(algorithm):
    """PyStemmer does what snowballstemmer does without it: the same pages on every machine."""
    compiled = pytest.importorskip("Stemmer").Stemmer(algorithm)
    module = importlib.import_module(f"snowballstemmer.{algorithm}_stemmer")
    plain = getattr(module, f"{algorithm.title()}Stemmer")()
    code = next(code for code, name in STEMMERS.items() if name == algorithm)
    listed = stopwordsiso.stopwords(code) if stopwordsiso.has_lang(code) else ()
    asked = [f"{word}{end}" for word in [*listed, "report", "nation"] for end in ("", *ENDINGS)]
    assert [word for word in asked if plain.stemWord(word) != compiled.stemWord(word)] == []


def test_stems_follow_the_language():
    """English and Spanish words are stemmed, an unknown language keeps its words."""
    assert stems(["officials", "reported"], "en-GB") == ("offici", "report")
    assert stems(["barcos"], "es") == stems(["barco"], "es")
    assert stems(["barcos"], "tlh") == ("barcos",)


def test_stop_words_are_known_for_some_languages_only():
    """A language without a list has no stop words, which is no error."""
    assert "the" in stop_words("en")
    assert "y" in stop_words("es")
    assert stop_words("tlh") == frozenset()


def test_is_spaced_tells_scripts_apart():
    """Chinese and Thai have no spaces between words, Arabic and English do."""
    assert is_spaced("The bridge")
    assert is_spaced("الجسر")
    assert not is_spaced("大桥关闭")
    assert not is_spaced("สะพาน")
