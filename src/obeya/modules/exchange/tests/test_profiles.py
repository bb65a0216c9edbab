"""Saved mappings: recognised, refused, and used by the command line."""

from dataclasses import replace

import pytest

from obeya.config.cli import main
from obeya.modules.exchange.actions import NoSuchProfile, ProfileRow, forget_profiles, save_profiles
from obeya.modules.exchange.foreign.converting import tables_in
from obeya.modules.exchange.foreign.guessing import guess
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.foreign.recognising import known_again, likeness
from obeya.modules.exchange.models import MappingProfile
from obeya.modules.exchange.queries import mapping_profiles
from obeya.modules.exchange.reading.book import Book
from obeya.modules.exchange.tests.tables import sheet
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import NotPermitted, RowsRefused
from obeya.plant.resources.models import Material, Site

TITLES = ["Artikelnr", "Benennung", "Lagerort", "Menge", "ME"]


def tables(name="Tabelle1", titles=TITLES):
    return tables_in(Book([sheet(name, titles, ["0815", "Bolzen", "H1", "1.234,5", "ST"])]))


@pytest.fixture
def mappings():
    return [each.mapping for each in guess(tables())]


@pytest.fixture
def ada(someone):
    return load_actor(someone("ada", "administrator"))


def test_a_mapping_is_known_again_under_another_sheet_name_and_order_of_columns(mappings):
    name, here = known_again({"list": mappings}, tables("Export", list(reversed(TITLES))))
    assert (name, [each.source for each in here]) == ("list", ["Export"] * 3)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (TITLES, 1.0),
        ([*TITLES, "Bemerkung"], 5 / 6),  # one column more
        ([*TITLES, "a", "b", "c", "d", "e"], 0.5),
        (["Artikelnr", "Menge", "Farbe"], 0.0),  # without the storage nothing can be read
        (["Farbe", "Form"], 0.0),
    ],
)
def test_likeness_is_the_share_of_titles_that_were_seen_before(mappings, titles, expected):
    assert likeness(mappings, tables(titles=titles)) == pytest.approx(expected)


def test_a_list_of_another_shape_is_not_taken_for_the_profile(mappings):
    assert known_again({"list": mappings}, tables(titles=[*TITLES, "a", "b", "c"])) is None


def test_a_list_that_lost_a_column_is_not_read_without_it():
    titles = ["Artikelnr", "Benennung", "Lagerort", "Charge", "Menge", "ME"]
    row = ["0815", "Bolzen", "H1", "C1", "1.234,5", "ST"]
    before = tables_in(Book([sheet("Tabelle1", titles, row)]))
    known = {"list": [each.mapping for each in guess(before)]}
    renamed = [title.replace("Charge", "Los/Charge neu") for title in titles]

    assert known_again(known, before) is not None
    assert known_again(known, tables_in(Book([sheet("Tabelle1", renamed, row)]))) is None
    assert known_again(known, tables()) is None


@pytest.mark.usefixtures("oak")
def test_a_profile_by_name_refuses_a_file_without_one_of_its_columns(tmp_path, capsys, digest):
    lots = tables_in(Book([sheet("a", [*TITLES, "Charge"], ["1", "x", "H1", "1", "ST", "C1"])]))
    mappings = [each.mapping for each in guess(lots)]
    save_profiles(rows=[ProfileRow("Lagerliste", mappings)], by=system_actor())
    path = tmp_path / "export.csv"
    path.write_text("Artikelnr;Benennung;Lagerort;Menge;ME\n0815;Bolzen;H1;5;ST\n", "utf-8")
    before = digest()

    assert main(["import", str(path), "--profile", "Lagerliste"]) != 0

    said = capsys.readouterr().err
    assert "Profile Lagerliste also reads Charge, which the file does not have." in said
    assert digest() == before


def test_of_two_profiles_the_nearer_one_is_taken(mappings):
    less = [replace(mappings[0], ignored=("Alt", "Neu"))]
    found = known_again({"less": less, "list": mappings}, tables())
    assert found is not None
    assert found[0] == "list"


