"""Numbers that add up, text that is the same everywhere, answers that come back as they were."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from obeya.plant.log import answers, events
from obeya.plant.log.actor import system_actor
from obeya.plant.log.bulk import insert_columns, insert_many
from obeya.plant.log.canonical import canonical_text
from obeya.plant.log.fields import QuantityField
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.log.tests.probe import SitesNamed
from obeya.plant.resources.models import Site

exact_decimals = st.decimals(
    min_value=-(10**12), max_value=10**12, places=6, allow_nan=False, allow_infinity=False
)


@given(exact_decimals)
def test_a_quantity_comes_back_from_the_database_as_it_was(number):
    field = QuantityField()

    assert field.from_db_value(field.get_prep_value(number), None, None) == number


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("0.0000001"), "has more than 6 decimals"),
        (Decimal("1e13"), "is too large"),
        (Decimal("NaN"), "is too large"),
        (1.5, "is a float"),
        ("twelve", "is not a number"),
    ],
)
def test_a_quantity_that_cannot_be_kept_exactly_is_refused(value, said):
    with pytest.raises(ValidationError, match=said):
        QuantityField().get_prep_value(value)


def test_a_hundred_is_written_as_a_hundred():
    assert str(QuantityField().from_db_value(100_000_000, None, None)) == "100"
    assert str(QuantityField().from_db_value(1_500_000, None, None)) == "1.5"


def test_equal_values_have_equal_text():
    berlin = timezone(timedelta(hours=1))

    assert (
        canonical_text({"b": Decimal("1.50"), "a": [True, None]}) == '{"a":[true,null],"b":"1.5"}'
    )
    assert canonical_text(datetime(2026, 11, 23, 6, tzinfo=berlin)) == canonical_text(
        datetime(2026, 11, 23, 5, tzinfo=UTC)
    )
    assert canonical_text(Decimal("1E+3")) == '"1000"'


def test_a_float_is_never_logged():
    with pytest.raises(TypeError, match="never a float"):
        canonical_text({"hours": 1.5})


def test_an_event_kind_is_declared_once_and_without_floats():
    with pytest.raises(TypeError, match="is a float"):

        @events.event("probe.weighed", view="probe.view")
        @dataclass(frozen=True)
        class Weighed:
            kilograms: float

    with pytest.raises(ValueError, match="declared twice"):

        @events.event("probe.sites_named", view="probe.view")
        @dataclass(frozen=True)
        class Other:
            site: int


def test_an_old_event_reads_as_a_new_one_would():
    @dataclass(frozen=True)
    class Moved:
        places: list[int]

    events.event("probe.moved", view="probe.view", version=3)(Moved)
    events.upcast("probe.moved", from_version=1)(lambda old: {"place": old["location"]})
    events.upcast("probe.moved", from_version=2)(lambda old: {"places": [old["place"]]})

    assert events.current("probe.moved", 1, {"location": 7}) == {"places": [7]}
    assert events.current("probe.moved", 3, {"places": [8]}) == {"places": [8]}


def test_a_kind_is_seen_by_who_may_view_it():
    assert "probe.sites_named" in events.visible_kinds(lambda code: code == "probe.view")
    assert "probe.sites_named" not in events.visible_kinds(lambda code: False)


@dataclass(frozen=True)
class Saved:
    new: int
    at: datetime
    weights: tuple[Decimal, ...]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [1, "two", Decimal("3.0")],
        {"on": date(2026, 11, 23), 5: {1, 2}},
        Saved(3, datetime(2026, 11, 23, tzinfo=UTC), (Decimal("0.1"),)),
    ],
)
def test_an_answer_that_is_kept_comes_back_equal(answer):
    assert answers.from_text(answers.to_text(answer)) == answer


@pytest.mark.django_db
def test_a_row_in_an_answer_is_read_anew():
    kes = Site.objects.create(code="KES", name="Kesten")
    text = answers.to_text([kes])
    Site.objects.update(name="Kessel")

    assert answers.from_text(text)[0].name == "Kessel"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 200])
def test_rows_in_bulk_get_their_own_ids_on_request(count):
    sites = insert_many([Site(code=f"S{n}", name=f"Site {n}") for n in range(count)], ids=True)

    found = dict(Site.objects.values_list("pk", "code"))
    assert found == {site.pk: site.code for site in sites}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 200])
def test_rows_in_bulk_keep_their_values(count):
    fields = {"q": [None, "ä"]}
    insert_many([ChangeRow(event_id=1, model="m", row_id=n, fields=fields) for n in range(count)])

    rows = ChangeRow.objects.order_by("row_id")
    assert [row.row_id for row in rows] == list(range(count))
    assert all(row.fields == {"q": [None, "ä"]} for row in rows)


def test_the_probe_is_an_event():
    assert events.kind_of(SitesNamed).room == "probe"


def as_columns(rows):
    names = [field.attname for field in Site._meta.concrete_fields if not field.primary_key]
    insert_columns(Site, {name: [getattr(row, name) for row in rows] for name in names})


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("insert", [partial(insert_many, ids=True), as_columns])
def test_postgresql_knows_how_much_has_come_before_the_next_question(insert):
    """Pages that once held rows and hold none seem empty to it: joins of them ran for minutes."""
    Site.objects.all().delete()
    connection.connection.execute("ANALYZE resources_site")

    insert([Site(code=f"S{n}", name=f"Site {n}") for n in range(500)])

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'resources_site'")
        assert cursor.fetchone() == (500,)


@pytest.mark.django_db
def test_the_hour_that_comes_twice_in_autumn_is_kept_as_two():
    berlin = ZoneInfo("Europe/Berlin")
    summer, winter = (datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1))
    at = [summer, winter] * 40
    fixed = {
        "kind": "probe.moved",
        "recorded_at": summer,
        "actor_id": system_actor().account_id,
        "source": "page",
        "payload": "{}",
    }

    insert_many([OperationsEvent(effective_at=moment, **fixed) for moment in at])

    kept = OperationsEvent.objects.filter(kind="probe.moved").values_list("effective_at", flat=True)
    assert sorted(kept) == [
        *[datetime(2026, 10, 25, 0, 30, tzinfo=UTC)] * 40,
        *[datetime(2026, 10, 25, 1, 30, tzinfo=UTC)] * 40,
    ]
