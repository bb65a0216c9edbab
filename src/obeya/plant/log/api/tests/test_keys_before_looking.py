"""A verb whose door looks the plant up first: the key is asked before, not after."""

import threading
from dataclasses import replace

import pytest

from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.api.endpoints import perform
from obeya.plant.log.models import ActionKey, OperationsEvent
from obeya.plant.log.refusal import KeyReused, NotPermitted, Refusal
from obeya.plant.log.tests.test_concurrency import at_once
from obeya.plant.resources.models import Reason

from .stamping import SEALS, AlreadySealed, look_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(someone, kes):
    return load_actor(someone("ann", "operator", site=kes))


@pytest.fixture
def stamps(db):
    return [Reason.objects.create(kind="stamp", code=code, name="clean") for code in "AB"]


@pytest.fixture
def seal(ann, kes):
    def send(code, *, key, endpoint=SEALS, by=ann):
        rows = {"rows": [{"code": code}]}
        return perform(endpoint, rows, by=by, site=kes, source="api", key=key)

    return send


def sealed():
    return set(Reason.objects.filter(kind="sealed").values_list("code", flat=True))


def events():
    return OperationsEvent.objects.filter(kind="stamping.stamped").count()


def test_a_repeat_gets_the_first_answer_although_the_plant_would_refuse_it_by_now(stamps, seal):
    first = seal("A", key="k1")

    assert seal("A", key="k1") == first == [{"id": stamps[0].pk, "name": str(stamps[0])}]
    assert (sealed(), events()) == ({"A"}, 1)
    for key in ("k2", None):
        with pytest.raises(AlreadySealed):
            seal("A", key=key)
    assert ActionKey.objects.get().key == "k1"


def test_other_content_under_a_used_key_is_refused_and_not_looked_up(stamps, seal):
    seal("A", key="k1")

    def nobody(rows, *, site):
        raise AssertionError("looked up")

    with pytest.raises(KeyReused, match="used before for other content"):
        seal("B", key="k1", endpoint=replace(SEALS, prepare=nobody))
    assert (sealed(), events()) == ({"A"}, 1)


@pytest.mark.parametrize("key", ["", "k" * 121, "k\n1"])
def test_what_is_no_key_is_refused_before_anything_is_looked_up(stamps, seal, key):
    with pytest.raises(KeyReused, match="Send 1 to 120 that can be printed"):
        seal("A", key=key)
    assert sealed() == set()


def test_a_refused_first_attempt_can_be_tried_again_under_its_key(stamps, seal):
    Reason.objects.filter(code="A").update(name="greasy")
    with pytest.raises(Refusal, match="Clean the stamp"):
        seal("A", key="k1")
    assert (sealed(), events(), ActionKey.objects.count()) == (set(), 0, 0)

    Reason.objects.filter(code="A").update(name="clean")
    seal("A", key="k1")

    assert (sealed(), events()) == ({"A"}, 1)


def test_what_came_true_between_the_key_and_the_looking_up_is_answered(stamps, seal):
    """The same wish twice: the second one asks the key a moment before the first is done."""

    def slow(rows, *, site):
        first.append(seal("A", key="k1"))
        return look_up(rows, site=site)

    first = []
    second = seal("A", key="k1", endpoint=replace(SEALS, prepare=slow))

    assert [second] == first
    assert (sealed(), events()) == ({"A"}, 1)


def test_another_ones_answer_is_not_given_away(stamps, seal, someone, kes, bru):
    seal("A", key="k1")

    with pytest.raises(AlreadySealed):
        seal("A", key="k1", by=load_actor(someone("cis", "operator", site=kes)))
    with pytest.raises(NotPermitted):
        seal("A", key="k1", by=load_actor(someone("bob", "operator", site=bru)))


@pytest.mark.django_db(transaction=True)
def test_four_at_once_have_one_effect_and_four_equal_answers(stamps, seal):
    """All have asked for the key and looked the plant up before the first of them acts."""
    gate = threading.Barrier(4, timeout=20)

    def together(rows, *, site):
        wish = look_up(rows, site=site)
        gate.wait()
        return wish

    answers = at_once(4, lambda _: seal("A", key="k1", endpoint=replace(SEALS, prepare=together)))

    assert answers == [[{"id": stamps[0].pk, "name": str(stamps[0])}]] * 4
    assert (sealed(), events(), ActionKey.objects.count()) == ({"A"}, 1, 1)
