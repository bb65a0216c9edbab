"""Words for units and kinds in other programs, as ours."""

import re
from collections.abc import Mapping

from obeya.modules.exchange.reading.columns import Column

#: what a title or a column says of time
TIME: Mapping[str, str] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sek", "sekunden", "secondes"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minuten", "minuti", "minutos"), "min"),
    **dict.fromkeys(
        ("h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "ore", "horas"), "h"
    ),
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "jours", "dias", "giorni"), "days"),
}

#: what a title says of time that no column of ours can be given in
OTHER_TIME = {
    "week",
    "weeks",
    "wk",
    "woche",
    "wochen",
    "semaine",
    "semaines",
    "semana",
    "semanas",
    "settimana",
    "settimane",
    "month",
    "months",
    "monat",
    "monate",
    "mois",
    "mes",
    "meses",
    "mese",
    "mesi",
    "ms",
    "msec",
    "te100",
    "tmu",
}

_MEASURE = {
    "H87": "st stk pc pce pcs ea each stueck piece pieces unit units nos unite unidad ud uds pz "
    "pezzi un szt ks kus adet stuks unid und pza",
    "KGM": "kg kilogramm kilogram kilo",
    "GRM": "g gram gramm gramme",
    "TNE": "t to ton tonne",
    "MTR": "m meter metre mtr metro",
    "MMT": "mm",
    "CMT": "cm",
    "LTR": "l ltr liter litre litro",
    "MTK": "m2 qm",
    "MTQ": "m3 cbm",
    "HUR": "h hr std hour stunde",
    "MIN": "min",
    "SET": "set satz",
}
_KIND = {
    "finished": "fert finished fertig fertigerzeugnis fertigprodukt fini terminado finito",
    "semifinished": "halb semifinished halbfabrikat halbzeug semi semilavorato semifini",
    "raw": "roh raw rohstoff rohmaterial matiere materia",
    "purchased": "hawa purchased kaufteil handelsware bought nlag",
    "consumable": "hibe consumable hilfsstoff betriebsstoff",
    "spare": "ersa spare ersatzteil",
    "packaging": "verp packaging verpackung leih",
}
_POLICY = {"make": "e make eigenfertigung manufacture", "buy": "f buy fremdbeschaffung x purchase"}


def _by_word(words: Mapping[str, str]) -> Mapping[str, str]:
    return {each: ours for ours, text in words.items() for each in [ours.casefold(), *text.split()]}


#: column → foreign word → our word
VALUES: Mapping[str, Mapping[str, str]] = {
    "unit": _by_word(_MEASURE),
    "kind": _by_word(_KIND),
    "policy": _by_word(_POLICY),
}

#: what a state of an order begins or ends with us, the strongest first
_ORDER_STATES = {
    "cancelled": "dlfl lovm dlt cancelled storniert cancel",
    "done": "teco tabg dlv glft clsd abgs done completed closed abgeschlossen erledigt",
    "released": "rel frei released freigegeben progress process started confirmed close",
    "firm": "crtd erof eroef eröf created eröffnet draft firm",
}


def order_state(text: str) -> str | None:
    """The state of a production order in the words of SAP (`REL  PCNF PRC`: all that hold at
    once), Odoo and ERPNext; None where no word is known.
    """
    told = set(re.split(r"[^\w]+", text.casefold()))
    if "not" in told and "started" in told:  # ERPNext: released, and nobody has begun
        return "released"
    return next((ours for ours, words in _ORDER_STATES.items() if told & set(words.split())), None)


def known_word(column: Column, text: str) -> str | None:
    """Our word for one of theirs; None where it is not known."""
    word = text.casefold()
    if word in column.choices:
        return word
    if "released" in column.choices:
        return order_state(word)
    return VALUES.get(column.name, {}).get(word.rstrip("."))
