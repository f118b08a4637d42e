"""What each feature of a pair says, in a sentence for readers.

*Weight* is the rarity of a stem within the story, log(1 + sentences / sentences that have it);
function words and words that only report a statement weigh a fifth. "Smoothed" means that about
one rare word's weight is added below the line, so that two short sentences are not a perfect
match for one common word.
"""

from __future__ import annotations

FEATURES = {
    "lighter": "Weight of the lighter sentence, logarithmic.",
    "name_shared": "Weight of the shared names, logarithmic.",
    "number_overlap": "Weight of the shared numbers, by that of the numbers in either, smoothed.",
    "other_shared": "Weight of the shared stems that are neither names nor numbers, logarithmic.",
    "other_overlap": "Overlap of the stems that are neither names nor numbers, smoothed.",
    "unique": "Shared stems, each counting by how seldom either article uses it, logarithmic.",
    "letters": "Overlap of the words' runs of four letters, weighted by rarity.",
    "longest_run": "Length of the longest common run of stems (1, 2, 3 or 5 and more), logarithmic.",
    "quoted_apart": "Weight of what the shorter quotation has and the other lacks, logarithmic.",
    "quoted_near": "Part of one's quotation that the other quotes, or a sentence beside it, smoothed.",
    "near_extra": "What the sentences beside the other add to the match, logarithmic.",
    "near_name": "Overlap of the names when both are read with the sentences beside them, smoothed.",
    "before": "Overlap of the sentences before both, smoothed.",
    "after": "Overlap of the sentences after both, smoothed.",
    "later": "Where the later one stands: 0 the beginning of its article, 1 the end.",
    "story_size": "Sentences of the story, logarithmic, between those of 40 and of 80.",
    "shared_rank_min": "Shared weight beside the best in the other's article; the worse side.",
    "letters_rank_min": "Letters beside the best in the other's article; the worse side.",
    "letters_rank_max": "Letters beside the best in the other's article; the better side.",
    "alike_min": "Mean of the best matches by letters of one article's sentences; the article matched less.",
    "others": "All features that are not told apart, together.",
}
