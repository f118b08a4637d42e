"""Lines that stand under or between the paragraphs of many articles and state nothing of any.

They are matched at a block's beginning or as a whole. What is said differently in each language is known in
those that most pages here have.
"""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE | re.VERBOSE

# Anywhere: a pointer to another article, which has a link, is a heading or is one line.
_POINTER = re.compile(
    r"""\W{0,3}(?:
      (?:(?:read|see|watch|listen|hear|learn|find\sout)\s(?:more|also|next|on)
      | (?:also|more)\s(?:read|on|from|see|stories|coverage|in|reading) | don[’']?t\smiss)(?:\W|$)
    | related(?:\s\w+)?\s?(?:[:|–—-]|$) | (?:recommended|suggested|further)\s(?:reading|stories|for\syou)
    | you\s(?:may|might)\s(?:also\s)?(?:like|want)
    | (?:most\s(?:read|popular)|trending|editor[’']s\spicks?|up\snext|in\sthis\sstory|top\sstories)\s?:?$
    | lesen\ssie\s(?:auch|mehr)|mehr\szum\sthema | (?:à\s)?lire\s(?:aussi|également)|voir\saussi
    | leggi\sanche | le[ae]r?\s(?:también|más) | (?:leia|veja)\s(?:também|mais) | lees\s(?:ook|meer)
    | läs\s(?:också|mer) | czytaj\s(?:też|także) | читайте\s(?:также|також) | 相关阅读|延伸阅读
    )""",
    _FLAGS,
)
# At the end: who worked on it, where it comes from, what the outlet would like.
_CLOSING = re.compile(
    r"""[\W_]{0,3}(?:
      (?:(?:additional|further|with|other)\s){0,2}
      (?:report(?:ing|ed)|edit(?:ing|ed)|writ(?:ing|ten)|compiled|translat(?:ion|ed)|photos?)(?:\s(?:and\s)?\w+ing)?
      (?:\sby|:)\s
    | (?:with\s)?(?:files|material|reporting|contributions|inputs?)\sfrom\s[^.]{2,90}\W{0,2}$
    | [^.!?]{3,200}\scontributed\s(?:to\sth(?:is|e)\s(?:report|story|article|piece)
      |(?:additional\s)?(?:reporting|research)|from\s\w+\.?$|\W?$)
    | (?:the\spost|(?:a\sversion\sof\s)?this\s(?:post|article|story|report|piece|content|material))\b
      [^.]{0,200}\s(?:first|originally|appears|republished|syndicated|translated|produced|may\snot|part\sof)\b
    | (?:first|originally)\spublished\s(?:on|at|by|in)\s | re(?:printed|published)\swith\s
    | (?:sign(?:ing)?\sup|subscribe)\s | subscribers?\s(?:know|get|can|only|have)\b
    | [^.]{0,120}\b(?:inbox|newsletters?)\b
    | (?:get|receive|recib[ea]|receba|ricevi)\s[^.]{0,120}(?:e-?mail|correo|\bapp\b|alerts)
    | (?:join|support|download|follow|like|find|connect\swith|stay\s(?:connected|up))\s[^.]{0,160}
      (?:facebook|twitter|instagram|whatsapp|telegram|linkedin|tiktok|youtube|\bapp\b|on\sx\b|\@\w)
    | (?:you\scan\s)?follow\s(?:him|her|them|me|us)\b
    | (?:share|print|e-?mail|tweet|save)(?:\s(?:this|on|with|via|article|story)\b.{0,60})?$
    | (?:do\syou\s)?(?:have|got)\s(?:a|any)\s(?:tip|story|news|question|comment)[^?]{0,80}\?
    | (?:contact|e-?mail|write\sto|reach)\s(?:us|the\s(?:author|writer|reporter|newsroom)|him|her|me
      |\w+\s\w+\sat)\b
    | ©|\(c\)\s|copyright\s | all\srights\sreserved | advertisement\s?:
    | comments?\s(?:are|have\sbeen|is)\s | (?:post|leave|add)\sa\s(?:comment|reply)
    | (?:tags|topics|filed\sunder|categories|keywords|sources?|photo|image|credit|foto|quellen?|fuente)\s?:
    | mehr\szum\sthema | folgen\ssie\suns | abonnieren\ssie | mit\smaterial\s(?:von|der)\s
    | (?:suivez|abonnez|inscrivez)-(?:vous|nous) | (?:avec\s)?(?:l[’'])?afp\W?$
    | \(?[a-zäöü]{2,5}(?:[/,]\s?[a-zäöü]{2,5}){1,3}\)?$
    | (?:síguenos|suscríb\w+|seguici|iscriviti|siga-nos|inscreva-se|assine)\b
    | (?:责任编辑|责编|编辑|来源|記者)\s?[:：]
    )""",
    _FLAGS,
)
_WALL = re.compile(
    r"""\bto\s(?:read|continue|keep|unlock|access)\b[^.]{0,60}
      \b(?:subscri\w+|sign\s(?:in|up)|log\s?in|regist\w+|account|member\w*|reading)\b
    | \b(?:subscrib\w+|sign\s(?:in|up)|log\s?in|register)\b[^.]{0,60}
      \bto\s(?:read|continue|keep|unlock|access)\b
    | \balready\s(?:a|an|have)\s[^.?]{0,40}\b(?:subscriber|reader|member|account|subscription)\b
    | \b(?:subscribers?|members?)[ -]only\b | \b(?:only|reserved)\s(?:for|to)\s[^.]{0,20}(?:subscri|member)
    | \b(?:jetzt|um)\s[^.]{0,60}weiter(?:zu)?lesen | \bréservée?\s(?:aux|à\snos)\sabonnés
    | \b(?:bereits|déjà|ya\seres|già|já\sé)\s(?:abonn|kunde|suscript|abbonat|assinante)""",
    _FLAGS,
)
CREDIT = re.compile(
    r"(?:by|von|par|por|di|door|av|af|od|written\sby|reported\sby)\s([\w.’'@ ,|/·-]+)$", re.IGNORECASE
)
_BYLINE = re.compile(
    r"""(?:(?:first\s)?published|updated|posted|last\s(?:updated|modified)|modified|created)\b(?=.*\d).{0,60}$
    | (?:share|print|email|save|comments?|listen|tweet)(?:\s(?:this|article|story|on|via)\b.{0,30})?$
    | \d{1,3}\s?(?:min(?:ute)?s?)\s(?:read|de\slecture|lesezeit)$|(?:reading|read)\stime.{0,30}$""",
    _FLAGS,
)
_DATELINE = re.compile(r"(?=.*(?<!\d)\d\d?(?!\d))[^.!?…。]*(?<!\d)(?:19|20)\d\d(?!\d)[^.!?…。]*$")
_NOTICE = re.compile(
    r"""[\W_]*(?:(?:advertis(?:ement|ing)s?|reklam|publicidade?|anzeige|werbung|publicité|pubblicità|annons
    |إعلان|广告|реклама|sponsored)[\W_]*$
    |(?:(?:story|article)\scontinues\sbelow|continue\sreading|scroll\sto\scontinue).{0,45}$)""",
    _FLAGS,
)
_LONGEST = 60  # words
_LONGEST_BYLINE = 18
_LONGEST_DATELINE = 80  # characters


