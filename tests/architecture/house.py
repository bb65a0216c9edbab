"""The whole house, opened: every verb, query, event and list of every room."""

import pkgutil
from functools import cache
from importlib import import_module

import obeya.modules
import obeya.plant
from obeya.config.rooms import ROOMS, present
from obeya.plant.log import actions, queries
from obeya.ui.lists import registered_lists

QUIET = {"tests", "migrations", "management", "probe"}


@cache
def open_house() -> None:
    """Import everything, so that every registry is full."""
    for package in (obeya.plant, obeya.modules):
        _import_below(package.__path__, package.__name__)


def _import_below(path, prefix: str) -> None:
    for module in pkgutil.iter_modules(path):
        name = f"{prefix}.{module.name}"
        if module.name in QUIET:
            continue
        if prefix == "obeya.modules" and name not in present():
            continue  # a room that is still being built
        found = import_module(name)
        if module.ispkg:
            _import_below(found.__path__, name)


def _is_ours(module: str) -> bool:
    return ".tests." not in module


def all_actions():
    open_house()
    registered = actions.actions().values()
    return sorted((a for a in registered if _is_ours(a.__module__)), key=lambda each: each.name)


def all_queries():
    open_house()
    return sorted(
        ((name, each) for name, each in queries.queries().items() if _is_ours(each.__module__)),
        key=lambda pair: pair[0],
    )


def all_lists():
    open_house()
    return [each for each in registered_lists() if each.example]


__all__ = ["ROOMS", "all_actions", "all_lists", "all_queries", "open_house", "present"]
