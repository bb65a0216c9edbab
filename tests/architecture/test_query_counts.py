"""A verb on a thousand rows asks the database as often as on one.

Each package says in `tests/samples.py` how to call its verbs with n rows:
`SAMPLES = {"engineering.save_materials": lambda n, site: {"rows": [...]}}`. The function may make
what the rows refer to. `by`, and `site` where the verb takes one, are added here.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Site
from obeya.testing import a_plant
from obeya.testing.tests.test_query_counts import ACTIONS, count

from .house import all_actions
from .tree import project_files

Sample = Callable[[int, Site], dict[str, Any]]
COLLECTIONS = ("Sequence", "Iterable", "Collection", "list[", "set[", "Set[", "tuple[")


def samples() -> dict[str, Sample]:
    found: dict[str, Sample] = {}
    for name in project_files():
        if name.startswith("src/") and name.endswith("/tests/samples.py"):
            module = name.removeprefix("src/").removesuffix(".py").replace("/", ".")
            found |= import_module(module).SAMPLES
    return found


def takes_rows(verb) -> bool:
    parameters = inspect.signature(verb.function).parameters.values()
    return any(str(each.annotation).find(word) >= 0 for each in parameters for word in COLLECTIONS)


SAMPLES = samples()
VERBS = {each.name: each for each in all_actions() if takes_rows(each)}


def count_queries(verb, sample: Sample, rows: int, site: Site) -> int:
    wish = sample(rows, site) | ({"site": site} if verb.takes_site else {})
    by = system_actor()
    with CaptureQueriesContext(connection) as asked:
        verb(by=by, **wish)
    return count([query["sql"] for query in asked])


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(VERBS) & set(SAMPLES)))
def test_a_thousand_rows_cost_no_more_queries_than_one(name):
    site = a_plant().site
    verb, sample = VERBS[name], SAMPLES[name]
    count_queries(verb, sample, 2, site)  # what is looked up once per process

    one = count_queries(verb, sample, 1, site)
    thousand = count_queries(verb, sample, 1_000, site)

    assert thousand <= one  # fewer where PostgreSQL copies in bulk


def test_every_verb_on_rows_has_a_sample():
    counted_beside_the_builders = {each.name for each in ACTIONS}

    missing = set(VERBS) - set(SAMPLES) - counted_beside_the_builders
    assert missing == set(), "Say in tests/samples.py of its package how to call it with n rows."


def test_samples_are_of_verbs_that_exist():
    assert set(SAMPLES) - set(VERBS) == set()
