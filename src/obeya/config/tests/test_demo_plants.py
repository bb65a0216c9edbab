"""The invented plants come in by the import, are planned, and stay what they are."""

from argparse import Namespace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from obeya.config import demo
from obeya.config.invented import import_invented
from obeya.modules.engineering import public as engineering
from obeya.modules.exchange.doctor import examine
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.rooms import rooms
from obeya.plant.resources.models import Site

THURSDAY = datetime(2026, 11, 26, 5, tzinfo=UTC)


def test_a_demo_of_another_size_is_refused_and_stays(tmp_path, settings):
    settings.DATA = tmp_path
    (tmp_path / "demo").write_text("M: this plant is invented; delete the folder to begin anew.\n")

    with pytest.raises(demo.AnotherSize, match="holds the demo plant M, not L"):
        demo.demo(Namespace(plant=None, size="L", fill_only=True))

    assert (tmp_path / "demo").read_text().startswith("M: ")


def test_a_demo_that_was_stopped_while_it_was_filled_is_not_opened(db, tmp_path, settings):
    settings.DATA = tmp_path
    Site.objects.create(code="KES", name="Kestrel")
    demo.fill("M", by=system_actor())  # filled before: nothing to do

    (tmp_path / "demo-filling").touch()

    with pytest.raises(demo.HalfFilled, match="was stopped while it was filled"):
        demo.fill("M", by=system_actor())


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("vendor", "remedy"),
    [
        ("sqlite", "Delete the folder, and open the demo again."),
        (
            "postgresql",
            "Delete the folder, empty the database that OBEYA_DATABASE_URL names, "
            "and open the demo again.",
        ),
    ],
)
def test_a_half_filled_demo_is_emptied_where_its_rows_are(
    tmp_path, settings, monkeypatch, vendor, remedy
):
    settings.DATA = tmp_path
    Site.objects.create(code="KES", name="Kestrel")
    (tmp_path / "demo-filling").touch()
    monkeypatch.setattr(demo, "connection", SimpleNamespace(vendor=vendor))

    with pytest.raises(demo.HalfFilled, match=remedy):
        demo.fill("M", by=system_actor())

    assert [site.code for site in Site.objects.all()] == ["KES"]
    assert (tmp_path / "demo-filling").exists()


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("This plant is invented\n", "S"),
        ("M: this plant\n", "M"),
        ("electronics: this plant\n", "electronics"),
        ("", "S"),
    ],
)
def test_a_demo_that_is_opened_again_keeps_its_size(tmp_path, settings, written, size):
    settings.DATA = tmp_path
    (tmp_path / "demo").write_text(written)

    assert demo.size_of_demo(None) == size
    assert demo.size_of_demo(size) == size


@pytest.mark.parametrize(
    ("plant", "size", "said"),
    [
        (None, None, None),
        (None, "L", "L"),
        ("automotive", None, "automotive"),
        ("automotive", "M", "M"),
        ("electronics", None, "electronics"),
        ("crisis", None, "crisis"),
    ],
)
def test_a_plant_and_its_size_are_one_word(plant, size, said):
    assert demo.asked(Namespace(plant=plant, size=size)) == said


@pytest.mark.parametrize("there", ["S", "M", "L"])
def test_the_automotive_plant_is_opened_again_in_whatever_size_it_has(tmp_path, settings, there):
    settings.DATA = tmp_path
    assert demo.size_of_demo("automotive") == "S"

    (tmp_path / "demo").write_text(f"{there}: this plant\n")

    assert demo.size_of_demo("automotive") == there


@pytest.mark.parametrize(
    ("there", "asked"),
    [("electronics", "automotive"), ("crisis", "M"), ("M", "crisis"), ("S", "electronics")],
)
def test_another_plant_than_the_one_that_is_there_is_refused(tmp_path, settings, there, asked):
    settings.DATA = tmp_path
    (tmp_path / "demo").write_text(f"{there}: this plant\n")

    with pytest.raises(demo.AnotherSize, match=f"holds the demo plant {there}, not {asked}"):
        demo.size_of_demo(asked)


def test_electronics_has_one_size():
    with pytest.raises(demo.HasOneSize, match="only automotive comes in sizes"):
        demo.asked(Namespace(plant="electronics", size="M"))


@pytest.mark.parametrize(
    ("name", "code", "materials", "operations"),
    [("electronics", "MER", 1_145, 172), ("crisis", "KES", 328, 243)],
)
def test_every_row_of_the_other_plants_is_taken_over_and_the_rooms_add_none(
    db, name, code, materials, operations
):
    by = system_actor()
    with clock.held_at(THURSDAY):
        import_invented(name, by=by)
        for room in rooms():
            if room.demo is not None and room.name != "scheduling":
                room.demo(by=by)
        site = Site.objects.get()
        found = {finding.check for finding in examine(site, THURSDAY) if finding.rows}

    assert site.code == code
    assert len(engineering.material_rows(site=site, by=by)) == materials
    assert len(engineering.operation_rows(site=site, by=by)) == operations
    assert found <= {"due_in_the_past", "never_used"}
