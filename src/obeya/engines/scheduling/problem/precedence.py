"""What must come before what."""

from dataclasses import dataclass
from typing import Final

from ..arrays import Ints

END_TO_START: Final = 0
OVERLAP: Final = 1


@dataclass(frozen=True, eq=False)
class Precedence:
    """Arcs of a directed acyclic graph, sorted by the operation that comes after.

    Attributes
    ----------
    first : shape (N + 1,)
        The arcs into operation i are ``first[i]`` to ``first[i + 1]``.
    before, after : shape (E,)
        Operation indices.
    kind : shape (E,)
        ``END_TO_START``: the successor's run starts at least ``lag`` after the predecessor's end.
        ``OVERLAP`` (transfer batches): it starts at least ``lag`` after the predecessor's start
        and ends at least ``end_lag`` after the predecessor's end.
    lag, end_lag : shape (E,)
        Clock seconds (moving, cooling, drying go on at night).
    maximum_wait : shape (E,)
        The successor's run starts at most this long after the predecessor's end [s, clock];
        -1 is no limit. Only with ``END_TO_START``.
    """

    first: Ints
    before: Ints
    after: Ints
    kind: Ints
    lag: Ints
    end_lag: Ints
    maximum_wait: Ints

    def __len__(self) -> int:
        return len(self.before)
