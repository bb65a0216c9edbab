"""How a whole table is probably to be read."""

from collections.abc import Mapping
from dataclasses import dataclass

from obeya.modules.exchange.foreign.mapping import TableMapping


@dataclass(frozen=True)
class TableGuess:
    """How a table is to be read, with how sure each of its columns is."""

    mapping: TableMapping
    confidence: Mapping[str, float]  # our column → from 0 to 1
