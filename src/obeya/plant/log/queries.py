"""@query: a read that names its view permission, checked at its site."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from obeya.plant.log.actor import Actor

R = TypeVar("R")
_queries: dict[str, Callable[..., Any]] = {}


def query(
    *, permission: str, in_branch: bool = False
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """The function takes the keyword `by`; `site`, when among its arguments, is where it counts.

    With ``in_branch`` a permission for a branch of the site's equipment is enough to be let in,
    and the query itself shows no more than that (`Actor.branches`).
    """

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        @wraps(function)
        def checked(*args: Any, by: Actor, **kwargs: Any) -> R:
            site = kwargs.get("site")
            if in_branch and site is not None:
                by.must_within(permission, site)
            else:
                by.must(permission, site=site)
            return function(*args, by=by, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        _queries[f"{function.__module__}.{function.__name__}"] = checked
        return checked

    return decorate


def queries() -> Mapping[str, Callable[..., Any]]:
    return dict(_queries)