def is_notice(text: str) -> bool:
    """Whether a block is the mark of an advertisement."""
    return len(text) < 60 and _NOTICE.match(text) is not None


def is_pointer(text: str) -> bool:
    """Whether a block begins like a pointer to another article."""
    return len(text) < 300 and _POINTER.match(text) is not None


def is_closing(text: str) -> bool:
    """Whether a block at an article's end is about the article, the outlet or its readers."""
    return len(text.split()) <= _LONGEST and (_CLOSING.match(text) is not None or is_wall(text))


def is_wall(text: str) -> bool:
    """Whether a block asks to subscribe or to sign in before one may read on."""
    return len(text.split()) <= _LONGEST and _WALL.search(text) is not None


def is_byline(text: str) -> bool:
    """Whether a short block at an article's top tells who wrote it, when, or what to do with it."""
    if len(text.split()) > _LONGEST_BYLINE:
        return False
    credit = CREDIT.match(text)
    if credit:  # names have capitals, “by Monday the water had gone” has few
        tokens = credit[1].split()
        return not text.endswith(".") and 2 * sum(token[0].islower() for token in tokens) <= len(tokens)
    return _BYLINE.match(text) is not None


def is_dateline(text: str) -> bool:
    """Whether a short block at an article's top tells a day and is no sentence, in whatever language."""
    return len(text) <= _LONGEST_DATELINE and _DATELINE.match(text) is not None
