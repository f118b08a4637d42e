"""What each feature of a pair says, in a sentence for readers.

*Weight* is the rarity of a stem within the story, log(1 + sentences / sentences that have it);
function words and words that only report a statement weigh a fifth. "Smoothed" means that about
one rare word's weight is added below the line, so that two short sentences are not a perfect
match for one common word.
"""

from __future__ import annotations

FEATURES = {
    "overlap": "Weight of the stems in both sentences, by that of the stems in either.",
    "containment": "Weight of the shared stems by that of the lighter sentence, smoothed.",
    "shared": "Weight of the shared stems, on a logarithmic scale.",
    "rare_cosine": "Cosine of both sentences' stems, each counting the square of its weight.",
    "rare_stems": "Number of shared stems that stand in four sentences of the story at most, logarithmic.",
    "content_stems": "Number of shared stems that are no function words, logarithmic.",
    "lighter": "Weight of the lighter sentence, logarithmic.",
    "name_shared": "Weight of the shared names, logarithmic.",
    "number_overlap": "Weight of the shared numbers, by that of the numbers in either, smoothed.",
    "other_shared": "Weight of the shared stems that are neither names nor numbers, logarithmic.",
    "other_overlap": "Overlap of the stems that are neither names nor numbers, smoothed.",
    "unique": "Shared stems, each counting by how seldom either article uses it, logarithmic.",
    "letters": "Overlap of the words' runs of four letters, weighted by rarity.",
    "letters_containment": "Shared runs of four letters by those of the lighter sentence, smoothed.",
    "token_sort": "rapidfuzz's ratio of the words in alphabetical order.",
    "phrase_overlap": "Overlap of the pairs of neighbouring stems, smoothed.",
    "longest_run": "Length of the longest common run of stems (1, 2, 3 or 5 and more), logarithmic.",
    "quoted_containment": "Weight of what both quote, by that of the shorter quotation, smoothed.",
    "quoted_shared": "Weight of what both quote, logarithmic.",
    "quoted_near": "Part of one's quotation that the other quotes, or a sentence beside it, smoothed.",
    "clause": "Part of the best matching clause that the other sentence has too, smoothed.",
    "near_max": "Part of one sentence that the other has together with the sentences beside it, smoothed.",
    "near_extra": "What the sentences beside the other add to the match, logarithmic.",
    "near_name": "Overlap of the names when both are read with the sentences beside them, smoothed.",
    "before": "Overlap of the sentences before both, smoothed.",
    "after": "Overlap of the sentences after both, smoothed.",
    "crossing": "Overlap of the sentence before the one with the sentence after the other, smoothed.",
    "distance": "How far apart they stand, each as a part of its article: 0 the same place, 1 opposite ends.",
    "later": "Where the later one stands: 0 the beginning of its article, 1 the end.",
    "lead": "1 when one of them opens its article.",
    "story_size": "Sentences of the story, logarithmic, between those of 40 and of 80.",
    "overlap_rank_max": "Overlap beside the best in the other's article; the better side.",
    "shared_rank_min": "Shared weight beside the best in the other's article; the worse side.",
    "letters_rank_min": "Letters beside the best in the other's article; the worse side.",
    "letters_rank_max": "Letters beside the best in the other's article; the better side.",
    "clause_rank_min": "Best clause beside the best in the other's article; the worse side.",
    "alike_min": "Mean of the best matches by letters of one article's sentences; the article matched less.",
    "alike_max": "Mean of the best matches by letters of one article's sentences; the article matched more.",
    "meaning": "Cosine of both sentences' embeddings (only with the extra semantic).",
    "meaning_close": "The part of that cosine above one half (only with the extra semantic).",
    "others": "All features that are not told apart, together.",
}
