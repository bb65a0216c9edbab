"""Upsert by natural key, set-wise: the number of queries does not depend on that of rows."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from django.db import IntegrityError, connections, models

from obeya.plant.log.bulk import insert_many
from obeya.plant.log.checking import MOST_IN_A_QUERY
from obeya.plant.log.publishing import HIDDEN, Change
from obeya.plant.log.refusal import Stale

M = TypeVar("M", bound=models.Model)
State = Literal["new", "changed", "unchanged"]
Values = Mapping[str, Any]  # attribute name (unit_id, not unit) → value


@dataclass(frozen=True)
class Saved:
    """What a save action did, counted in the noun that it saves: calendars, not their shifts."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Saved") -> "Saved":
        return Saved(
            self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged
        )

    def __str__(self) -> str:
        return f"{self.new} new, {self.changed} changed, {self.unchanged} as before"


@dataclass
class Upserted(Generic[M]):
    """One entry per wanted row, in its order; ``changes`` are for publish()."""

    objects: list[M] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def ids(self, state: State) -> list[int]:
        pairs = zip(self.objects, self.states, strict=True)
        return list(dict.fromkeys(each.pk for each, is_in in pairs if is_in == state))

    def touched(self, attribute: str) -> set[int]:
        """Of new and changed rows, what ``attribute`` refers to: the nouns that differ by them."""
        pairs = zip(self.objects, self.states, strict=True)
        return {getattr(each, attribute) for each, is_in in pairs if is_in != "unchanged"}

    def saved(self, touched: Iterable[int] = ()) -> Saved:
        """``touched`` are ids of these nouns of which a part differs."""
        new, changed = self.told(touched)
        return Saved(len(new), len(changed), len({o.pk for o in self.objects}) - len(new + changed))

    def told(self, touched: Iterable[int] = ()) -> tuple[list[int], list[int]]:
        """Ids of the new, and of those changed in themselves or in a part: for the event."""
        new = self.ids("new")
        return new, sorted({*self.ids("changed"), *touched} - set(new))


def upsert(
    existing: models.QuerySet[M],
    wanted: Sequence[Values],
    *,
    key: Sequence[str],
    link: Callable[[dict[Any, M]], Mapping[Any, Values]] | None = None,
    personal: Iterable[str] = (),
    insert: Callable[[list[M]], object] | None = None,
) -> Upserted[M]:
    """Make what is new, change what differs, leave the rest alone.

    ``existing`` are the rows among which ``key`` is unique (those of the site). ``link`` is
    called when all rows have their ids, with all objects by key, and answers further values by
    key: references of the rows to each other. ``insert`` writes new rows in the place of a plain
    insert (a state machine opens them). Values of ``personal`` fields stay out of the log.
    Three statements at most: one reads, one inserts, one updates.
    """
    model = existing.model
    first = {values[key[0]] for values in wanted}
    if len(first) <= MOST_IN_A_QUERY:
        existing = existing.filter(**{f"{key[0]}__in": first})
    by_key: dict[Hashable, M] = {
        _key(vars(each), key): each for each in existing.order_by("pk").select_for_update()
    }
    old = {each.pk: dict(vars(each)) for each in by_key.values()}
    keys = [_key(values, key) for values in wanted]
    added = {}
    for named, values in zip(keys, wanted, strict=True):
        if named in by_key:
            _assign(by_key[named], values)
        else:
            added[named] = by_key[named] = model(**values)
    _insert(list(added.values()), insert)
    linked = link(by_key) if link else {}
    for named, values in linked.items():
        _assign(by_key[named], values)

    fresh = {each.pk for each in added.values()}
    names = {f.attname: f.name for f in model._meta.concrete_fields if not f.primary_key}
    hidden = set(personal)
    result = Upserted[M]()
    to_write: list[M] = []
    written_fields: set[str] = set()
    for each in by_key.values():
        if each.pk in fresh:
            result.changes.append(_change(each, {}, names, hidden))
            continue
        now, before = vars(each), old[each.pk]
        differing = {a: name for a, name in names.items() if now[a] != before[a]}
        if differing:
            result.changes.append(_change(each, before, differing, hidden))
            to_write.append(each)
            written_fields.update(differing)
    relinked = [by_key[named] for named in linked if named in added]
    link_fields = {a for named in linked for a in linked[named]}
    update_many([*to_write, *relinked], sorted(written_fields | link_fields))

    touched = {each.pk for each in to_write}
    for named in keys:
        each = by_key[named]
        result.objects.append(each)
        result.states.append(
            "new" if each.pk in fresh else "changed" if each.pk in touched else "unchanged"
        )
    return result


def update_many(objects: Sequence[models.Model], attributes: Sequence[str]) -> None:
    """Write ``attributes`` (attribute names) of all objects: one statement, executed many times.

    Django's bulk_update sends a CASE per batch, so that its queries grow with the rows.
    """
    if not objects or not attributes:
        return
    model = type(objects[0])
    database = objects[0]._state.db or "default"
    connection = connections[database]
    fields = [_field(model, attribute) for attribute in attributes]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(f.column))} = %s" for f in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {_id(model, quote)} = %s"  # noqa: S608
    values = [
        [
            *(f.get_db_prep_save(getattr(each, f.attname), connection) for f in fields),
            each.pk,
        ]
        for each in sorted(objects, key=lambda each: int(each.pk))  # one order: no deadlock
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def delete_many(objects: Sequence[models.Model]) -> list[Change]:
    """Delete rows that nothing refers to, in one statement; answers what publish() wants."""
    if not objects:
        return []
    model, connection = type(objects[0]), connections[objects[0]._state.db or "default"]
    quote = connection.ops.quote_name
    statement = f"DELETE FROM {quote(model._meta.db_table)} WHERE {_id(model, quote)}"  # noqa: S608
    ids = sorted(each.pk for each in objects)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which takes a while for each statement
            cursor.execute(f"{statement} = ANY(%s)", [ids])
        else:
            cursor.executemany(f"{statement} = %s", [[each] for each in ids])
    kept = [f for f in model._meta.concrete_fields if not f.primary_key]
    return [
        Change(model._meta.label, each.pk, {f.name: [getattr(each, f.attname), None] for f in kept})
        for each in objects
    ]


def _id(model: type[models.Model], quote: Callable[[str], str]) -> str:
    return quote(next(str(f.column) for f in model._meta.concrete_fields if f.primary_key))


def _field(model: type[models.Model], attribute: str) -> "models.Field[Any, Any]":
    return next(f for f in model._meta.concrete_fields if f.attname == attribute)


def _key(values: Mapping[str, Any], key: Sequence[str]) -> Hashable:
    return values[key[0]] if len(key) == 1 else tuple(values[part] for part in key)


def _assign(row: models.Model, values: Values) -> None:
    for attribute, value in values.items():
        setattr(row, attribute, value)


def _insert(objects: list[M], insert: Callable[[list[M]], object] | None) -> None:
    if not objects:
        return
    try:
        if insert is None:
            insert_many(objects, ids=True)
        else:
            insert(objects)
    except IntegrityError as error:
        raise Stale("Somebody else saved the same code just now. Look again and repeat.") from error


def _change(
    row: models.Model, before: Values, names: Mapping[str, str], hidden: set[str]
) -> Change:
    fields = {
        name: [HIDDEN] * 2 if name in hidden else [before.get(attribute), getattr(row, attribute)]
        for attribute, name in names.items()
    }
    return Change(row._meta.label, row.pk, fields)
