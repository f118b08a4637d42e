"""Words that report a statement but are no part of it: who said it, to whom, in what kind of talk.

Two sentences that share only "told reporters on Thursday" have nothing to say to each other, so
these words weigh as little as function words.
"""

from __future__ import annotations

BOILERPLATE = {
    "en": "say says said saying tell tells told telling add adds added note notes noted according "
    "reporter reporters journalist journalists statement statements spokesman spokeswoman spokesperson "
    "interview interviews briefing comment comments",
    "de": "sagt sagte sagten sagen erklärte erklärten teilte mit laut reporter reportern journalisten "
    "sprecher sprecherin mitteilung erklärung interview",
    "fr": "dit disait déclaré déclare ajouté selon journalistes journaliste communiqué interview "
    "porte-parole",
    "es": "dijo dice dicen dijeron declaró declaración añadió agregó según periodistas periodista comunicado "
    "portavoz entrevista",
    "it": "detto dice disse dichiarato ha aggiunto secondo giornalisti giornalista comunicato portavoce "
    "intervista",
    "pt": "disse diz disseram declarou afirmou acrescentou segundo jornalistas jornalista comunicado "
    "entrevista porta-voz",
    "nl": "zei zegt zeiden meldde volgens verslaggevers journalisten verklaring woordvoerder interview",
}