@pytest.mark.django_db
def test_profiles_are_saved_replaced_and_forgotten_with_their_events(ada, mappings):
    save_profiles(rows=[ProfileRow("list", mappings)], by=ada)
    save_profiles(rows=[ProfileRow("list", mappings[:1]), ProfileRow("more", mappings)], by=ada)

    known = mapping_profiles(by=ada)
    assert {name: len(each) for name, each in known.items()} == {"list": 1, "more": 3}
    assert list(known["more"]) == mappings
    forget_profiles(names=["list"], by=ada)
    assert list(mapping_profiles(by=ada)) == ["more"]
    kinds = OperationsEvent.objects.filter(kind__contains="profiles").order_by("pk")
    assert [each.kind for each in kinds] == [
        "exchange.profiles_saved", "exchange.profiles_saved", "exchange.profiles_forgotten",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "A profile needs a name"),
        (" list", "A profile needs a name"),
        ("x" * 41, "The name is too long"),
        ("frepple", "frepple is a profile of our own"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_and_none_is_saved(ada, mappings, digest, name, rule):
    before = digest()
    with pytest.raises(RowsRefused, match=rule):
        save_profiles(rows=[ProfileRow("good", mappings), ProfileRow(name, mappings)], by=ada)
    assert digest() == before


@pytest.mark.django_db
def test_a_profile_given_twice_or_that_reads_nothing_is_refused(ada, mappings, digest):
    before = digest()
    with pytest.raises(RowsRefused, match="list is given twice"):
        save_profiles(rows=[ProfileRow("list", mappings)] * 2, by=ada)
    with pytest.raises(RowsRefused, match="The profile reads nothing"):
        save_profiles(rows=[ProfileRow("list", [replace(mappings[0], into="")])], by=ada)
    with pytest.raises(NoSuchProfile, match="There is no profile list"):
        forget_profiles(names=["list"], by=ada)
    assert digest() == before


@pytest.mark.django_db
def test_who_may_not_import_may_not_keep_profiles(someone, mappings):
    from obeya.plant.log.access.grants import load_actor

    guest = load_actor(someone("gus", "guest"))
    for verb in (
        lambda: save_profiles(rows=[ProfileRow("list", mappings)], by=guest),
        lambda: forget_profiles(names=["list"], by=guest),
        lambda: mapping_profiles(by=guest),
    ):
        with pytest.raises(NotPermitted):
            verb()
    assert MappingProfile.objects.count() == 0


@pytest.mark.usefixtures("oak")
def test_the_command_line_reads_by_profile_and_knows_the_shape_again(tmp_path, capsys, mappings):
    path = tmp_path / "export.csv"
    path.write_text("Artikelnr;Benennung;Lagerort;Menge;ME\n0815;Bolzen;H1;1.234,5;ST\n", "utf-8")

    assert main(["import", str(path)]) != 0
    said = capsys.readouterr().err
    assert "The columns of the file are not ours: export looks like Stock" in said
    assert not Material.objects.filter(code="0815").exists()

    save_profiles(rows=[ProfileRow("Lagerliste", mappings)], by=system_actor())
    assert main(["import", str(path), "--profile", "Lagerliste", "--dry-run"]) == 0
    assert "Read by the profile Lagerliste." in capsys.readouterr().out
    assert main(["import", str(path)]) == 0
    assert Material.objects.get(code="0815").name == "Bolzen"

    assert main(["import", str(path), "--profile", "Nobody"]) != 0
    told = capsys.readouterr().err
    assert "no profile Nobody. Choose one of obeya, frepple, adventureworks, Lagerliste." in told


class TestWhose:
    """A profile is a site's own, or the enterprise's: each has its own right."""

    @pytest.fixture
    def elm(self, oak):
        return Site.objects.create(code="ELM", name="Elm", time_zone="Europe/Berlin")

    @staticmethod
    def row(column: str) -> ProfileRow:
        return ProfileRow("list", [TableMapping("x", "Materials", {"code": (column,)})])

    @staticmethod
    def reads(site) -> str:
        known = mapping_profiles(site=site, by=system_actor())
        return known["list"][0].columns["code"][0] if "list" in known else ""

    def test_the_importer_of_a_site_keeps_profiles_of_that_site_only(
        self, oak, elm, someone, digest
    ):
        olga = load_actor(someone("olga", "production_manager", oak))
        save_profiles(rows=[self.row("Teil")], by=system_actor())
        save_profiles(site=oak, rows=[self.row("Artikel")], by=olga)
        assert (self.reads(oak), self.reads(elm)) == ("Artikel", "Teil")

        before = digest()
        for site in (None, elm):
            with pytest.raises(NotPermitted):
                save_profiles(site=site, rows=[self.row("Sache")], by=olga)
            with pytest.raises(NotPermitted):
                forget_profiles(site=site, names=["list"], by=olga)
        assert digest() == before

        forget_profiles(site=oak, names=["list"], by=olga)
        assert (self.reads(oak), self.reads(elm)) == ("Teil", "Teil")

    def test_who_may_import_everywhere_shares_one(self, oak, elm, someone):
        ada = load_actor(someone("ada", "administrator"))
        save_profiles(rows=[self.row("Teil")], by=ada)
        assert (self.reads(oak), self.reads(elm)) == ("Teil", "Teil")
