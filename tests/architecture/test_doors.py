"""No door stands open by mistake: every address, every offered verb and list."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from obeya.plant.log import clock
from obeya.plant.log.access import actions
from obeya.plant.log.access.actions import NewAccount, NewToken
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.access.open_views import OPEN_VIEWS
from obeya.plant.log.access.tokens import fresh_token
from obeya.plant.log.actor import system_actor
from obeya.plant.log.api.endpoints import list_endpoints, question_endpoints, rows_endpoints
from obeya.plant.log.models import OperationsEvent, Role, RoleAssignment, RolePermission
from obeya.plant.log.rooms import permissions
from obeya.plant.resources.models import Site

SAMPLES = {"int": "1", "slug": "a", "str": "a", "path": "a", "uuid": "0" * 32}


def addresses(patterns=None, before="/", names=()):
    """(view name, address) of every URL pattern, with sample values."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = re.sub(
            r"<(?:(\w+):)?\w+>", lambda m: SAMPLES.get(m[1] or "str", "a"), str(each.pattern)
        )
        if isinstance(each, URLPattern):
            yield ":".join([*names, each.name or ""]), before + route
        else:
            inner = (*names, each.namespace) if each.namespace else names
            yield from addresses(each.url_patterns, before + route, inner)


ADDRESSES = sorted(addresses())


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), ADDRESSES, ids=lambda value: value)
def test_strangers_are_asked_who_they_are_at_every_address(name, address):
    client = Client()

    answers = [client.get(address), client.post(address), client.get(address, HTTP_HX_REQUEST="1")]

    for answer in answers:
        if name in OPEN_VIEWS:
            assert answer.status_code < 500
        elif answer.status_code == 302:
            assert answer.headers["Location"].startswith("/login/?next=")
        else:
            assert answer.status_code == 401


def test_the_list_of_open_views_names_only_views_that_exist():
    known = {name for name, _address in ADDRESSES}

    assert {each for each in OPEN_VIEWS - known if not each.startswith("gallery:")} == set()


@pytest.fixture
def ask(db):
    """ask(method, endpoint, site) as an account that may do everything, at KES alone."""
    kes, _leo = (Site.objects.create(code=code, name=code) for code in ("KES", "LEO"))
    [account] = actions.create_accounts(accounts=[NewAccount("ann")], by=system_actor())
    role = Role.objects.create(code="everything", name="everything")
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=each) for each in permissions()
    )
    RoleAssignment.objects.create(account=account, role=role, site=kes)
    fresh = fresh_token()
    end = clock.real_now() + timedelta(hours=1)
    new = NewToken.of(fresh, account=account, name="x", expires_at=end)
    actions.issue_tokens(tokens=[new], by=load_actor(account))

    def send(method, endpoint, site):
        place = f"s/{site}/" if endpoint.scope == "site" else ""
        address = f"/api/v1/{place}{endpoint.name}/"
        headers = {"Authorization": f"Bearer {fresh.text}"}
        if method == "GET":
            return Client().get(address, headers=headers)
        body = json.dumps({"rows": [{"no such field": 1}]})
        return Client().post(address, body, content_type="application/json", headers=headers)

    return send


def test_the_rest_door_offers_no_verb_at_a_foreign_site(ask):
    before = OperationsEvent.objects.count()

    for endpoint in rows_endpoints():
        if endpoint.scope == "site":
            assert ask("POST", endpoint, "LEO").status_code == 403, endpoint.name
        assert ask("POST", endpoint, "KES").status_code == 422, endpoint.name
    assert OperationsEvent.objects.count() == before


def test_the_rest_door_shows_no_list_of_a_foreign_site(ask):
    for endpoint in list_endpoints():
        if endpoint.scope == "site":
            assert ask("GET", endpoint, "LEO").status_code == 403, endpoint.name
        assert ask("GET", endpoint, "KES").status_code == 200, endpoint.name


def test_the_rest_door_answers_no_question_about_a_foreign_site(ask):
    for endpoint in question_endpoints():
        if endpoint.scope == "site":
            assert ask("GET", endpoint, "LEO").status_code == 403, endpoint.name
        assert ask("GET", endpoint, "KES").status_code == 422, endpoint.name
