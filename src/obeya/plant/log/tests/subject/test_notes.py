import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from obeya.plant.log import attachments, comments
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.attachments import FileRefused, NewAttachment, store
from obeya.plant.log.comments import NewComment, NotYours
from obeya.plant.log.file_types import type_of
from obeya.plant.log.models import Attachment, Comment, OperationsEvent
from obeya.plant.log.refusal import NotPermitted, RowsRefused
from obeya.plant.log.subjects import NoSuchSubject

pytestmark = pytest.mark.usefixtures("subjects")
EQUIPMENT = "resources.Equipment"
PDF = b"%PDF-1.7 a drawing"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def ann(someone, kes):
    return someone("ann", "operator", site=kes)


@pytest.fixture
def press(tree):
    return tree["PRESS-4"]


def attach(row, by, name="drawing.pdf", content=PDF):
    stored = store(io.BytesIO(content), name)
    [made] = attachments.attach_files(files=[NewAttachment(EQUIPMENT, row.pk, stored)], by=by)
    return made


def test_a_comment_stands_with_its_row_until_it_is_taken_back(press, ann):
    by = load_actor(ann)
    [said] = comments.comment(comments=[NewComment(EQUIPMENT, press.pk, " It hums. ")], by=by)

    [shown] = comments.comments_on(model=EQUIPMENT, row_id=press.pk, by=by)
    assert (shown.text, shown.by, shown.site) == ("It hums.", ann, press.site)
    assert "hums" not in OperationsEvent.objects.get(kind="log.comments_made").payload

    comments.withdraw_comments(comments=[said], by=by)
    assert comments.comments_on(model=EQUIPMENT, row_id=press.pk, by=by) == []


def test_nobody_comments_where_they_may_change_nothing(press, tree, ann, someone, kes):
    guest, by = load_actor(someone("gus", "guest", site=kes)), load_actor(ann)
    refused = [
        (NewComment(EQUIPMENT, press.pk, "x"), guest, NotPermitted),
        (NewComment(EQUIPMENT, tree["BRU PRESS-4"].pk, "x"), by, NotPermitted),
        (NewComment(EQUIPMENT, 999_999, "x"), by, NoSuchSubject),
        (NewComment("log.Account", ann.pk, "x"), by, NoSuchSubject),
        (NewComment(EQUIPMENT, press.pk, "  "), by, RowsRefused),
    ]
    for comment, actor, refusal in refused:
        with pytest.raises(refusal):
            comments.comment(comments=[comment], by=actor)

    assert not Comment.objects.exists()


def test_only_who_said_it_takes_it_back(press, ann, by_ida):
    by = load_actor(ann)
    [said] = comments.comment(comments=[NewComment(EQUIPMENT, press.pk, "It hums.")], by=by)

    with pytest.raises(NotYours):
        comments.withdraw_comments(comments=[said], by=by_ida)

    assert Comment.objects.get().withdrawn_at is None


def test_a_file_lies_once_under_its_digest(press, tree, ann, settings):
    by = load_actor(ann)
    first, second = attach(press, by), attach(tree["PRESSES"], by, "same again.pdf")

    digest = hashlib.sha256(PDF).hexdigest()
    assert (first.digest, second.digest, first.size) == (digest, digest, len(PDF))
    assert [p.name for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()] == [digest]
    assert attachments.false_files() == []


def test_a_file_that_was_exchanged_or_lost_is_named(press, ann, settings):
    made = attach(press, load_actor(ann))
    [file] = [p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()]

    file.write_bytes(b"%PDF-1.7 another drawing")
    assert attachments.false_files() == [f"the file {made.digest} was changed in the storage"]
    file.unlink()
    assert attachments.false_files() == [f"the file {made.digest} is missing from the storage"]


def test_the_file_is_served_to_be_saved_and_only_to_who_may_see(client, press, ann, someone, bru):
    made = attach(press, load_actor(ann))
    client.force_login(ann)

    answer = client.get(f"/files/{made.pk}/drawing.pdf")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="drawing.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    client.force_login(someone("eva", "operator", site=bru))
    assert client.get(f"/files/{made.pk}/drawing.pdf").status_code == 403
    assert client.get("/files/999/drawing.pdf").status_code == 404


def test_a_file_of_who_may_not_add_is_not_even_kept(client, press, someone, kes, settings):
    client.force_login(someone("gus", "guest", site=kes))
    sent = SimpleUploadedFile("drawing.pdf", PDF)

    answer = client.post(f"/notes/{EQUIPMENT}/{press.pk}/", {"files": [sent]})

    assert answer.status_code == 403
    assert not settings.MEDIA_ROOT.exists()


def test_a_row_past_all_numbers_is_not_there(client, ann):
    client.force_login(ann)

    assert client.get(f"/notes/{EQUIPMENT}/{'9' * 30}/").status_code == 404


def test_a_file_taken_off_is_a_further_row_and_none_is_changed(press, ann):
    by = load_actor(ann)
    made = attach(press, by)
    attachments.withdraw_attachments(attachments=[made], by=by)

    assert attachments.attachments_on(model=EQUIPMENT, row_id=press.pk, by=by) == []
    assert Attachment.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.filter(pk=made.pk).update(name="other.pdf")
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.filter(pk=made.pk).delete()


@pytest.mark.parametrize(
    ("name", "head", "content_type"),
    [
        ("a.PDF", b"%PDF-1.4", "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("list.csv", "Größe;3\n".encode(), "text/csv"),
        ("a.xlsx", b"PK\x03\x04....[Content_Types].xml", None),  # see below
        ("a.pdf", b"<html><script>", None),
        ("a.html", b"<html>", None),
        ("a.svg", b"<svg onload=alert(1)>", None),
        ("a.txt", b"  <script>alert(1)</script>", None),
        ("a.txt", b"MZ\0\0", None),
        ("a.exe", b"MZ", None),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", None),
        ("", b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(name, head, content_type):
    if name == "a.xlsx":
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert type_of(name, head) == content_type


def test_a_file_of_another_kind_or_size_is_not_kept(settings, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_BYTES", 5_000)
    for name, content in [("x.pdf", b"<html>"), ("x.pdf", PDF + b" " * 6_000)]:
        with pytest.raises(FileRefused):
            store(io.BytesIO(content), name)

    assert not settings.MEDIA_ROOT.exists()


def test_the_panel_takes_words_and_files(client, press, ann, someone, kes):
    client.force_login(ann)
    address = f"/notes/{EQUIPMENT}/{press.pk}/"

    page = client.post(
        address, {"text": "It <hums>.", "files": SimpleUploadedFile("drawing.pdf", PDF)}
    )

    assert page.status_code == 200
    assert "It &lt;hums&gt;." in page.content.decode()
    assert Attachment.objects.get().name == "drawing.pdf"
    client.force_login(someone("gus", "guest", site=kes))
    seen = client.get(address).content.decode()
    assert "drawing.pdf" in seen
    assert "<form" not in seen
    assert client.post(address, {"text": "me too"}).status_code == 403
