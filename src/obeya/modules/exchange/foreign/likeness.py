"""How like a foreign column is to one of ours: by its title, and by what stands in it."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from obeya.modules.exchange.foreign import units
from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.partners import is_a_partners_own
from obeya.modules.exchange.foreign.words import plain_words, synonyms
from obeya.modules.exchange.reading.columns import Column

LEAST = 0.55  # what is less sure is left to the person
SURE = 0.9
#: words that make a title say something else than the rest of it
ANOTHER_THING = frozenset(
    synonyms(
        "value|values|wert|valeur|valor|valore|wartość|hodnota|waarde|değer|price|preis|prix|precio|"
        "prezzo|cena|preço|prijs|fiyat|currency|währung|devise|moneda|valuta|group|gruppe|groupe|"
        "grupo|gruppo|grupa|skupina|groep|grubu|category|kategorie|class|klasse|type|typ|art|tipo|"
        "created|creation|erstellt|anlage|changed|geändert|by|von|blocked|gesperrt|quality|qualität|"
        "inspection|insp|prüfbestand|reserved|reserviert|ordered|bestellt|last|letzte|letzter|"
        "previous|old|alt|alte|alter|customer|kunden|kunde|supplier|vendor|lieferanten|manufacturer|"
        "hersteller|status|weight|gewicht|volume|volumen|transfer|transit|returns|retouren|invoice|"
        "rechnung|document|beleg|invoiced|berechnet|delivered|geliefert|received|erhalten|confirmed|scrap|ausschuss"
    )
)
_NUMBER = re.compile(r"[-+]?[\d.,'\s\u00a0]*\d[\d.,]*\s?[-%]?")


@dataclass(frozen=True)
class Guess:
    """One of our columns ← one of theirs, from 0 to 1."""

    column: str
    title: str
    confidence: float


def how_like(
    table: ForeignTable, index: int, title: str, column: Column, words: tuple[str, ...]
) -> Guess:
    """How sure it is that a column of theirs is one of ours; hardly, where its values forbid it."""
    likeness = likeness_of(plain_words(title), words)
    is_ours = bool(table.origin)  # a part that we have made, with titles of our own
    if (
        likeness >= LEAST
        and not is_ours
        and (not _fits(column, table.samples(index, 8)) or _counts_otherwise(column, title))
    ):
        likeness *= 0.4
    return Guess(column.name, title, round(likeness, 2))


@lru_cache(maxsize=20_000)
def likeness_of(title: str, words: tuple[str, ...]) -> float:
    """1 for a word of the vocabulary, a little less the farther down; less for parts of it, and
    nothing where the rest makes another thing of it: a material's group, the value of a stock, a
    supplier's number of a material.
    """
    if title in words:
        return 1 - 0.1 * words.index(title) / len(words)
    told = title.split()
    if is_a_partners_own(told):
        return 0.0
    best = 0.0
    for word in words:
        parts = word.split()
        is_part = parts and len(word) > 2 and all(part in told for part in parts)
        if is_part and ANOTHER_THING.isdisjoint(set(told).difference(parts)):
            best = max(best, 0.5 + 0.35 * len(parts) / len(told))
    length = len(title)
    alike = [word for word in words if 0.75 * length <= len(word) <= 1.34 * length]
    is_plain = ANOTHER_THING.isdisjoint(told) and length > 4
    near = difflib.get_close_matches(title, alike, 1, cutoff=0.86) if is_plain else []
    return max(best, 0.75 if near else 0.0)


def _fits(column: Column, samples: Sequence[str]) -> bool:
    """Whether the values can be what the column holds."""
    if not samples:
        return True
    numbers = sum(bool(_NUMBER.fullmatch(each)) for each in samples)
    if column.kind in ("number", "whole number"):
        spans = sum(each[:1].isdigit() for each in samples) if column.unit else 0  # 1:30, 90 min
        return 2 * max(numbers, spans) >= len(samples)
    if column.kind == "one of":
        return all(units.known_word(column, each) is not None for each in samples)
    if column.kind in ("date", "date and time"):
        return any(any(sign.isdigit() for sign in each) for each in samples)
    return True


def _counts_otherwise(column: Column, title: str) -> bool:
    """Whether the title of a time says what cannot be converted: weeks, minutes per 100."""
    told = plain_words(title).split()
    return bool(column.unit) and any(word in units.OTHER_TIME or word.isdigit() for word in told)
