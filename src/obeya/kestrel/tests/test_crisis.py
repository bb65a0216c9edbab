"""The supply crisis: what the specification says of it, read from the rows."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from obeya.kestrel import in_crisis, kestrel
from obeya.kestrel.crisis import (
    BROKER,
    SECOND,
    alternate_of,
    is_touched,
    what_happens,
    what_is_told,
)
from obeya.kestrel.parts import SOLD, sold_parts
from obeya.kestrel.stock import weekly_use

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def before():
    return kestrel("M", today=TODAY)


@pytest.fixture(scope="module")
def plant(before):
    return in_crisis(before, today=TODAY)


def touched_by_part(plant):
    """Materials on allocation in each part that is sold, down all levels."""
    into = defaultdict(set)
    for row in plant.sheets["BOM"]:
        into[row["material"]].add(row["component"])

    def below(code):
        found = {code} if is_touched(code) else set()
        return found.union(*(below(component) for component in into[code]))

    return {part.code: below(part.code) for part in sold_parts()}


def worth_a_week(codes):
    return sum(
        SOLD[part.kind].pieces * part.share * SOLD[part.kind].price
        for part in sold_parts()
        if part.code in codes
    )


def test_seventy_two_percent_of_sales_are_touched_and_two_thirds_of_that_have_an_alternate(plant):
    touched = touched_by_part(plant)
    known = {row["code"] for row in plant.sheets["Materials"]}
    hit = {code for code, materials in touched.items() if materials}
    replaceable = {code for code in hit if {alternate_of(m) for m in touched[code]} <= known}

    assert 100 * worth_a_week(hit) / worth_a_week(touched) == pytest.approx(72, abs=3)
    assert worth_a_week(replaceable) / worth_a_week(hit) == pytest.approx(2 / 3, abs=0.05)


def test_what_is_on_allocation_lasts_two_weeks(plant):
    held = Counter()
    for row in plant.sheets["Stock"]:
        held[row["material"]] += float(row["quantity"])
    use = weekly_use(1)

    for code in (code for code in use if is_touched(code)):
        assert held[code] / use[code] == pytest.approx(2, rel=0.02), code


def test_from_the_second_week_a_quarter_comes_and_the_rest_is_owed(before, plant):
    begins = TODAY + timedelta(days=7)
    now = {row["number"]: row for row in plant.sheets["Purchases"]}
    ends = what_is_told(3)
    cut = 0
    for row in before.sheets["Purchases"]:
        code, due = row["material"], row["due_at"].date()
        over = begins + timedelta(weeks=ends.get(code, 0))
        if not is_touched(code) or not begins <= due < over:
            assert now[row["number"]] == row
            continue
        cut += 1
        comes, owed = now[row["number"]], now[row["number"].replace("/1", "/2")]
        assert comes["quantity"] + owed["quantity"] == row["quantity"]
        assert 0.25 * 0.69 < comes["quantity"] / row["quantity"] < 0.25 * 1.31
        assert owed["due_at"].date() > over
    assert cut > 10


def test_what_is_ordered_now_comes_when_the_supplier_says_that_it_is_over(before, plant):
    days = {row["code"]: row.get("lead_time_days") for row in before.sheets["Materials"]}
    told = what_is_told(3)
    for row in plant.sheets["Materials"]:
        code = row["code"]
        if is_touched(code):
            assert row["lead_time_days"] == 7 + 7 * told[code] + 7
        elif not code.endswith("-ALT"):
            assert row.get("lead_time_days") == days[code]


def test_the_rows_do_not_give_away_how_long_it_lasts():
    for seed in range(5):
        told, true = what_is_told(seed), what_happens(seed).ends_weeks
        assert told.keys() == true.keys()
        assert set(told.values()) <= set(range(9, 15))
        assert sum(told[code] == true[code] for code in told) < len(told) / 2


def test_it_lasts_nine_to_fourteen_weeks_and_one_approval_in_ten_is_refused():
    many = [what_happens(seed) for seed in range(300)]
    fates = Counter(fate for each in many for fate in each.approval.values())

    assert {weeks for each in many for weeks in each.ends_weeks.values()} == set(range(9, 15))
    assert fates["in time"] / fates.total() == pytest.approx(0.70, abs=0.02)
    assert fates["late"] / fates.total() == pytest.approx(0.20, abs=0.02)
    assert fates["refused"] / fates.total() == pytest.approx(0.10, abs=0.02)


def test_an_alternate_may_be_used_after_five_to_eight_weeks(plant):
    days = {
        (row["valid_from"] - TODAY).days
        for row in plant.sheets["BOM"]
        if row["component"].endswith("-ALT")
    }

    assert days <= {35, 42, 49, 56}
    assert len(days) > 1


def test_a_second_source_brings_a_third_and_a_broker_six_percent(plant):
    use = weekly_use(1)
    lines = defaultdict(list)
    for row in plant.sheets["Purchases"]:
        if row["supplier"] in {SECOND, BROKER}:
            lines[row["supplier"]].append(row)

    for row in lines[SECOND]:
        assert 0.29 <= float(row["quantity"]) / use[row["material"]] <= 0.36
    for row in lines[BROKER]:
        assert float(row["quantity"]) == pytest.approx(0.06 * use[row["material"]], abs=1)
    first = min(row["due_at"].date() for row in lines[SECOND])
    assert first >= TODAY + timedelta(weeks=6)


def test_sixteen_weeks_are_announced(plant):
    assert max(row["due_at"].date() for row in plant.sheets["Demand"]) >= TODAY + timedelta(
        weeks=15
    )
    codes = [row["code"] for row in plant.sheets["Demand"]]
    assert len(set(codes)) == len(codes)


def test_the_same_day_and_seed_give_the_same_crisis(before, plant):
    assert in_crisis(before, today=TODAY) == plant
