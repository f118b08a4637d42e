"""News agencies: how texts name them, and what they are called where they alone are named."""

from __future__ import annotations

import re

import regex

from compare.text import normalise

# As readers know it → how texts name it. Three letters count only as capitals between brackets, in a
# dateline or alone: "AP" and "PA" are also initials.
_KNOWN = {
    "Reuters": r"Reuters",
    "AP": r"Associated Press|\(AP\)",
    "AFP": r"Agence France-Presse|AFP",
    "dpa": r"Deutsche Presse-Agentur|dpa",
    "EFE": r"Agencia EFE|\(EFE\)|\bEFE\b",
    "ANSA": r"\bANSA\b",
    "TASS": r"\bTASS\b|Tass",
    "RIA Novosti": r"RIA Novosti",
    "Interfax": r"Interfax",
    "Xinhua": r"Xinhua",
    "Kyodo": r"Kyodo",
    "Anadolu": r"Anadolu (?:Agency|Ajansı|Ajansi)|Anadolu Ajans\p{L}*",
    "PA Media": r"PA Media|Press Association",
    "Bloomberg": r"Bloomberg(?: News)?",
}
PATTERNS = {
    name: regex.compile(rf"(?<![\p{{L}}\p{{N}}-])(?:{pattern})(?![\p{{L}}\p{{N}}])")
    for name, pattern in _KNOWN.items()
}
# Too short, or too like other words, to be looked for in a text.
_WHOLE_NAMES = frozenset(
    """ap associated_press the_associated_press thomson_reuters agence_france-presse deutsche_presse-agentur
    agencia_efe agenzia_ansa interfax-ukraine kyodo_news jiji_press yonhap yonhap_news_agency
    anadolu_ajansı aa dha iha pa upi united_press_international cp the_canadian_press canadian_press aap
    australian_associated_press apa sda keystone-sda ats belga anp tt ntb ritzau stt pap čtk ctk mti
    lusa agência_lusa agência_brasil europa_press ukrinform unian pti press_trust_of_india ani ians sid
    kna epd dow_jones adnkronos agi lapresse notimex télam estadão_conteúdo folhapress bernama antara
    irna sana wafa panapress cna tanjug hina bta agerpres mediafax""".split()  # noqa: SIM905
)
_BESIDE = re.compile(r"\s(?:staff|news|writers?|reporters?|photo)$|[().]", re.IGNORECASE)


def known_agency(text: str) -> str | None:
    """The agency that a short text, such as a byline, names."""
    return next((name for name, pattern in PATTERNS.items() if pattern.search(text)), None)


def is_agency(text: str) -> bool:
    """Whether a text is the name of a news agency and nothing else."""
    plain = normalise(_BESIDE.sub("", text))
    return plain.replace(" ", "_") in _WHOLE_NAMES or (
        len(plain) < 30 and known_agency(text) is not None and " in " not in plain
    )
