"""What pages say of the rules by which findings are made, and of what they found.

A rule is named after a finding's kind and relation. The texts stand together, apart from the rules'
code: a translator reads them in one place, and who only draws pages loads no rule.
"""

RULES = {
    "number.conflict": (
        "Two numbers that count the same thing, in sentences that otherwise agree, are different, and "
        "neither is rounded, qualified or of a later hour."
    ),
    "number.rounding": (
        "The less exact number is the more exact one rounded, and within a tenth of it unless it is a whole "
        "number of millions in words; or it lies within a tenth of it where the text says “about” or counts "
        "in dozens."
    ),
    "number.precision": "One text gives a range and the other a number inside it.",
    "number.qualifier": (
        "The numbers are equal or compatible, but only one text says “about”, “more than” or “less than”."
    ),
    "number.unit": (
        "The amounts are about equal, or cannot be compared, because their units or currencies differ."
    ),
    "number.as-of": (
        "The number is of a kind that grows as news comes in, and the later article gives the higher one."
    ),
    "date.conflict": (
        "Two days, months, years or times for the same thing, in sentences that otherwise agree, cannot be "
        "the same on any calendar."
    ),
    "date.expected": "The dates differ, and one text speaks of it as still to come.",
    "date.ambiguous": "One text writes a date in figures that can be read day first or month first.",
    "name.spelling": (
        "Two names in the same place of sentences that otherwise agree differ in one or two letters, and "
        "neither article ever uses the other's spelling."
    ),
    "name.transliteration": (
        "Two spellings of a name are equal once the letters are levelled that writing it in another "
        "alphabet leaves open (q/g/k, dh/d, u/o, i/y, doubled letters, al-)."
    ),
    "name.title": "The same surname follows two titles that one person cannot hold at once.",
    "quotation.altered": (
        "Inside the same quotation, words between the marks differ, and neither an ellipsis nor brackets "
        "say that somebody changed them."
    ),
    "quotation.speaker": "The same words are given to two people whose names have nothing in common.",
    "negation.negation": (
        "One text negates a word that the other uses, in surroundings that agree, without any word that "
        "would turn the sense round as well; or one has the opposite of the other's verb."
    ),
    "choice.words": (
        "In two sentences that are equal but for a few words, one to four words stand in the place of "
        "others, and neither article uses the other’s words anywhere."
    ),
}
# Of a finding's kind and relation: {a} and {b} are outlets, {x} and {y} what their texts have.
PATTERNS = {
    ("number", "conflict"): "{a} said {x}, {b} said {y}.",
    ("number", "rounding"): "{a} said {x}; {b} rounded it to {y}, or the other way round.",
    ("number", "precision"): "{a} said {x}, {b} said {y}: one is a range that holds the other.",
    (
        "number",
        "qualifier",
    ): "{a} said {x}, {b} said {y}: only one of them is hedged, or they are hedged differently.",
    ("number", "unit"): "{a} said {x}, {b} said {y}: the units differ.",
    ("number", "as of"): "{a} said {x}, {b} said {y}: the later article gives the higher number.",
    ("date", "conflict"): "{a} said {x}, {b} said {y}.",
    ("date", "expected"): "{a} said {x}, {b} said {y}: one of them as something still to come.",
    ("date", "ambiguous"): "{a} said {x}, {b} said {y}; one of the dates can be read in two ways.",
    ("name", "spelling"): "{a} wrote {x}, {b} wrote {y}.",
    (
        "name",
        "transliteration",
    ): "{a} wrote {x}, {b} wrote {y}: a name from another alphabet, spelt in two ways.",
    ("name", "title"): "{a} called the same person {x}, {b} {y}.",
    ("quotation", "altered"): "{a} quoted “{x}”, {b} quoted “{y}”.",
    ("quotation", "speaker"): "{a} gave these words to {x}, {b} to {y}.",
    ("negation", "negation"): "{a} said “{x}”, {b} said “{y}”: one denied what the other said.",
    ("choice", "words"): "{a} wrote “{x}”, {b} wrote “{y}”.",
}
