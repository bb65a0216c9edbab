"""The page on which somebody says what the columns of a foreign file are."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.exchange.models import FileImport, MappingProfile
from obeya.modules.exchange.tests import files
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Material
from obeya.plant.work.models import Demand

STOCK = [
    ["Bestandsliste", "", "", "", ""],
    ["Artikelnr", "Benennung", "Lagerort", "Menge", "ME"],
    ["0815", "Bolzen", "HALLE-1", "1.234,5", "ST"],
    ["4711", "Blech", "HALLE-1", "10,25", "KG"],
    ["", "", "", "1.244,75", ""],
]


def workbook(*rows, name="Tabelle1"):
    return SimpleUploadedFile("liste.xlsx", files.workbook({name: rows}))


def sent(browser, file, profile=""):
    return browser.post("/s/OAK/import/", {"file": file, "profile": profile})


def form_of(page) -> dict[str, str]:
    """What the page would send as it stands."""
    form = {}
    for card in page.context["cards"]:
        at = card.at
        form[f"into-{at}"] = form[f"shown-{at}"] = card.mapping.into
        form[f"mark-{at}"], form[f"order-{at}"] = card.mapping.mark, card.mapping.day_order
        for flag, word in (
            ("is_wide", "wide"),
            ("fills_down", "fills"),
            ("counts_lines", "counts"),
        ):
            if getattr(card.mapping, flag):
                form[f"{word}-{at}"] = "on"
        for line in [*card.lines, *card.more]:
            form[f"column-{at}-{line.name}"] = line.title
            form[f"second-{at}-{line.name}"] = line.second or ""
            form[f"unit-{at}-{line.name}"] = line.unit
            form[f"always-{at}-{line.name}"] = line.always
    return form


pytestmark = pytest.mark.usefixtures("oak")


def test_a_foreign_file_is_held_guessed_compared_and_taken_over(browser_of_ada, plant):
    browser_of_ada.get("/import/")
    before = plant()

    held = sent(browser_of_ada, workbook(*STOCK))

    page = browser_of_ada.get(held.url, follow=True)
    checked = FileImport.objects.get()
    address = f"/s/OAK/import/{checked.pk}/columns/"
    assert page.request["PATH_INFO"] == address
    assert [card.mapping.into for card in page.context["cards"]] == [
        "Stock", "Equipment", "Materials",
    ]  # fmt: skip
    stock = {line.name: line for line in page.context["cards"][0].lines}
    assert (stock["quantity"].title, stock["quantity"].samples) == (
        "Menge",
        "1.234,5 · 10,25 · 1.244,75",
    )
    assert [str(stock[name].sureness[0]) for name in ("material", "quantity")] == ["sure", "sure"]
    assert plant() == before

    compared = browser_of_ada.post(address, form_of(page))

    assert compared.url == f"/s/OAK/import/{checked.pk}/"
    checked.refresh_from_db()
    assert dict(checked.counts)["Stock"] == {"new": 2}
    assert any("1 row(s) that name nothing" in note for note in checked.notes)
    assert plant() == before

    browser_of_ada.post(f"/s/OAK/import/{checked.pk}/apply/")

    assert Material.objects.get(code="0815").name == "Bolzen"
    assert Material.objects.get(code="4711").unit.code == "KGM"
    moved = StockMove.objects.get(material__code="0815")
    assert moved.quantity == Decimal("1234.5")
    again = browser_of_ada.get(address)
    assert (again.status_code, again.url) == (302, f"/s/OAK/import/{checked.pk}/")


def test_a_profile_is_kept_and_known_again_by_the_shape_of_the_headers(browser_of_ada):
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*STOCK)).url, follow=True)
    browser_of_ada.post(page.request["PATH_INFO"], form_of(page) | {"profile_name": "Lagerliste"})
    [kept] = MappingProfile.objects.all()
    assert (kept.name, kept.mappings[0]["into"]) == ("Lagerliste", "Stock")
    event = OperationsEvent.objects.get(kind="exchange.profiles_saved")
    assert event.actor.username == "ada"

    other = workbook(*STOCK[:2], ["99", "Ring", "HALLE-2", "1,5", "ST"], name="Export 47")
    answer = sent(browser_of_ada, other)

    shown = browser_of_ada.get(answer.url, follow=True)
    assert shown.request["PATH_INFO"].endswith("/new/")
    newest = FileImport.objects.latest("pk")
    assert newest.notes[0] == "Read by the profile Lagerliste."
    assert dict(newest.counts)["Stock"] == {"new": 1}
    assert b"Lagerliste" in browser_of_ada.get("/s/OAK/import/").content


def test_a_profile_that_does_not_fit_the_file_is_refused_and_nothing_is_kept(browser_of_ada, plant):
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*STOCK)).url, follow=True)
    browser_of_ada.post(page.request["PATH_INFO"], form_of(page) | {"profile_name": "Lagerliste"})
    before, kept = plant(), FileImport.objects.count()

    answer = sent(browser_of_ada, workbook(["Farbe", "Form"], ["rot", "rund"]), "Lagerliste")

    assert answer.status_code == 422
    assert "No sheet of the file has the columns that profile Lagerliste reads" in str(
        answer.context["refusal"]
    )
    assert (plant(), FileImport.objects.count()) == (before, kept)


def test_what_must_be_filled_and_is_not_is_named_and_nothing_is_compared(browser_of_ada, digest):
    rows = [["Artikelnr", "Menge"], ["0815", "5"]]
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*rows)).url, follow=True)
    form = form_of(page)
    form["into-0"] = form["shown-0"] = "Stock"
    form["column-0-material"], form["column-0-quantity"] = "Artikelnr", "Menge"
    before = digest()

    answer = browser_of_ada.post(page.request["PATH_INFO"], form | {"profile_name": "x"})

    assert answer.status_code == 422
    assert "Tabelle1 as Stock needs location" in str(answer.context["refusal"])
    assert digest() == before

    form["always-0-location"] = "RM"
    done = browser_of_ada.post(page.request["PATH_INFO"], form)
    assert done.status_code == 302
    checked = FileImport.objects.get()
    assert checked.mappings[0]["fixed"] == {"location": "RM"}


def test_another_sheet_is_guessed_anew_before_anything_is_compared(browser_of_ada):
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*STOCK)).url, follow=True)
    form = form_of(page) | {"into-0": "Materials"}

    again = browser_of_ada.post(page.request["PATH_INFO"], form)

    card = again.context["cards"][0]
    assert (card.mapping.into, card.mapping.columns["code"]) == ("Materials", ("Artikelnr",))
    assert FileImport.objects.get().counts == []


def test_words_of_theirs_become_ours(browser_of_ada):
    rows = [["Artikelnr", "Bezeichnung", "Einheit"], ["1", "Band", "Rolle"], ["2", "Ring", "ST"]]
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*rows)).url, follow=True)
    [card] = page.context["cards"]
    unit = next(line for line in card.lines if line.name == "unit")
    assert unit.words == [("Rolle", "")]

    form = form_of(page) | {"word-0-unit-0": "MTR"}
    browser_of_ada.post(page.request["PATH_INFO"], form)

    checked = FileImport.objects.get()
    assert checked.mappings[0]["values"] == {"unit": {"Rolle": "MTR"}}
    assert checked.counts == [["Materials", {"new": 2}]]


def test_refused_cells_of_a_foreign_file_are_corrected_in_the_page(browser_of_ada):
    rows = [*STOCK[:3], ["4711", "Blech", "HALLE-1", "viele", "KG"]]
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*rows)).url, follow=True)
    browser_of_ada.post(page.request["PATH_INFO"], form_of(page))
    checked = FileImport.objects.get()
    row = checked.rows.get(state="refused")
    assert (row.sheet, row.number, row.faults[0][:2]) == ("Stock", 4, ["Menge", "viele"])

    browser_of_ada.post(f"/s/OAK/import/{checked.pk}/fix/", {f"cell-{row.pk}-0": "12"})

    checked.refresh_from_db()
    assert (checked.rows_in("refused"), dict(checked.counts)["Stock"]) == (0, {"new": 2})


def test_weeks_as_columns_can_be_taken_over(browser_of_ada):
    rows = [["Artikel", "KW 49/2026", "KW 50/2026"], ["TABLE", "10", "20"]]
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*rows)).url, follow=True)
    preview = browser_of_ada.post(page.request["PATH_INFO"], form_of(page)).url
    browser_of_ada.post(f"{preview}apply/")
    assert sorted(Demand.objects.filter(kind="forecast").values_list("code", flat=True)) == [
        "TABLE/2026-11-30", "TABLE/2026-12-07",
    ]  # fmt: skip


def test_who_may_not_import_sees_no_columns(client, someone, browser_of_ada):
    held = sent(browser_of_ada, workbook(*STOCK)).url
    client.force_login(someone("gus", "guest"))
    assert client.get(f"{held}columns/").status_code in (403, 404)
    assert client.post(f"{held}columns/", {"into-0": "Stock"}).status_code in (403, 404)


def test_a_profile_is_forgotten_from_the_page_and_a_second_time_is_refused(browser_of_ada, digest):
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*STOCK)).url, follow=True)
    browser_of_ada.post(page.request["PATH_INFO"], form_of(page) | {"profile_name": "Lagerliste"})
    address, wish = "/s/OAK/import/profiles/forget/", {"name": "Lagerliste"}

    gone = browser_of_ada.post(address, wish, follow=True)

    assert b"The profile Lagerliste is gone." in gone.content
    assert (gone.context["profiles"], MappingProfile.objects.count()) == ([], 0)
    before = digest()
    again = browser_of_ada.post(address, wish, follow=True)
    assert b"There is no profile Lagerliste. Nothing was changed." in again.content
    assert digest() == before


def test_who_may_not_import_forgets_no_profile(client, someone, browser_of_ada):
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*STOCK)).url, follow=True)
    browser_of_ada.post(page.request["PATH_INFO"], form_of(page) | {"profile_name": "Lagerliste"})
    client.force_login(someone("gus", "guest"))
    answer = client.post("/s/OAK/import/profiles/forget/", {"name": "Lagerliste"})
    assert answer.status_code in (403, 404)
    assert MappingProfile.objects.get().name == "Lagerliste"


def test_a_file_whose_columns_nobody_has_said_is_not_taken_over(browser_of_ada, plant):
    held = sent(browser_of_ada, workbook(*STOCK))
    checked = FileImport.objects.get()
    preview, before = f"/s/OAK/import/{checked.pk}/", plant()

    for wish in ({}, {"only_valid": "yes"}):
        answer = browser_of_ada.post(f"{preview}apply/", wish, follow=True)
        assert b"Say first what the columns of liste.xlsx are." in answer.content
    fixed = browser_of_ada.post(f"{preview}fix/", {"cell-1-0": "5"}, follow=True)

    assert fixed.request["PATH_INFO"] == f"{preview}columns/"
    assert plant() == before
    checked.refresh_from_db()
    assert (checked.applied_at, checked.is_checked) == (None, False)
    for tab in ("new", "refused", "changed"):
        assert browser_of_ada.get(f"{preview}{tab}/").url == f"{preview}columns/"
    assert browser_of_ada.get(f"{preview}refused.xlsx").url == f"{preview}columns/"
    assert browser_of_ada.get(held.url).status_code == 302


def test_a_column_that_somebody_chose_is_not_called_sure(browser_of_ada):
    rows = [["Artikelnr", "Lagerort", "Menge", "Gesperrt"], ["0815", "H1", "5", "7"]]
    page = browser_of_ada.get(sent(browser_of_ada, workbook(*rows)).url, follow=True)
    form = form_of(page) | {"column-0-quantity": "Gesperrt", "column-0-location": ""}

    answer = browser_of_ada.post(page.request["PATH_INFO"], form)

    lines = {line.name: line for line in answer.context["cards"][0].lines}
    assert (answer.status_code, lines["quantity"].title) == (422, "Gesperrt")
    assert lines["quantity"].sureness is None
    assert str(lines["material"].sureness[0]) == "sure"
