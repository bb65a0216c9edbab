"""Two people accept the same call-off at the same moment: one does, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from obeya.modules.calloffs.actions import accept_release
from obeya.modules.calloffs.models import CallOffRelease, ScheduleAgreement
from obeya.modules.calloffs.refusals import AcceptedAlready
from obeya.modules.calloffs.tests import sending as s
from obeya.plant.log.models import OperationsEvent

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(hands, work):
    """Each hand has a connection of its own; they begin together."""
    together = Barrier(hands)

    def one(number):
        try:
            together.wait(timeout=60)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(one, range(hands)))


def test_of_two_at_one_call_off_one_accepts_it_and_the_other_is_refused_in_words(plant):
    release = s.receive(plant, s.delfor(s.part("4711-A", 500, 400, 900)))

    def accepting(_):
        own = CallOffRelease.objects.get(pk=release.pk)
        assert own.accepted_at is None
        try:
            accept_release(site=plant.site, release=own, by=plant.by)
        except AcceptedAlready as refusal:
            return str(refusal)
        return "accepted"

    answers = at_once(2, accepting)

    assert sorted(answers) == [
        "Call-off CO-1 was accepted or left meanwhile. Look at the list again.",
        "accepted",
    ]
    assert OperationsEvent.objects.filter(kind="calloffs.release_accepted").count() == 1
    assert s.demands(plant) == [
        ("12-01", 500, "call_off", "open"),
        ("12-08", 400, "call_off", "open"),
        ("01-05", 900, "forecast", "open"),
    ]


def test_two_call_offs_of_one_new_part_make_one_agreement(plant):
    """Both would make it; the newer of them holds, whichever came first."""
    older = s.receive(plant, s.delfor(s.part("P-001", 1, 2, 3), document="CO-1"))
    newer = s.receive(plant, s.delfor(s.part("P-001", 4, 5, 6), document="CO-2", issued="20261124"))

    def accepting(number):
        release = CallOffRelease.objects.get(pk=(older, newer)[number].pk)
        try:
            accept_release(site=plant.site, release=release, by=plant.by)
        except Exception as refusal:
            return type(refusal).__name__
        return "accepted"

    answers = at_once(2, accepting)

    assert answers[1] == "accepted"
    assert answers[0] in ("accepted", "OlderRelease")
    [agreement] = ScheduleAgreement.objects.filter(material__code="P-001")
    assert agreement.document == "CO-2"
    assert [each[1] for each in s.demands(plant, agreement.code) if each[3] == "open"] == [4, 5, 6]
