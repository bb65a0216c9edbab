"""@action: one use-case, all or nothing, for one actor, with at least one event."""

import inspect
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.db import OperationalError, connection, transaction

from obeya.plant.log import answers, guards, keys, rooms
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.publishing import OpenAction, open_action
from obeya.plant.log.recording import record
from obeya.plant.log.refusal import Refusal

P = ParamSpec("P")
R = TypeVar("R")

MOST_TRIES = 3
_RETRIED = {"40P01", "40001"}  # deadlock, serialisation failure
_LOCK_TIMEOUT = "55P03"
DOOR_ARGUMENTS = ("key", "asked", "source", "cause", "overrides")

#: set by the worker around a reaction, so that its actions name their cause by themselves
reacting_to: ContextVar[OperationsEvent | None] = ContextVar("reacting_to", default=None)

_actions: dict[str, "Action[Any]"] = {}


class PublishedNothing(RuntimeError):
    """An action ended without an event: every change of the plant is told."""


class Busy(Refusal):
    """Others kept the same rows locked for too long."""

    http_status = 503


class Action(Generic[R]):
    """The decorated function: callable as before, plus key, source, cause and overrides.

    Under a ``key`` the same wish has one effect and one answer. ``asked`` is the hash of the wish
    as it came, for a door that has worked it over before the call (`answered` asks with it).
    """

    def __init__(self, function: Callable[..., R], permission: str, in_branch: bool) -> None:
        update_wrapper(self, function)
        parameters = inspect.signature(function).parameters
        wrong = [p.name for p in parameters.values() if p.kind is not p.KEYWORD_ONLY]
        if wrong or "by" not in parameters or set(DOOR_ARGUMENTS) & set(parameters):
            raise TypeError(
                f"{function.__qualname__}: an action takes keywords only, among them `by`,"
                f" and none of {', '.join(DOOR_ARGUMENTS)}."
            )
        self.function = function
        self.permission = permission
        self.in_branch = in_branch
        self.name = f"{_room(function.__module__)}.{function.__name__}"
        self.takes_site = "site" in parameters
        _actions[self.name] = self

    def __call__(
        self,
        *,
        by: Actor,
        key: str | None = None,
        asked: str | None = None,
        source: str | None = None,
        cause: int | None = None,
        overrides: Mapping[str, str] | None = None,
        **wish: Any,
    ) -> R:
        self.ask(by, wish.get("site") if self.takes_site else None)
        if (outer := open_action.get()) is not None:
            return self._joined(outer, by, overrides or {}, wish)
        opened = _opened(by, source, cause)
        tries = 1 if connection.in_atomic_block else MOST_TRIES
        for attempt in range(1, tries + 1):
            try:
                return self._whole(opened(), key, asked, overrides or {}, wish)
            except OperationalError as error:
                if not _is_contention(error):
                    raise
                if attempt == tries or _has_waited(error):
                    raise Busy(
                        "Somebody else is changing the same rows. Nothing was changed;"
                        " try again in a moment."
                    ) from error
                time.sleep(0.01 * attempt)
        raise AssertionError("unreachable")

    def ask(self, by: Actor, site: Any) -> None:
        """Refuse whoever may not do this there."""
        if self.in_branch and site is not None:
            by.must_within(self.permission, site)
        else:
            by.must(self.permission, site=site)

    def answered(self, *, by: Actor, key: str, asked: str) -> keys.Answered | None:
        """What this actor was answered under the key before; other content is refused."""
        return keys.answered(actor_id=by.account_id, action=self.name, key=key, request_hash=asked)

    def _whole(
        self,
        opened: OpenAction,
        key: str | None,
        asked: str | None,
        overrides: Mapping[str, str],
        wish: Any,
    ) -> R:
        with transaction.atomic(durable=True):
            claimed: keys.Claim | None = None
            if key is not None:
                found = keys.claim(
                    actor_id=opened.by.account_id,
                    action=self.name,
                    key=key,
                    request_hash=asked or answers.request_hash(wish),
                )
                if isinstance(found, keys.Answered):
                    return cast("R", found.answer)
                claimed = found
            token = open_action.set(opened)
            try:
                result = self._run(opened, opened.by, overrides, wish)
            finally:
                open_action.reset(token)
            record(opened, has_written=claimed is not None)
            if claimed is not None:
                claimed.store(result)
            return result

    def _joined(self, outer: OpenAction, by: Actor, overrides: Mapping[str, str], wish: Any) -> R:
        """Inside another action: its transaction, its events; a refusal that it catches undoes
        this part alone."""
        before = len(outer.published)
        try:
            with transaction.atomic():
                return self._run(outer, by, overrides, wish)
        except BaseException:
            del outer.published[before:]
            raise

    def _run(
        self, opened: OpenAction, by: Actor, overrides: Mapping[str, str], wish: Mapping[str, Any]
    ) -> R:
        guards.check(self, rooms.guards_of(self), overrides=overrides, by=by, wish=wish)
        before = len(opened.published)
        result = self.function(by=by, **wish)
        if len(opened.published) == before:
            raise PublishedNothing(
                f"{self.name} published nothing. Publish what it did, or refuse with the reason."
            )
        return result


def action(*, permission: str, in_branch: bool = False) -> Callable[[Callable[..., R]], Action[R]]:
    """A verb of its room. With ``in_branch`` whoever holds the permission for a branch of the
    site's equipment is let in, and the verb itself asks for each row (`Actor.branches`).
    """

    def decorate(function: Callable[..., R]) -> Action[R]:
        return Action(function, permission, in_branch)

    return decorate


def actions() -> Mapping[str, Action[Any]]:
    """Every declared action by its name, room.verb."""
    return dict(_actions)


def _opened(by: Actor, source: str | None, cause: int | None) -> Callable[[], OpenAction]:
    reacting = reacting_to.get()
    if cause is None and reacting is not None:
        cause_id, depth = reacting.pk, reacting.depth + 1
    elif cause is not None:
        parent = OperationsEvent.objects.values_list("depth", flat=True).get(pk=cause)
        cause_id, depth = cause, parent + 1
    else:
        cause_id, depth = None, 0
    door = source or ("reaction" if reacting is not None else "page")
    return lambda: OpenAction(by, door, cause_id, depth)


def _is_contention(error: OperationalError) -> bool:
    """The same wish may succeed a moment later."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _RETRIED or _has_waited(error)


def _has_waited(error: OperationalError) -> bool:
    """The database has waited for its whole patience already: more tries would only pile up."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state == _LOCK_TIMEOUT or "database is locked" in str(error)


def _room(module: str) -> str:
    """obeya.modules.maintenance.actions → maintenance."""
    parts = module.split(".")
    for layer in ("modules", "plant"):
        if layer in parts[:-1]:
            return parts[parts.index(layer) + 1]
    return parts[-2] if len(parts) > 1 else parts[0]
