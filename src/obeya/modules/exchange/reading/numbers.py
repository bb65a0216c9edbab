"""A cell that is a number, however a spreadsheet or a language writes it."""

import re
from decimal import Decimal

from obeya.modules.exchange.reading.book import Cell
from obeya.modules.exchange.reading.values import Unreadable, kind_of

DECIMALS = 6  # what a quantity field keeps
LARGEST = Decimal(10) ** 12  # millionths of it still fit a bigint
PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.IGNORECASE)


def read_decimal(cell: Cell, mark: str = ".") -> Decimal:
    """A number with at most six decimals; ``mark`` is the decimal mark of the file's texts."""
    if isinstance(cell, Decimal):
        number = cell
    elif isinstance(cell, str):
        number = _number_in(cell, mark)
    else:
        raise Unreadable(f"is a {kind_of(cell)}, not a number", "Type a number.")
    return exact(number)


def read_percent(cell: Cell, mark: str = ".") -> Decimal:
    """Percent as a number: 2.5 and 2.5 % are the same."""
    return read_decimal(cell.strip().removesuffix("%") if isinstance(cell, str) else cell, mark)


def exact(number: Decimal) -> Decimal:
    """The number without idle zeros or exponent, if a quantity field can keep it."""
    if abs(number) >= LARGEST:
        raise Unreadable("is too large", "Numbers stay below 1,000,000,000,000.")
    number = number.normalize()
    _, _, exponent = number.as_tuple()
    if isinstance(exponent, int) and exponent < -DECIMALS:
        raise Unreadable(
            "has more than six decimals",
            "Round it; for a third, say 1 per 3 (quantity_per and per_quantity).",
        )
    return number.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else number


def _number_in(text: str, mark: str) -> Decimal:
    bare = re.sub(r"[\s\u00a0\u202f'’_]", "", text).replace("−", "-")
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        last = max(".,", key=bare.rfind)
        grouping = "," if last == "." else "."
        if bare.count(last) > 1 or not _grouped(bare.split(last)[0], grouping):
            raise _no_number()
        bare = bare.replace(grouping, "").replace(last, ".")
    elif points + commas > 1:
        grouping = "." if points else ","
        if not _grouped(bare, grouping):
            raise _no_number()
        bare = bare.replace(grouping, "")
    elif points + commas == 1:
        here = "." if points else ","
        if here != mark and re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}\{here}\d{{3}}", bare):
            without = bare.replace(here, "")
            raise Unreadable(
                "may mean thousands or decimals",
                f"Write {without}, or {bare.replace(here, mark or '.')}0 if decimals are meant.",
            )
        bare = bare.replace(",", ".")
    if not PLAIN_NUMBER.fullmatch(bare):
        raise _no_number()
    return Decimal(bare)


def _grouped(whole: str, mark: str) -> bool:
    return re.fullmatch(rf"[+-]?\d{{1,3}}(\{mark}\d{{3}})+", whole) is not None


def _no_number() -> Unreadable:
    return Unreadable("is text where a number is expected", "Type a number, without a unit.")


def read_integer(cell: Cell, mark: str = ".") -> int:
    number = read_decimal(cell, mark)
    if number != number.to_integral_value():
        raise Unreadable("is not a whole number", "Type a whole number.")
    return int(number)
