"""From a read file into the plant: sheet after sheet, in one transaction, all faults at once.

A sheet whose rows are refused is tried again without them, only to find what else is wrong in
the sheets that build on it; in the end any fault undoes everything.
"""

import dataclasses
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from obeya.modules.exchange.completing import whole_rows
from obeya.modules.exchange.differing import Compared, named, named_by
from obeya.modules.exchange.parts import Numbered, in_parts
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.exchange.refusals import Fault, Place
from obeya.modules.exchange.sheets import SHEETS, SheetKind
from obeya.modules.exchange.witness import Rehearsal
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import published_so_far
from obeya.plant.log.refusal import NotPermitted, Problem, Refusal, RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import Site

MOST_TRIES = 8  # per sheet, after that its other faults show on the next import
MOST_HINTS = 100
UNKNOWN = re.compile(r"unknown (?P<what>[\w ]+?) (?P<code>\S.*)")
FOLLOWS = ("unknown ", "nobody can do")  # refusals that may follow from another one
ROW_WORD = re.compile(r"\brow (\d+)\b")
SAME_NOUN = {  # words in refusals → the noun of the sheet that defines it
    "customer": "party",
    "supplier": "party",
    "subcontractor": "party",
    "storage": "equipment",
    "machine": "equipment",
    "parent": "equipment",
    "component": "material",
    "equipment class": "equipment",
}


@dataclass(frozen=True)
class PartTried:
    """Rows of one sheet that were saved together, and what that did."""

    sheet: str
    numbered: Numbered
    expected: dict[str, Any]  # see `witness`


@dataclass
class Attempt:
    """What has been found out about a file while it is saved."""

    site: Site
    by: Actor
    faults: list[Fault] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)  # codes that faulty rows would have defined
    codes: dict[str, set[str]] = field(default_factory=dict)  # sheet → codes that it defines
    counts: dict[str, Saved] = field(default_factory=dict)
    compares: bool = False  # beside the plant as it is
    in_parts: bool = False  # else each sheet is saved whole
    parts: list[PartTried] = field(default_factory=list)
    rehearsal: Rehearsal = field(default_factory=Rehearsal)
    compared: list[Compared] = field(default_factory=list)
    left_out: dict[Place, str] = field(default_factory=dict)  # rows not saved → what about
    notes: list[str] = field(default_factory=list)
    follows: list[Fault] = field(default_factory=list)  # only because another row is refused


def save_sheets(
    file: PlantFile, site: Site, by: Actor, *, compares: bool = False, parts: bool = False
) -> Attempt:
    """Save every sheet, without the rows that are refused: their faults are in the attempt.

    Whoever wants the file whole must not commit where the attempt has faults.
    """
    attempt = Attempt(site, by, compares=compares, in_parts=parts)
    by_name = {sheet.name: sheet for sheet in file.sheets}
    for sheet in file.sheets:
        attempt.faults.extend(sheet.faults)
        attempt.excused |= sheet.faulty_words
        faulty = {fault.row for fault in sheet.faults}
        unread = sheet.unread | {
            row.number: row.given for row in sheet.rows if row.number in faulty
        }
        sheet.rows = [row for row in sheet.rows if row.number not in faulty]
        for number, given in unread.items():
            attempt.left_out[sheet.name, number] = named_by(given.get(name) for name in sheet.key)
        attempt.codes[sheet.name] = {str(row.given.get(sheet.key[0])) for row in sheet.rows}
    for kind in SHEETS:
        if kind.name in by_name:
            _save(kind, by_name[kind.name], attempt)
    return attempt


def _save(kind: SheetKind, sheet: TypedSheet, attempt: Attempt) -> None:
    if not sheet.rows:
        return
    before = _rows_today(kind, sheet, attempt)
    whole = whole_rows(kind.row_class, sheet, before)
    attempt.faults.extend(whole.faults)
    attempt.notes.extend(whole.notes)
    attempt.left_out.update({(sheet.name, n): name for n, name in whole.left_out.items()})
    numbered = list(zip(whole.numbers, whole.rows, strict=True))
    parts = in_parts(kind, numbered) if attempt.in_parts else [numbered]
    found = [_save_part(kind, sheet, part, attempt) for part in parts]
    done = [each for each in found if each is not None]
    if not done:
        return
    saved = sum((each for _, each in done), Saved())
    attempt.counts[kind.name] = saved
    if attempt.compares:
        after = kind.rows(site=attempt.site, by=attempt.by)
        kept = sorted((each for part, _ in done for each in part), key=_number)
        attempt.compared.append(Compared(sheet, kept, before, after, saved))


