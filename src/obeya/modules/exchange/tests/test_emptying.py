"""A bare cell of what was pasted says nothing; (empty) in it empties it, and so in every sheet."""

import pytest

from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.reading.values import Unreadable
from obeya.modules.exchange.rows import SiteRow
from obeya.modules.exchange.tests.example_plant import put
from obeya.modules.exchange.tests.previews import apply, place, states
from obeya.modules.exchange.tests.previews import send as send_tables
from obeya.plant.resources.models import Material
from obeya.plant.work.models import Operation

pytestmark = pytest.mark.usefixtures("oak")


@pytest.fixture
def paste(browser_of_ada):
    def pasting(target, text):
        browser_of_ada.get("/")
        answer = browser_of_ada.post(f"/s/OAK/paste/{target}", {"text": text})
        return FileImport.objects.last() if answer.status_code == 302 else answer

    return pasting


def test_the_word_empties_what_a_bare_cell_leaves_as_it_is(paste, browser_of_ada):
    """A material without a name is called by its code."""
    text = "code\tname\tsafety_stock\nTABLE\t(empty)\t7\nLEG\t\t4\n"
    leg = Material.objects.get(code="LEG").name

    checked = paste("materials/", text)

    assert states(checked) == [
        ("Materials", 2, "TABLE", "changed",
         [["name", "Oak table", "TABLE"], ["safety_stock", "0", "7"]]),
        ("Materials", 3, "LEG", "changed", [["safety_stock", "0", "4"]]),
    ]  # fmt: skip
    page = browser_of_ada.get(f"/s/OAK/import/{checked.pk}/", follow=True).content.decode()
    assert "Cells emptied, as they say (empty): 1." in page
    assert "Cells that were pasted empty say nothing: 1. Write (empty) where" in page
    apply(browser_of_ada, checked)
    assert Material.objects.get(code="TABLE").name == "TABLE"
    assert Material.objects.get(code="LEG").name == leg != "LEG"


def test_what_must_be_filled_cannot_be_emptied(paste):
    [(*_, state, faults)] = states(paste("demands/", "code\tquantity\nSO-1/1\t(Empty)\n"))

    assert (state, faults[0][:3]) == ("refused", ["quantity", "(Empty)", "is empty"])


def test_in_a_list_that_comes_back_it_means_a_cell_that_was_emptied(exported, send):
    book = exported("/materials/")
    place(book.worksheets[0], "TABLE", "Name").value = "(empty)"

    [(*_, fields)] = states(send(book))

    assert fields == [["name", "Oak table", "TABLE"]]


def test_in_a_sheet_it_means_what_an_empty_cell_means_also_where_that_would_say_nothing(
    browser_of_ada, example
):
    header, *rows = example["Operations"]
    [leg] = [row for row in rows if row[header.index("material")] == "LEG"]
    assert leg[header.index("setup_min")] == 15
    leg[header.index("setup_min")] = "(empty)"
    put(example, "Materials", 2, "name", "'(empty)")  # an apostrophe: it is meant as text
    sent = {name: example[name] for name in ("Materials", "Operations")}

    browser_of_ada.post(f"{send_tables(browser_of_ada, sent)}apply/")

    operation = Operation.objects.get(revision__material__code="LEG")
    assert (operation.setup_s, operation.is_setup_assumed) == (0, False)
    assert Material.objects.get(code="TABLE").name == "(empty)"


def test_the_key_of_a_row_cannot_be_emptied():
    with pytest.raises(Unreadable, match="is empty"):
        columns_of(SiteRow)["code"].read("(EMPTY)", ".")


def test_a_sheet_whose_key_says_empty_is_refused_by_its_cell(browser_of_ada):
    checked = send_tables(browser_of_ada, {"Materials": [["code", "name"], ["(empty)", "Wax"]]})
    page = browser_of_ada.get(checked, follow=True).content.decode()
    assert "is empty" in page
    assert not Material.objects.filter(name="Wax").exists()
