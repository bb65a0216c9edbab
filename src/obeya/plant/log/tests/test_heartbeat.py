"""A lease is kept alive beside slow work."""

import threading

from django.db import OperationalError

from obeya.plant.log.heartbeat import beating


def test_a_database_that_is_busy_once_costs_one_beat_only():
    beats = []
    thrice = threading.Event()

    def beat(subject):
        beats.append(subject)
        if len(beats) == 1:
            raise OperationalError("database is locked")
        if len(beats) == 3:
            thrice.set()

    with beating(beat, "run 7", every_s=0.01):
        assert thrice.wait(20)

    assert set(beats) == {"run 7"}
