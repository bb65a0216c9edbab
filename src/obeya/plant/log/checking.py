"""Looking a collection of rows over before anything is written: every problem, all at once."""

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from django.db import connection, models
from django.db.models.expressions import RawSQL

from obeya.plant.log.refusal import Problem, RowsRefused

LARGEST = Decimal(10) ** 12
LONGEST_CODE = 100
LONGEST_NAME = 200
#: columns of the tables that hold more or less than a code
LONGEST = {"name": LONGEST_NAME, "language": 20, "dimension": 30, "alternate_group": 50}
MOST_IN_A_QUERY = 10_000
FIRST_YEAR, LAST_YEAR = 1900, 2999  # of a moment; no zone carries it past the ends of time
# columns that give a noun its code, and what no code may hold between slashes: its page would be
# out of reach, because browsers and our own addresses mean something else by it
CODES = frozenset({"code", "calendar"})
IN_ADDRESSES = frozenset({"", ".", "..", "new", "edit", "archive", "unarchive"})
# what no database, workbook or browser takes: control characters, halves of a letter
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Row = TypeVar("Row")
Found = TypeVar("Found", bound=models.Model)
Complaint = tuple[str, str]  # rule, remedy
Judge = Callable[[Any], Complaint | None]

_WORDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    Decimal: "a number",
    bool: "yes or no",
    date: "a date",
    time: "a time of day",
    datetime: "a date with a time",
    tuple: "a list",
}


class RowCheck(Generic[Row]):
    """Collects what is wrong in ``rows``; ``refuse()`` says it all, or lets the action go on.

    Types, choices, lengths and decimals are checked from the row's annotations, and the columns
    of its ``KEY`` for doubles, when it is made. Indexes are those of ``rows``.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.problems: list[Problem] = []
        if not rows:
            return
        row_type = type(rows[0])
        judges = _judges(row_type)
        for index, row in enumerate(rows):
            for field, judge in judges.items():
                if complaint := judge(getattr(row, field)):
                    self.add(index, field, *complaint)
        self.once(getattr(row_type, "KEY", ()))

    def add(self, row: int, field: str, rule: str, remedy: str) -> None:
        """``field`` of row ``row`` breaks ``rule``."""
        value = getattr(self.rows[row], field, "")
        text = "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
        self.problems.append(Problem(rule, remedy, row, field, text))

    def refuse(self) -> None:
        """Raise RowsRefused with every problem found so far, in the order of the rows."""
        if self.problems:
            raise RowsRefused(sorted(self.problems, key=lambda problem: problem.row or 0))

    def once(self, key: Sequence[str]) -> None:
        """No two rows may name the same noun."""
        seen: set[Hashable] = set()
        for index, row in enumerate(self.rows if key else ()):
            named = tuple(getattr(row, field) for field in key)
            if named in seen:
                rule = f"an earlier row has the same {', '.join(key)}"
                self.add(index, key[0], rule, "Keep one of the two rows.")
            seen.add(named)

    def filled(self, *fields: str) -> None:
        for field in fields:
            self.each(field, lambda value: value not in ("", None), "is empty", "Fill it in.")

    def at_least(self, least: int, *fields: str) -> None:
        for field in fields:
            self.each(
                field,
                lambda value: value is None or value >= least,
                f"below {least}",
                f"Write {least} or more.",
            )

    def above_zero(self, *fields: str) -> None:
        for field in fields:
            self.each(
                field,
                lambda value: value is None or value > 0,
                "not above 0",
                "Write a number above 0.",
            )

    def each(self, field: str, is_right: Callable[[Any], bool], rule: str, remedy: str) -> None:
        """A field that is wrong already is not asked again, so that ``is_right`` gets its type."""
        wrong = {problem.row for problem in self.problems if problem.field == field}
        for index, row in enumerate(self.rows):
            if index not in wrong and not is_right(getattr(row, field)):
                self.add(index, field, rule, remedy)

    def in_use(self, field: str, among: models.QuerySet[Found]) -> None:
        """A row must not write to what lies in the archive: its code stays taken. One query."""
        archived = among.exclude(archived_at=None)
        gone = in_one_query(archived, "code", {getattr(row, field) for row in self.rows})
        self.each(
            field,
            lambda code: code not in gone,
            "in the archive",
            "Take it back from the archive first, or choose another code.",
        )

    def not_before(self, field: str, start: str) -> None:
        """``field`` may be empty; where it is not, it is not before ``start``."""
        for index, row in enumerate(self.rows):
            first, last = getattr(row, start), getattr(row, field)
            if first is not None and last is not None and last < first:
                self.add(index, field, f"before {start} ({first})", "Put the later one last.")

    def known(
        self,
        field: str,
        among: models.QuerySet[Found],
        *,
        what: str,
        by: str = "code",
        remedy: str = "",
        also: Iterable[str] = (),
    ) -> dict[str, Found]:
        """Objects by the code that ``field`` names; an empty one is left out. One query.

        Unknown and archived codes become problems; ``also`` are codes that this very
        collection makes.
        """
        named = {code for row in self.rows for code in codes_in(getattr(row, field))}
        found = in_one_query(among, by, named | set(also))
        coming = set(also)
        for index, row in enumerate(self.rows):
            for code in codes_in(getattr(row, field)):
                if code in coming:
                    continue
                if code not in found:
                    hint = remedy or f"Correct the code, or enter that {what} first."
                    self.add(index, field, f"unknown {what} {code}", hint)
                elif getattr(found[code], "archived_at", None):
                    hint = "Take it back from the archive, or choose another."
                    self.add(index, field, f"{what} {code} is archived", hint)
        return found


def codes_in(value: Any) -> tuple[str, ...]:
    """The codes that one cell names: none, one or a list of them."""
    if isinstance(value, tuple):
        return tuple(str(each) for each in value)
    return (value,) if isinstance(value, str) and value else ()


def in_one_query(
    among: models.QuerySet[Found], by: str, values: Iterable[Hashable]
) -> dict[Any, Found]:
    """Objects by the value of ``by``, in one query however many values are asked for."""
    return {getattr(each, by): each for each in rows_of(among, by, values)}


def rows_of(among: models.QuerySet[Found], by: str, values: Iterable[Hashable]) -> list[Found]:
    """All whose ``by`` is one of ``values``, unordered, in one query however many they are.

    Unordered on purpose: an ordering by foreign keys joins their tables, which PostgreSQL, in the
    transaction that has just filled them, does row by row (20 minutes for 1,000 operations).
    """
    wanted = set(values)
    if not wanted:
        return []
    among = among.order_by()
    if len(wanted) <= MOST_IN_A_QUERY:
        among = among.filter(**{f"{by}__in": wanted})
    return [each for each in among if getattr(each, by) in wanted]


def one_of(ids: Iterable[int]) -> RawSQL:
    """For ``__in``: many ids as one parameter, which neither Django nor a driver takes apart."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [sorted(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(sorted(ids))])


