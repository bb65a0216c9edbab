"""What a room offers through the REST door: its verbs on rows, and its lists."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from obeya.plant.log.actions import Action
from obeya.plant.log.actor import Actor
from obeya.plant.log.answers import request_hash
from obeya.plant.log.api.shapes import parse_rows
from obeya.plant.log.canonical import plain
from obeya.plant.log.refusal import Problem, Refusal, RowsRefused
from obeya.ui.lists.state import ALL, WORDS, State

Scope = Literal["enterprise", "site"]
MOST_ROWS = 50_000
HALF_A_LETTER = re.compile(r"\\u[dD][89a-fA-F]")
MOST_LISTED = 1_000


class NotJson(Refusal):
    """The body is not what the address expects."""

    http_status = 400


class NoSuchThing(Refusal):
    """There is nothing under this name."""

    http_status = 404


@dataclass(frozen=True)
class RowsEndpoint:
    """POST {"rows": [...]}: one action on typed rows."""

    name: str
    action: Action[Any]
    row: type
    scope: Scope = "site"
    argument: str = "rows"  # the action's keyword that takes the rows
    prepare: Callable[..., Mapping[str, Any]] | None = None
    """(rows, site=) → the action's keywords, where it takes more than typed rows. It may look at
    the plant and refuse; under an idempotency key it is asked only what was not done yet."""


@dataclass(frozen=True)
class ListEndpoint:
    """GET a page of a query, by keyset; GET one row by its natural key.

    ``query(*, by, [site])`` answers a QuerySet; ``fields`` are names of values(), JSON key → name.
    """

    name: str
    query: Any
    fields: Mapping[str, str] | Sequence[str]
    scope: Scope = "site"
    key: str = "code"
    state: State | None = None  # then ?state=open, done or all narrows the list

    @property
    def columns(self) -> dict[str, str]:
        if isinstance(self.fields, Mapping):
            return dict(self.fields)
        return {name: name for name in self.fields}


@dataclass(frozen=True)
class QuestionEndpoint:
    """GET an answer that is worked out when it is asked for: nothing is written.

    ``answer(row, *, by, [site])`` answers plain JSON; the row is read from the query string, its
    permission is that of ``query``.
    """

    name: str
    query: Any
    row: type
    answer: Callable[..., Any]
    scope: Scope = "site"


_rows: dict[tuple[Scope, str], RowsEndpoint] = {}
_questions: dict[tuple[Scope, str], QuestionEndpoint] = {}
_lists: dict[tuple[Scope, str], ListEndpoint] = {}


def offer(endpoints: Iterable[RowsEndpoint | ListEndpoint | QuestionEndpoint]) -> None:
    """Called for each room's api.py when the house opens."""
    for each in endpoints:
        table: dict[Any, Any] = _lists
        if isinstance(each, RowsEndpoint):
            table = _rows
        elif isinstance(each, QuestionEndpoint):
            table = _questions
        table[each.scope, each.name] = each


def rows_endpoints() -> tuple[RowsEndpoint, ...]:
    return tuple(_rows.values())


def list_endpoints() -> tuple[ListEndpoint, ...]:
    return tuple(_lists.values())


def question_endpoints() -> tuple[QuestionEndpoint, ...]:
    return tuple(_questions.values())


def question_endpoint(name: str, scope: Scope) -> QuestionEndpoint | None:
    return _questions.get((scope, name))


def rows_endpoint(name: str, scope: Scope) -> RowsEndpoint | None:
    return _rows.get((scope, name))


def list_endpoint(name: str, scope: Scope) -> ListEndpoint | None:
    return _lists.get((scope, name))


def endpoint_of_action(name: str) -> RowsEndpoint:
    """By the action's name, engineering.save_materials, or by the endpoint's, materials."""
    for each in _rows.values():
        if name in (each.action.name, each.name):
            return each
    known = ", ".join(sorted(each.action.name for each in _rows.values()))
    raise NoSuchThing(_("No action %(name)s takes rows. Known are: %(known)s.") % locals())


def site_with_code(code: str) -> Any:
    site = apps.get_model("resources", "Site").objects.filter(code=code).first()
    if site is None:
        raise NoSuchThing(_("There is no site %s.") % code)
    return site


def read_json(body: bytes | str) -> Any:
    """Numbers become Decimals; NaN and doubled keys are refused."""
    try:
        text = body.decode() if isinstance(body, bytes) else body
        if HALF_A_LETTER.search(text):  # else the pairs of an escaped letter are not looked for
            json.dumps(json.loads(text), ensure_ascii=False).encode()
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_no_doubles
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise NotJson(_("The body is no JSON: %s") % error) from None


