from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Sick:
    """One row that a check finds: its code, and what is odd about it."""

    code: str
    detail: str
    url: str = ""


@dataclass(frozen=True)
class Finding:
    """One check: what it looks for, why that matters, the rows, and the remedy if there is one."""

    check: str
    title: str | Promise
    why: str | Promise
    rows: Sequence[Sick]
    remedy: str | Promise = ""  # what one click does to all these rows; empty: only by hand
