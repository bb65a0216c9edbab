"""Machines that are down wait for a fitter; the oracle is the queue of a few repairmen."""

from dataclasses import replace
from datetime import UTC, datetime
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from obeya_demo_plant import crew
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.floor import Floor
from obeya_demo_plant.hours import ROUND_THE_CLOCK, Hours
from obeya_demo_plant.seen import Place, Sight
from obeya_demo_plant.state import State
from obeya_demo_plant.tests.hall import HOUR_S, a_floor, an_order, said
from obeya_demo_plant.truth import ANY_CENTER, Truth

BERLIN = ZoneInfo("Europe/Berlin")
UP_H, REPAIR_H = 4.0, 1.0


class Memoryless(Truth):
    """Lives and repairs are exponential, nothing else happens, and nobody fits in a second."""

    def center(self, code):
        losses = {"mtbf_h": UP_H, "mttr_h": REPAIR_H, "tool": 0.0, "wait": 0.0}
        return replace(ANY_CENTER, setup_min=dict.fromkeys(ANY_CENTER.setup_min, 0.0), **losses)

    def life_s(self, machine, center, mode, number):
        return self.chance.exponential(center.life_s(mode), machine, mode, number)

    def first_life_s(self, machine, center, mode, at):
        return self.chance.exponential(center.life_s(mode), machine, mode, "first")

    def needs_fitter(self, place, cause):
        return True

    def detection_s(self, place, center, number):
        return 0.0

    def repair_s(self, place, center, cause, number):
        return self.chance.exponential(REPAIR_H * HOUR_S, place, "repair", number)

    def missing_s(self, machine, day):
        return 0.0


def mean_wait_h(machines, fitters):
    """M/M/c with so many customers in all: the machine repairman (Palm 1947), in closed form.

    Of n machines down, min(n, c) are being repaired: p(n) = p(n-1) (N-n+1) λ / (min(n, c) μ). By
    Little the mean wait is those who wait over those who come.
    """
    weights = [1.0]
    for down in range(1, machines + 1):
        ratio = (machines - down + 1) / UP_H / (min(down, fitters) / REPAIR_H)
        weights.append(weights[-1] * ratio)
    p = [each / sum(weights) for each in weights]
    waiting = sum((down - fitters) * p[down] for down in range(fitters + 1, machines + 1))
    coming = sum((machines - down) / UP_H * p[down] for down in range(machines + 1))
    return waiting / coming