def _save_part(
    kind: SheetKind, sheet: TypedSheet, numbered: Numbered, attempt: Attempt
) -> tuple[Numbered, Saved] | None:
    """Without the rows that are refused; None where nothing could be saved."""
    for _ in range(MOST_TRIES):
        if not numbered:
            return None
        said = len(published_so_far())
        rows, numbers = [row for _, row in numbered], [number for number, _ in numbered]
        try:
            saved = kind.save(site=attempt.site, rows=rows, by=attempt.by)
        except RowsRefused as refused:
            bad = {p.row for p in refused.problems if p.row is not None}
            for problem in refused.problems:
                _tell(problem, sheet, numbers, rows, attempt)
            for index in bad:
                attempt.excused.update(str(part) for part in sheet.key_of(rows[index]) if part)
            if not bad:
                break
            _leave_out(sheet, [numbered[i] for i in bad], attempt)
            numbered = [each for index, each in enumerate(numbered) if index not in bad]
        except NotPermitted:
            raise
        except Refusal as refused:
            attempt.faults.append(Fault(sheet.name, None, "", "", "was refused", str(refused)))
            break
        else:
            if attempt.in_parts:
                expected = attempt.rehearsal.expected(saved, published_so_far()[said:])
                attempt.parts.append(PartTried(kind.name, numbered, expected))
            return numbered, saved
    _leave_out(sheet, numbered, attempt)
    return None


def _number(numbered: tuple[int, Any]) -> int:
    return numbered[0]


def _rows_today(kind: SheetKind, sheet: TypedSheet, attempt: Attempt) -> Sequence[Any]:
    """What the plant says itself: asked where columns are absent, or to compare."""
    fields = {f.name for f in dataclasses.fields(kind.row_class)}
    is_part = any(row.was is not None for row in sheet.rows)
    is_short = any(not fields <= row.given.keys() for row in sheet.rows)
    if attempt.compares or is_part or is_short:
        return kind.rows(site=attempt.site, by=attempt.by)
    return ()


def _leave_out(sheet: TypedSheet, numbered: Iterable[tuple[int, Any]], attempt: Attempt) -> None:
    attempt.left_out.update({(sheet.name, n): named(sheet, row) for n, row in numbered})


def _tell(
    problem: Problem,
    sheet: TypedSheet,
    numbers: Sequence[int],
    rows: Sequence[Any],
    attempt: Attempt,
) -> None:
    """A room's problem at the place where its owner finds it in the file."""
    unknown = UNKNOWN.fullmatch(problem.rule)
    missing = unknown["code"] if unknown else problem.value
    if problem.rule.startswith(FOLLOWS) and missing in attempt.excused:
        row = None if problem.row is None else numbers[problem.row]
        attempt.follows.append(
            Fault(
                sheet.name,
                row,
                sheet.headers.get(problem.field, problem.field),
                problem.value,
                problem.rule,
                f"{missing} stands in a row that is refused itself: put that one right.",
            )
        )
        return
    remedy = problem.remedy
    if unknown:
        remedy = f"{remedy} {_where_defined(unknown['what'], unknown['code'], attempt)}".strip()

    def in_file(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        return f"row {numbers[index] if index < len(numbers) else match[1]}"

    attempt.faults.append(
        Fault(
            sheet.name,
            None if problem.row is None else numbers[problem.row],
            sheet.headers.get(problem.field, problem.field),
            problem.value,
            ROW_WORD.sub(in_file, problem.rule),
            ROW_WORD.sub(in_file, remedy),
        )
    )


def _where_defined(what: str, code: str, attempt: Attempt) -> str:
    noun = SAME_NOUN.get(what, what)
    kind = next((each for each in SHEETS if each.defines == noun), None)
    if kind is None:
        return ""
    codes = attempt.codes.get(kind.name)
    if codes is None:
        return f"Sheet {kind.name} would define it, and this file has none."
    asked = codes if len(attempt.faults) < MOST_HINTS else ()  # each hint reads all codes
    near = difflib.get_close_matches(code, asked, 1, cutoff=0.7)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"Sheet {kind.name} would define it.{hint}"


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, by sheet as saved, row and column."""
    return sorted(set(faults), key=_place)


def _place(fault: Fault) -> tuple[int, int, str]:
    order = [kind.name for kind in SHEETS]
    sheet = order.index(fault.sheet) if fault.sheet in order else -1
    return (sheet, fault.row or 0, fault.column)
