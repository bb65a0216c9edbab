"""Headings made comparable: Prüf-Menge [Stk.] and PRUEFMENGE are words, not typography."""

import re
import unicodedata
from functools import cache

_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "ł": "l", "\u0131": "i"}
)


def plain_words(text: str) -> str:
    """Lower case without accents and signs, words one space apart: `Menge (Stück)` is
    `menge stueck`, `dueDate` is `due date`.
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text)
    spelt = unicodedata.normalize("NFC", apart).casefold().translate(_SPELT_OUT)
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(sign)
    )
    return " ".join(re.sub(r"[^\w]+|_", " ", bare).split())


@cache
def synonyms(text: str) -> tuple[str, ...]:
    """The words of one line of the vocabulary, separated by bars."""
    return tuple(dict.fromkeys(plain_words(each) for each in text.split("|") if each.strip()))
