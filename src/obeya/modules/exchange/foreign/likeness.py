"""How like a foreign column is to one of ours: by its title, and by what stands in it."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from obeya.modules.exchange.foreign import units
from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.reading.columns import Column

LEAST = 0.55  # what is less sure is left to the person
SURE = 0.9
_NUMBER = re.compile(r"[-+]?[\d.,'\s\u00a0]*\d[\d.,]*\s?[-%]?")


@dataclass(frozen=True)
class Guess:
    """One of our columns ← one of theirs, from 0 to 1."""

    column: str
    title: str
    confidence: float


def how_like(
    table: ForeignTable, index: int, title: str, column: Column, words: Sequence[str]
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


def likeness_of(title: str, words: Sequence[str]) -> float:
    """1 for a word of the vocabulary, a little less the farther down; less for parts of it."""
    if title in words:
        return 1 - 0.1 * words.index(title) / len(words)
    told = title.split()
    best = 0.0
    for word in words:
        parts = word.split()
        if parts and len(word) > 2 and all(part in told for part in parts):
            best = max(best, 0.5 + 0.35 * len(parts) / len(told))
    near = difflib.get_close_matches(title, words, 1, cutoff=0.86) if len(title) > 4 else []
    return max(best, 0.75 if near else 0.0)


def _fits(column: Column, samples: Sequence[str]) -> bool:
    """Whether the values can be what the column holds."""
    if not samples:
        return True
    numbers = sum(bool(_NUMBER.fullmatch(each)) for each in samples)
    if column.kind in ("number", "whole number"):
        return 2 * numbers >= len(samples) or bool(column.unit)
    if column.kind == "one of":
        return all(units.known_word(column, each) is not None for each in samples)
    if column.kind in ("date", "date and time"):
        return any(any(sign.isdigit() for sign in each) for each in samples)
    return True


def _counts_otherwise(column: Column, title: str) -> bool:
    """Whether the title of a time says what cannot be converted: weeks, minutes per 100."""
    told = plain_words(title).split()
    return bool(column.unit) and any(word in units.OTHER_TIME or word.isdigit() for word in told)
