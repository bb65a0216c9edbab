"""What the preview of a file says, and the yes to it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import Tables


def send(client: Client, tables: Tables) -> str:
    """The address of the preview."""
    file = SimpleUploadedFile("plant.xlsx", files.workbook(tables))
    return client.post("/s/OAK/import/", {"file": file, "profile": "obeya"}).url


def place(sheet, row_of, title):
    """The cell of the row that begins with this code, under this title."""
    titles = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows() if row[0].value == row_of)
    return row[titles.index(title)]


def states(checked):
    return [
        (row.sheet, row.number, row.named, row.state, row.fields or row.faults)
        for row in checked.rows.order_by("place")
    ]


def apply(browser, checked):
    return browser.post(f"/s/OAK/import/{checked.pk}/apply/", follow=True)