@pytest.mark.parametrize(("machines", "fitters"), [(3, 1), (8, 2), (8, 3)])
def test_down_time_is_repair_and_the_wait_of_the_repairman_queue(monkeypatch, machines, fitters):
    monkeypatch.setattr(crew, "FITTERS", dict.fromkeys(crew.SHIFTS, fitters))
    names = [f"M-{n}" for n in range(machines)]
    state = State(seed=1, began=0, now=0)
    sight = Sight([Place(name, "X", "DAY", 1, "") for name in names], {"DAY": ROUND_THE_CLOCK})
    floor = Floor(state, sight, Memoryless(Chance(1)))
    endless = {"quantity": 10**8, "run_s": 60.0}
    floor.adopt([an_order(f"MO-{n}/10", name, **endless) for n, name in enumerate(names)])

    floor.advance(30_000 // machines * 4 * HOUR_S)

    down = [_at(row) for row in said(floor, "downtimes")]
    up = [_at(row) for row in said(floor, "downtime-ends")]
    still = sum(each.phase in ("called", "repair") for each in state.machines.values())
    assert len(down) == len(up) + still
    spent_h = (sum(up) - sum(down) + still * state.now) / HOUR_S
    assert len(down) > 10_000
    expected = REPAIR_H + mean_wait_h(machines, fitters)
    assert spent_h / len(down) == pytest.approx(expected, rel=0.04)


def _at(row):
    return datetime.fromisoformat(row["at"]).timestamp()


def called(floor, *codes, since=0):
    for code in codes:
        machine = floor.state.machines[code]
        machine.phase, machine.called, machine.left_s = "called", since, 3.0 * HOUR_S


def phases(floor):
    return {code: each.phase for code, each in floor.state.machines.items()}


def test_the_only_fitter_of_the_night_goes_to_the_machine_that_is_furthest_behind():
    night = int(datetime(2026, 11, 23, 22, tzinfo=UTC).timestamp())
    machines = {"TURN-1": "TURN", "TURN-2": "TURN", "TURN-3": "TURN"}
    orders = [
        an_order("MO-1/10", "TURN-1", planned=night - HOUR_S),
        an_order("MO-2/10", "TURN-2", planned=night - 5 * HOUR_S),
        an_order("MO-3/10", "TURN-3", planned=night + HOUR_S),
    ]
    floor = a_floor(orders, machines=machines, began=night, zone=BERLIN)
    called(floor, *machines, since=night)

    floor.fitters.send(night)
    assert phases(floor) == {"TURN-1": "called", "TURN-2": "repair", "TURN-3": "called"}

    done = floor.state.machines["TURN-2"]
    done.phase = "run"
    floor.fitters.leave(done, night + HOUR_S)
    assert phases(floor) == {"TURN-1": "repair", "TURN-2": "run", "TURN-3": "called"}


def test_of_machines_that_are_not_behind_the_one_that_called_first_is_mended_first():
    machines = {"TURN-1": "TURN", "TURN-2": "TURN", "TURN-3": "TURN"}
    floor = a_floor([], machines=machines, began=8 * HOUR_S)
    called(floor, "TURN-1", since=7_000)
    called(floor, "TURN-2", "TURN-3", since=6_000)

    floor.fitters.send(8 * HOUR_S)

    assert phases(floor) == {"TURN-1": "called", "TURN-2": "repair", "TURN-3": "repair"}


def test_when_the_people_go_home_the_fitter_goes_where_others_work_and_comes_back():
    early = Hours([(6 * HOUR_S, 14 * HOUR_S), (30 * HOUR_S, 38 * HOUR_S)])
    floor = a_floor([], machines={"SAW-1": "SAW"}, hours=early, began=13 * HOUR_S)
    called(floor, "SAW-1", since=13 * HOUR_S)
    saw = floor.state.machines["SAW-1"]
    saw.wakes = saw.at = 13 * HOUR_S

    floor.advance(20 * HOUR_S)
    assert (saw.phase, saw.has_fitter, saw.left_s) == ("called", False, 2.0 * HOUR_S)

    floor.advance(31 * HOUR_S)
    assert (saw.phase, saw.has_fitter) == ("repair", True)
    floor.advance(32 * HOUR_S)
    assert said(floor, "downtime-ends") == [
        {"equipment": "SAW-1", "at": "1970-01-02T08:00:00+00:00"}
    ]


@pytest.mark.parametrize(("hour", "fitters"), [(6, 2), (13, 2), (14, 2), (22, 1), (5, 1)])
def test_five_fitters_come_in_three_shifts(hour, fitters):
    at = int(datetime(2026, 11, 23, hour, tzinfo=BERLIN).timestamp())

    assert crew.fitters_on_shift(at, BERLIN) == fitters
    assert sum(crew.FITTERS.values()) == 5


def test_a_third_of_breakdowns_and_all_of_assembly_are_put_right_by_the_people_themselves():
    """The specification: fixture 14, loader 11 and robot 9 of a hundred; electric 26."""
    truth = a_floor([], machines={}).truth
    causes = [truth.cause("PRESS", "mechanical", number) for number in range(20_000)]
    own = sum(not truth.needs_fitter("PRESS", cause) for cause in causes)

    assert 0.74 * own / len(causes) == pytest.approx(0.34, abs=0.01)
    assert truth.needs_fitter("PRESS", "SENSOR")
    assert not truth.needs_fitter("ASSY", "SENSOR")
    assert not truth.needs_fitter("TEST", "SPINDLE")


def test_way_and_work_of_a_fitter_are_what_the_repair_time_leaves_beside_the_wait():
    truth = Truth(Chance(3))
    center = truth.center("PRESS")
    by_fitter, by_setter = (
        fmean(truth.repair_s("PRESS", center, cause, number) for number in range(5_000))
        for cause in ("SPINDLE", "FIXTURE")
    )

    noticed_s = center.mttr_h * HOUR_S - center.detection_s
    assert by_setter == pytest.approx(noticed_s, rel=0.02)
    assert by_fitter == pytest.approx(noticed_s - 10 * 60, rel=0.02)