def perform(
    endpoint: RowsEndpoint, asked: Any, *, by: Actor, site: Any, source: str, key: str | None = None
) -> Any:
    """The one way from JSON to an action, for the REST door and the command line alike."""
    endpoint.action.ask(by, site)  # before anything is said about the rows
    if not isinstance(asked, dict) or set(asked) != {"rows"}:
        raise NotJson(_('Send an object with "rows" and nothing else: {"rows": [{…}, …]}.'))
    if isinstance(asked["rows"], list) and len(asked["rows"]) > MOST_ROWS:
        remedy = _("Send at most %d at a time.") % MOST_ROWS
        raise RowsRefused([Problem(_("too many rows"), remedy, field="rows")])
    rows, problems = parse_rows(endpoint.row, asked["rows"])
    if problems:
        raise RowsRefused(problems)
    where = {"site": site} if endpoint.scope == "site" else {}
    wish = {endpoint.argument: rows, **where}
    if (prepare := endpoint.prepare) is None:
        return shown(endpoint.action(**wish, by=by, key=key, source=source))

    def prepared() -> Mapping[str, Any]:
        return {**prepare(rows, **where), **where}

    if key is None:
        return shown(endpoint.action(**prepared(), by=by, source=source))
    return shown(_once(endpoint.action, wish, prepared, by=by, source=source, key=key))


def _once(
    action: Action[Any],
    wish: Mapping[str, Any],
    prepared: Callable[[], Mapping[str, Any]],
    *,
    by: Actor,
    source: str,
    key: str,
) -> Any:
    """The key is asked before the plant is: what was done is not refused for having been done."""
    asked = request_hash(wish)
    if found := action.answered(by=by, key=key, asked=asked):
        return found.answer
    try:
        more = prepared()
    except Refusal:
        # the same wish, sent a second time, may have come true since the key was asked
        if found := action.answered(by=by, key=key, asked=asked):
            return found.answer
        raise
    return action(**more, by=by, key=key, asked=asked, source=source)


def answer(endpoint: QuestionEndpoint, asked: Mapping[str, Any], *, by: Actor, site: Any) -> Any:
    """What is asked, answered; the permission comes before anything is said about the question."""
    by.must(endpoint.query.permission, site=site)
    rows, problems = parse_rows(endpoint.row, [dict(asked)])
    if problems:
        raise RowsRefused(problems)
    where = {"site": site} if endpoint.scope == "site" else {}
    return endpoint.answer(rows[0], by=by, **where)


def page(
    endpoint: ListEndpoint,
    *,
    by: Actor,
    site: Any,
    after: int = 0,
    limit: int = 100,
    state: str = ALL,
) -> tuple[list[dict[str, Any]], int | None]:
    """Rows in the order of their ids, and after which id the next page begins."""
    if state not in (WORDS if endpoint.state else (ALL,)):
        raise NotJson(_no_state(endpoint))
    columns = endpoint.columns
    limit = max(1, min(limit, MOST_LISTED))
    found = _queryset(endpoint, by, site).filter(pk__gt=after).order_by("pk")
    if endpoint.state:
        found = endpoint.state.narrow(found, state)
    rows = list(found.values("pk", *columns.values())[: limit + 1])
    onward = rows[limit - 1]["pk"] if len(rows) > limit else None
    return [_shown_row(columns, row) for row in rows[:limit]], onward


def one(endpoint: ListEndpoint, key: str, *, by: Actor, site: Any) -> dict[str, Any]:
    columns = endpoint.columns
    rows = _queryset(endpoint, by, site)
    try:
        row = rows.filter(**{endpoint.key: key}).values(*columns.values()).first()
    except ValueError:  # the key is a number, and this is none
        row = None
    if row is None:
        raise NoSuchThing(_("There is no %(name)s %(key)s.") % {"name": endpoint.name, "key": key})
    return _shown_row(columns, row)


def shown(result: Any) -> Any:
    """An action's answer as JSON: rows by id, numbers exact."""
    if isinstance(result, Model):
        return {"id": result.pk, "name": str(result)}
    if isinstance(result, list | tuple):
        return [shown(each) for each in result]
    return plain(result)


def _no_state(endpoint: ListEndpoint) -> str:
    if endpoint.state is None:
        return _("The rows of %s are not open or done. Leave out state.") % endpoint.name
    return _("state must be one of: %s.") % ", ".join(WORDS)


def _queryset(endpoint: ListEndpoint, by: Actor, site: Any) -> "QuerySet[Any]":
    where = {"site": site} if endpoint.scope == "site" else {}
    found: QuerySet[Any] = endpoint.query(by=by, **where)
    return found


def _shown_row(columns: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(row[column]) for name, column in columns.items()}


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return found
