"""What pages say of the rules by which findings are made, and of what they found.

A rule is named after a finding's kind and relation. The texts stand together, apart from the rules'
code: a translator reads them in one place, and who only draws pages loads no rule.
"""

RULES = {
    "number.conflict": (
        "Two numbers that count the same thing, in sentences that otherwise agree or as the only numbers of "
        "two that surely match, are different, and neither is rounded, qualified, provisional or of a later "
        "hour."
    ),
    "date.conflict": (
        "Two days, months, years or times for the same thing, in sentences that otherwise agree or as the "
        "only dates of two that surely match, cannot be the same on any calendar."
    ),
    "name.spelling": (
        "Two names in the same place of sentences that otherwise agree differ in one or two letters, and "
        "neither article ever uses the other's spelling; or one article alone spells a surname of the story "
        "so."
    ),
    "name.holder": (
        "In sentences that otherwise agree, an office that one person holds at a time stands before two "
        "names without a word in common, and neither article has the other’s name anywhere."
    ),
    "name.transliteration": (
        "Two spellings of a name are equal once the letters are levelled that writing it in another "
        "alphabet leaves open (q/g/k, dh/d, u/o, i/y, doubled letters, al-)."
    ),
    "quotation.altered": (
        "Inside the same quotation, words between the marks differ, and neither an ellipsis nor brackets "
        "say that somebody changed them."
    ),
    "quotation.speaker": (
        "The same words, or in a long quotation all but one or two of them, are given to two people whose "
        "names have nothing in common."
    ),
    "negation.negation": (
        "One text negates a word that the other uses, in surroundings that agree, without any word that "
        "would turn the sense round as well; or one has the opposite of the other's word, such as accepted "
        "and rejected or north and south; or both have the same words and one of them a denial more."
    ),
    "choice.words": (
        "In two sentences that are equal but for a few words, one to four words stand in the place of "
        "others, and neither article has the other’s expression anywhere."
    ),
}
# Of a finding's kind and relation: {a} and {b} are outlets, {x} and {y} what their texts have.
PATTERNS = {
    ("number", "conflict"): "{a} said {x}, {b} said {y}.",
    ("date", "conflict"): "{a} said {x}, {b} said {y}.",
    ("name", "spelling"): "{a} wrote {x}, {b} wrote {y}.",
    ("name", "holder"): "{a} named {x}, {b} named {y}.",
    (
        "name",
        "transliteration",
    ): "{a} wrote {x}, {b} wrote {y}: a name from another alphabet, spelt in two ways.",
    ("quotation", "altered"): "{a} quoted “{x}”, {b} quoted “{y}”.",
    ("quotation", "speaker"): "{a} gave these words to {x}, {b} to {y}.",
    ("negation", "negation"): "{a} said “{x}”, {b} said “{y}”: both cannot be right.",
    ("choice", "words"): "{a} wrote “{x}”, {b} wrote “{y}”.",
}
