"""Checks that rooms above add to an action: read-only, set-based, returning refusals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from obeya.plant.log.actor import Actor
from obeya.plant.log.events import event
from obeya.plant.log.models import GuardOverride
from obeya.plant.log.publishing import OpenAction, open_action, publish
from obeya.plant.log.refusal import NotPermitted, Problem, Refusal

F = TypeVar("F", bound=Callable[..., Iterable[Refusal]])
_may_override: dict[Any, str] = {}


class Named(Protocol):
    name: str


@event("log.guard_overridden", view="log.view_events")
@dataclass(frozen=True)
class GuardOverridden:
    """Someone with the right set a rule aside; the reason stands beside the event."""

    action: str
    guard: str


class GuardsRefused(Refusal):
    """More than one guard said no."""


def overridable(permission: str) -> Callable[[F], F]:
    """This guard may be set aside, with a reason, by whoever holds the permission."""

    def declare(guard: F) -> F:
        _may_override[guard] = permission
        return guard

    return declare


def check(
    action: Named,
    guards: Sequence[Callable[..., Iterable[Refusal]]],
    *,
    overrides: Mapping[str, str],
    by: Actor,
    wish: Mapping[str, Any],
) -> None:
    refusals: list[Refusal] = []
    for guard in guards:
        found = list(guard(by=by, **wish))
        if found and guard.__name__ in overrides:
            _override(action, guard, overrides[guard.__name__], by, wish.get("site"))
        else:
            refusals += found
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        problems = [p for r in refusals for p in r.problems or (Problem(str(r), ""),)]
        raise GuardsRefused(" ".join(str(r) for r in refusals), problems=problems)


def _override(action: Named, guard: Callable[..., Any], reason: str, by: Actor, site: Any) -> None:
    permission = _may_override.get(guard)
    if permission is None:
        raise NotPermitted(f"The rule {guard.__name__} cannot be overridden by anybody.")
    by.must(permission, site=site)
    if not reason.strip():
        raise Refusal(f"Overriding {guard.__name__} needs a reason. Say why in a few words.")
    publish(GuardOverridden(action.name, guard.__name__), site=site)
    running = cast("OpenAction", open_action.get())
    running.published[-1].overrides = [
        GuardOverride(action=action.name, guard=guard.__name__, reason=reason.strip())
    ]
