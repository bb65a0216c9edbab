"""Each verb and query × shipped role × own and foreign site.

A verb checks the permission before anything else: whoever may, gets as far as the missing
arguments (TypeError); whoever may not, gets NotPermitted. Doors are added as rooms bring them.
"""

import inspect
from types import SimpleNamespace

import pytest

from obeya.plant.log.access.actions.roles import shipped_permissions
from obeya.plant.log.actor import Actor, Scope
from obeya.plant.log.refusal import NotPermitted
from obeya.plant.log.rooms import permissions, rooms, subjects

from .house import all_actions, all_queries

KES, LEO = SimpleNamespace(pk=1, __str__=lambda: "KES"), SimpleNamespace(pk=2)
ONLY_THE_HOUSE = {"log.end_run", "log.renew_shipped_roles"}  # no role can hold these
ACTIONS = {each.name: each for each in all_actions()}
QUERIES = dict(all_queries())


def roles() -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for role, code in shipped_permissions():
        held.setdefault(role, set()).add(code)
    return held


ROLES = roles()


def holder(role: str) -> Actor:
    """Somebody who holds the role at KES alone."""
    grants = {code: frozenset({Scope(KES.pk)}) for code in ROLES[role]}
    return Actor(0, f"a {role}", grants=grants)


def is_let_in(verb, permission: str, actor: Actor, site) -> bool:
    takes_site = "site" in inspect.signature(getattr(verb, "function", verb)).parameters
    wish = {"site": site} if takes_site else {}
    try:
        verb(by=actor, **wish)
    except NotPermitted:
        return False
    except Exception:
        return True
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_a_verb_lets_in_whoever_holds_its_permission_at_its_site(name):
    verb = ACTIONS[name]

    for role in ROLES:
        assert is_let_in(verb, verb.permission, holder(role), KES) is (
            verb.permission in ROLES[role]
        ), f"{name} at the own site as {role}"
        if verb.takes_site:
            assert not is_let_in(verb, verb.permission, holder(role), LEO), (
                f"{name} at a foreign site as {role}"
            )


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_answers_whoever_holds_its_permission_at_its_site(name):
    query = QUERIES[name]
    takes_site = "site" in inspect.signature(query).parameters

    for role in ROLES:
        assert is_let_in(query, query.permission, holder(role), KES) is (
            query.permission in ROLES[role]
        ), f"{name} at the own site as {role}"
        if takes_site:
            assert not is_let_in(query, query.permission, holder(role), LEO), (
                f"{name} at a foreign site as {role}"
            )


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_the_permission_of_a_verb_is_declared_by_its_room(name):
    assert ACTIONS[name].permission in permissions() or name in ONLY_THE_HOUSE


def test_nobody_is_granted_what_no_room_declares():
    granted = {code for codes in ROLES.values() for code in codes}

    assert granted - set(permissions()) == set()


def test_what_a_room_asks_for_is_declared_by_some_room():
    """A permission that nobody declares is one that nobody can ever hold."""
    asked = {
        **{f"menu {each.title}": each.permission for room in rooms() for each in room.menu},
        **{f"topic {each.name}": each.view for room in rooms() for each in room.topics},
        **{f"see {model}": each.view for model, each in subjects().items()},
        **{f"add to {model}": each.change for model, each in subjects().items()},
    }
    assert {what: code for what, code in asked.items() if code not in permissions()} == {}
