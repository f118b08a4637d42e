"""Lines that stand under or between the paragraphs of many articles and state nothing of any.

They are matched at a block's beginning or as a whole, in the languages that most pages here have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from compare.intake.extract.model import Doubt

_FLAGS = re.IGNORECASE

# Anywhere: a pointer to another article, which has a link, is a heading or is one line.
_POINTER = re.compile(
    r"""\W{0,3}(?:
      (?:read|see|watch|listen|hear|learn|find\ out)\s(?:more|also|next|on)(?:\W|$)
      | related(?:\s\w+)?\s?(?:[:|–—-]|$)
    | (?:also|more)\s(?:read|on|from|see|stories|coverage|in|reading)(?:\W|$) | don[’']?t\smiss(?:\W|$)
    | (?:recommended|suggested|further)\s(?:reading|stories|for\syou) | you\s(?:may
    |might)\s(?:also\s)?(?:like|want)
    | (?:most\s(?:read|popular)|trending|editor[’']s\spicks?|up\snext|previously|in\sthis\sstory
    |top\sstories)\s?:?$
    | (?:lesen|hören|sehen)\ssie\s(?:auch|hier|mehr)|mehr\s(?:zum\sthema|dazu)|lesen\sie\sauch
    |auch\sinteressant
    | (?:à\s)?lire\s(?:aussi|également)|voir\saussi|sur\sle\smême\s(?:sujet|thème)
    | leggi\s(?:anche|pure)|(?:lea|lee|leer|vea)\s(?:también|más|además)|te\spuede\sinteresar
    | (?:leia|veja|saiba)\s(?:também|mais)|lees\s(?:ook|meer|verder)|läs\s(?:också|mer|även)|les\sogså
    |læs\sogså
    | (?:czytaj|zobacz)\s(?:też|także|również)|читайте\s(?:также|також)|ayrıca\s(?:bkz|okuyun)|相关阅读
    |延伸阅读
    )""",
    _FLAGS | re.VERBOSE,
)
# At the end: who worked on it, where it comes from, what the outlet would like.
_CLOSING = re.compile(
    r"""[\W_]{0,3}(?:
      (?:(?:additional|further|with|other)\s){0,2}
      (?:report(?:ing|ed)|edit(?:ing|ed)|writing)(?:\s(?:and\s)?\w+ing)?(?:\sby|\scontribut|:)\s
    | (?:written|compiled|translat(?:ion|ed)|photos?|video|graphics?|research)(?:\sby|:)\s[^.]{3,70}\W?$
    | (?:with\s)?(?:files|material|reporting|contributions|inputs?)\sfrom\s[^.]{2,90}\W{0,2}$
    | [^.!?]{3,200}\scontributed\s(?:to\sth(?:is|e)\s(?:report|story|article|piece)
      |(?:additional\s)?(?:reporting|research)|from\s\w+\.?$|\W?$)
    | the\spost\s[^.]{0,200}\s(?:appeared|was)\s(?:first|originally)\s
    | this\s(?:post|article|story|report|piece|content|column)\s
      (?:(?:has\s|was\s)?(?:been\s)?(?:first|originally)\s(?:appeared|published|posted|ran)
      |(?:first|originally)\s|was\s(?:republished|syndicated|produced|supported|translated)\s
      |is\s(?:republished|syndicated|part\sof|brought|provided)\s|appear(?:s|ed)\s(?:first\s)?(?:in|on)\s
      |may\snot\sbe\s)
    | a\sversion\sof\sthis\s | advertisement\s?: | subscribers?\s(?:know|get|can|only|have)\b
    | (?:sign|signing)\sup\s | subscribe\s
    | (?:get|receive)\s(?:the|our|all|more|breaking|daily|news|your)\s[^.]{0,120}
      (?:inbox|newsletter|e-?mail|app\b|updates|alerts)
    | (?:want|looking\sfor)\s[^.?]{3,100}\?\s(?:sign|subscribe|get)
    | (?:join|support|download|follow|like|find|connect\swith|stay\sconnected|stay\sup\sto\sdate)\s
      [^.]{0,160}(?:facebook|twitter|instagram|whatsapp|telegram|linkedin|tiktok|youtube|newsletter
      |\bapp\b|on\sx\b|\@\w)
    | (?:you\scan\s)?follow\s(?:him|her|them|me|us)\b
    | (?:share|print|email|tweet|save|bookmark)(?:\s(?:this|on|with|via|article|story)\b.{0,60})?$
    | (?:do\syou\s)?(?:have|got)\s(?:a|any)\s(?:tip|story|news|question|comment)[^?]{0,80}\?
    | (?:contact|e-?mail|write\sto|reach)\s(?:us|the\s(?:author|writer|reporter|newsroom)|him|her|me
      |\w+\s\w+\sat)\b
    | © | \(c\)\s | copyright\s(?:©|\(c\)|\d{4}|[^.]{0,60}\ball\srights) | all\srights\sreserved
    | (?:the\s|this\s)?(?:material|contents?)\s(?:on\sthis\s\w+\s)?may\snot\sbe\s
    | reprints?\s(?:and|&)\s | click\shere\s | (?:our|support\sour|fund\sour)\s(?:journalism|reporting)\s
    | (?:for\smore\s[^.]{2,60},|stay\s(?:informed|connected|tuned)\W)\s?
      (?:follow|visit|subscribe|click|go\sto|sign)
    | \(?[a-zäöü]{2,5}(?:[/,]\s?[a-zäöü]{2,5}){1,3}\)?$
    | (?:reprinted|republished|reproduced|published)\s(?:with|by|under)\s(?:the\s)?(?:kind\s)?permission
    | (?:all\s)?comments?\s(?:are|have\sbeen|is)\s(?:closed|moderated|disabled|welcome|off|now)
    | (?:post|leave|add)\sa\s(?:comment|reply)
    | (?:tags|topics|filed\sunder|categories|keywords|sources?|photo|image|credit|foto|quellen?|fuente)\s?:
    | (?:posted|filed)\s(?:in|under|by|on)\s[^.]{2,60}$
    | (?:first|originally)\spublished\s(?:on|at|by|in)\s[^.]{2,60}\.?$
    | mehr\szum\sthema | folgen\ssie\suns | abonnieren\ssie | hier\sanmelden | mit\smaterial\s(?:von|der)\s
    | (?:suivez|abonnez|inscrivez|recevez|partagez)[ -](?:vous|nous|la|le|notre|nos|cet)\b
    | (?:avec\s)?(?:l[’'])?afp\W?$
    | (?:síguenos|suscríb\w+|sigue\stoda|seguici|iscriviti|siga-nos|inscreva-se|assine)\b
    | (?:recibe|receba|ricevi)\s[^.]{0,80}(?:correo|e-?mail|newsletter|bolet)
    | (?:责任编辑|责编|编辑|来源|記者|编审)\s?[:：]
    )""",
    _FLAGS | re.VERBOSE,
)
_WALL = re.compile(
    r"""\bto\s(?:read|continue|keep|unlock|access)\b[^.]{0,60}
      \b(?:subscri\w+|sign\s(?:in|up)|log\s?in|regist\w+|account|member\w*|reading)\b
    | \b(?:subscrib\w+|sign\s(?:in|up)|log\s?in|register)\b[^.]{0,60}
      \bto\s(?:read|continue|keep|unlock|access)\b
    | \balready\s(?:a|an|have)\s[^.?]{0,40}\b(?:subscriber|reader|member|account|subscription)\b
    | \b(?:this|the)\s(?:article|story|content)\sis\s(?:for|only|available\sto|reserved)\s
      [^.]{0,40}\b(?:subscri|member)
    | \b(?:subscribers?|members?)[ -]only\b | \b(?:jetzt|um)\s[^.]{0,60}(?:weiterlesen|weiterzulesen)
    | \bbereits\s(?:abonnent|kunde) | \bréservée?\s(?:aux|à\snos)\sabonnés
    | \b(?:déjà|ya\seres|già|já\sé)\s(?:abonn|suscript|abbonat|assinante)
    | \b(?:contenido|contenuto|conteúdo)\s(?:exclusivo|riservato)\s""",
    _FLAGS | re.VERBOSE,
)
_WORK = re.compile(
    r"\W{0,3}(?:is|was|has|covers?|writes?|reports?|worked|works|joined|can\sbe|ist|schreibt|est|es|è|é)\b"
    r"|[^.]{0,40}@",
    _FLAGS,
)
CREDIT = re.compile(
    r"(?:by|von|par|por|di|door|av|af|od|written\sby|reported\sby)\s([\w.’'@ ,|/·-]+)$", _FLAGS
)
_BYLINE = re.compile(
    r"""(?:(?:first\s)?published|updated|posted|last\s(?:updated|modified)|modified|created)\b(?=.*\d).{0,60}$
    | (?:share|print|email|save|comments?|listen|tweet)(?:\s(?:this|article|story|on|via)\b.{0,30})?$
    | \d{1,3}\s?(?:min(?:ute)?s?)\s(?:read|de\slecture|lesezeit)$|(?:reading|read)\stime.{0,30}$""",
    _FLAGS | re.VERBOSE,
)
_NOTICE = re.compile(
    r"[ .:\-–—\[()▼]*(?:(?:advertis(?:ements?|ing)|reklam|publicidade?|anzeige|werbung|publicité|"
    r"pubblicità|annuncio|reclame|annons|إعلان|广告|реклама|sponsored)[ .:\-–—\])▼]*$|"
    r"(?:(?:story|article)\scontinues\sbelow|(?:continue\sreading|ad\sfeedback|scroll\sto\scontinue).{0,45}$))",
    _FLAGS,
)
_LONGEST = 60  # words
_LONGEST_BYLINE = 18
_MOST_SHOWN = 4


def left_out(texts: Sequence[str]) -> tuple[Doubt, ...]:
    """The doubt that tells what was found and left out, or nothing."""
    if not texts:
        return ()
    shown = "; ".join(f"“{text[:70]}{'…' * (len(text) > 70)}”" for text in texts[:_MOST_SHOWN])
    more = len(texts) - _MOST_SHOWN
    told = f"left out of the article: {shown}{f' and {more} more' * (more > 0)}"
    return (Doubt("left out", told),)


def is_notice(text: str) -> bool:
    """Whether a block is the mark of an advertisement."""
    return len(text) < 60 and _NOTICE.match(text) is not None


def is_pointer(text: str) -> bool:
    """Whether a block begins like a pointer to another article."""
    return len(text) < 300 and _POINTER.match(text) is not None


def is_closing(text: str) -> bool:
    """Whether a block at an article's end is about the article, the outlet or its readers."""
    return len(text.split()) <= _LONGEST and _CLOSING.match(text) is not None


def is_wall(text: str) -> bool:
    """Whether a block asks to subscribe or to sign in before one may read on."""
    return len(text.split()) <= _LONGEST and _WALL.search(text) is not None


def is_about(text: str, author: str | None) -> bool:
    """Whether a block tells who the author is."""
    names = [name.strip() for name in (author or "").split(",")]
    return len(text.split()) <= _LONGEST and any(
        name and text.startswith(name) and _WORK.match(text[len(name) :]) for name in names
    )


def is_byline(text: str) -> bool:
    """Whether a short block at an article's top tells who wrote it, when, or what to do with it."""
    if len(text.split()) > _LONGEST_BYLINE:
        return False
    credit = CREDIT.match(text)
    if credit:  # names have capitals, “by Monday the water had gone” has few
        tokens = credit[1].split()
        return not text.endswith(".") and 2 * sum(token[0].islower() for token in tokens) <= len(tokens)
    return _BYLINE.match(text) is not None
