"""Rows that add others up, and are none themselves."""

from collections.abc import Mapping

from obeya.modules.exchange.foreign.words import plain_words, synonyms
from obeya.modules.exchange.reading.book import Cell
from obeya.modules.exchange.reading.values import shown

_WORDS = synonyms(
    "total|totals|grand total|subtotal|sub total|sum|summe|summen|gesamt|gesamtsumme|"
    "gesamtergebnis|ergebnis|zwischensumme|endsumme|total general|sous total|total generale|"
    "somme|suma|suma total|totale|totale generale|subtotale|totales|"
    "razem|suma calkowita|celkem|soucet|total geral|totaal|subtotaal|toplam|genel toplam|ara toplam"
)


def is_total(row: Mapping[int, Cell]) -> bool:
    """Whether the row begins with a word for totals: `Summe`, SAP's `*`; or with such a word
    beside a code and nothing but numbers after it, as Excel writes subtotals: `4711 Ergebnis`.
    """
    if not row:
        return False
    first = min(row)
    text = shown(row[first])
    word = plain_words(text)
    if word in _WORDS or (text and not text.strip("*")):
        return True
    told = word.split()
    if len(told) < 2 or not {told[0], told[-1]} & set(_WORDS):
        return False
    others = [shown(cell) for at, cell in row.items() if at != first]
    return bool(others) and not any(sign.isalpha() for text in others for sign in text)