def _judges(row_type: type) -> dict[str, Judge]:
    hints = hints_of(row_type, include_extras=True)
    return {
        field: judge
        for field, hint in hints.items()
        if (judge := _judge_of(field, hint)) is not None
    }


def _judge_of(field: str, hint: Any) -> Judge | None:
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    may_be_empty = False
    if get_origin(hint) in (Union, UnionType):
        kinds = [each for each in get_args(hint) if each is not NoneType]
        may_be_empty, hint = len(kinds) < len(get_args(hint)), kinds[0]
    judge = _judge_of_kind(field, hint)
    if judge is None or not may_be_empty:
        return judge
    return lambda value: None if value is None else judge(value)


def _judge_of_kind(field: str, kind: Any) -> Judge | None:
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        remedy = f"Choose one of {', '.join(choices)}."
        return lambda value: None if value in choices else ("not one of the choices", remedy)
    kind = get_origin(kind) or kind
    if kind not in _WORDS:
        return _judge_of_names if isinstance(kind, type) and issubclass(kind, Mapping) else None
    wrong_type = (f"not {_WORDS[kind]}", f"Write {_WORDS[kind]}.")
    longest = LONGEST.get(field, LONGEST_CODE)

    def judge(value: Any) -> Complaint | None:
        if kind is Decimal:
            return _judge_number(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            return wrong_type
        if kind is int and abs(value) > 2**31 - 1:
            return "too large", "Write a smaller number."
        if kind in (str, tuple):
            texts = value if kind is tuple else (value,)
            wrong = next((c for each in texts if (c := _judge_text(each, longest))), None)
            return wrong or (_judge_code(value) if field in CODES else None)
        return _judge_moment(value) if kind is datetime else None

    return judge


def _judge_number(value: Any) -> Complaint | None:
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        return "not a number", "Write a number like 12.5."
    number = Decimal(value)
    if not number.is_finite() or abs(number) > LARGEST:
        return "too large", "Write a number up to 1,000,000,000,000."
    if (number * 1_000_000) % 1:
        return "more than 6 decimals", "Round it to 6 decimals."
    return None


def _judge_moment(value: datetime) -> Complaint | None:
    if FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    return f"not between {FIRST_YEAR} and {LAST_YEAR}", "Write the year in full."


def _judge_text(value: Any, longest: int) -> Complaint | None:
    if not isinstance(value, str):
        return "not text", "Write text."
    if len(value) > longest:
        return f"longer than {longest} characters", "Shorten it."
    if not value.isprintable() or value != value.strip():
        return "spaces at an end, or characters that cannot be printed", "Type it anew."
    return None


def _judge_code(value: str) -> Complaint | None:
    part = next((each for each in value.split("/") if each in IN_ADDRESSES), None)
    if not value or part is None:
        return None
    what = (
        f"“{part}” as a code or as a part of it" if part else "a slash at an end or beside another"
    )
    return "would leave its page without an address", f"Choose another code, without {what}."


def _judge_of_names(value: Any) -> Complaint | None:
    if not isinstance(value, Mapping):
        return "not a list of names", "Write name: value."
    texts = (each for pair in value.items() for each in pair if isinstance(each, str))
    if any(UNWRITABLE.search(each) for each in texts):
        return "characters that cannot be printed", "Type it anew."
    if not all(isinstance(each, str | int | None) for each in value.values()):
        return "holds more than texts, whole numbers, yes or no", "Write each value as a text."
    return None
