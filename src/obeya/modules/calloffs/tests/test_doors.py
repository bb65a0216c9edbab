"""The page, the command line and the shipping notices say the same as the verbs."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.calloffs import queries
from obeya.modules.calloffs.actions import record_deliveries, save_agreements, save_partners
from obeya.modules.calloffs.models import CallOffRelease, DeliveryMove, ScheduleAgreement
from obeya.modules.calloffs.refusals import NoSuchNotice
from obeya.modules.calloffs.rows import AgreementRow, DeliveryRow, PartnerRow
from obeya.modules.calloffs.taking_in import take_in
from obeya.modules.calloffs.tests import sending as s
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.log.refusal import RowsRefused

pytestmark = pytest.mark.django_db
FIRST = s.delfor(s.part("4711-A", 500, 400, 900, received=0))
NEXT = s.delfor(s.part("4711-A", 450, 400, 900, received=0), document="CO-2", issued="20261124")


def upload(browser, site, data):
    return browser.post(
        f"/s/{site.code}/call-offs/", {"file": SimpleUploadedFile("c.edi", data)}, follow=True
    )


def test_a_file_is_compared_and_accepted_on_its_page(plant, sign_in):
    browser = sign_in("planner")
    s.accept(plant, FIRST)

    shown = upload(browser, plant.site, NEXT)

    page = shown.content.decode()
    assert "firm zone broken" in page
    assert "was firm until" in page
    [line] = shown.context["exceptions"]
    assert (line["quantity"], line["material"]) == (Decimal(-50), "HOUSING")
    release = CallOffRelease.objects.get(document="CO-2")
    done = browser.post(f"/s/{plant.site.code}/call-offs/{release.pk}/accept/", follow=True)
    assert "accepted" in done.content.decode()
    assert s.demands(plant)[0] == ("12-01", 450, "call_off", "open")
    kept = browser.get(f"/s/{plant.site.code}/call-offs/{release.pk}/message/")
    assert kept.content == NEXT


def test_a_refused_file_names_each_segment_on_the_page(plant, sign_in):
    broken = FIRST.replace(b"QTY+113:500", b"QTY+113:five")

    shown = upload(sign_in("planner"), plant.site, broken)

    assert shown.status_code == 422
    assert "QTY): quantity “five” is no number" in shown.content.decode()
    assert not CallOffRelease.objects.exists()


def test_who_may_only_look_takes_nothing_in(plant, sign_in):
    browser = sign_in("buyer")

    assert browser.get(f"/s/{plant.site.code}/call-offs/").status_code == 200
    assert upload(browser, plant.site, FIRST).status_code == 403
    address = f"/s/{plant.site.code}/call-offs/agreements/AUREL-HOUSING/"
    said = {"kind": "shipped", "document": "LS-1", "quantity": "5"}
    assert "Record it" not in browser.get(address).content.decode()
    browser.post(address, said)
    assert not CallOffRelease.objects.exists()
    assert not DeliveryMove.objects.exists()


def test_a_delivery_is_recorded_on_the_page_of_its_agreement(plant, sign_in):
    browser = sign_in("planner")
    s.accept(plant, FIRST)
    address = f"/s/{plant.site.code}/call-offs/agreements/AUREL-HOUSING/"

    said = {"kind": "shipped", "document": "LS-1", "quantity": "180"}
    shown = browser.post(address, said, follow=True)

    assert shown.context["shipped"] == Decimal(180)
    assert shown.context["on_the_way"] == Decimal(180)
    assert s.demands(plant)[0][1] == 320


def test_a_partner_is_entered_on_the_page(plant, sign_in):
    browser = sign_in("planner")
    aurel = ScheduleAgreement.objects.get().customer

    said = {"edi_id": "GLN-1", "customer": aurel.pk, "our_id": "", "notice": "desadv"}
    browser.post(f"/s/{plant.site.code}/call-offs/partners/", said)

    found = queries.partners(site=plant.site, by=plant.by)
    assert [(each.edi_id, each.our_id) for each in found] == [
        ("CUST-A", "S-1"),
        ("GLN-1", plant.site.code),
    ]


def test_the_shipping_notice_of_a_delivery_counts_on_from_what_was_shipped(plant, sign_in):
    s.accept(plant, FIRST)
    rows = [
        DeliveryRow("AUREL-HOUSING", "LS-1", Decimal(180)),
        DeliveryRow("AUREL-HOUSING", "LS-2", Decimal(20)),
    ]
    record_deliveries(site=plant.site, rows=rows, by=plant.by)

    answer = sign_in("planner").get(f"/s/{plant.site.code}/call-offs/notices/LS-2/")

    segments = answer.content.decode().split("'\r\n")
    assert "QTY+12:20:PCE" in segments
    assert "QTY+3:200:PCE" in segments
    assert "NAD+BY+CUST-A::92" in segments
    assert answer.headers["Content-Disposition"] == 'attachment; filename="LS-2.edi"'
    with pytest.raises(NoSuchNotice, match="No delivery LS-9 is recorded"):
        queries.notice(site=plant.site, document="LS-9", by=plant.by)


def test_a_customer_of_x12_gets_an_856(plant):
    row = PartnerRow("CUST-A", "AUREL", our_id="S-1", notice="x12_856")
    save_partners(site=plant.site, rows=[row], by=plant.by)
    s.accept(plant, FIRST)
    rows = [DeliveryRow("AUREL-HOUSING", "LS-1", Decimal(180))]
    record_deliveries(site=plant.site, rows=rows, by=plant.by)

    name, data = queries.notice(site=plant.site, document="LS-1", by=plant.by)

    assert name == "LS-1.x12"
    assert "SN1**180*PCE*180~" in data.decode()


def test_the_command_line_accepts_what_needs_no_person(plant, tmp_path, capsys):
    s.accept(plant, FIRST)
    file = tmp_path / "next.edi"
    later = s.delfor(
        s.part("4711-A", 500, 400, 950, received=0), document="CO-2", issued="20261124"
    )
    file.write_bytes(later)

    assert take_in(file, site_code="", accept=True) == 0

    assert capsys.readouterr().out.splitlines() == [
        "DELFOR D.96A CO-2 of AUREL: 1 parts, 1 changed, 0 need a person",
        "  HOUSING: more, 50 from 2027-01-05",
        "  Accepted.",
    ]
    assert s.demands(plant)[2][1] == 950


def test_the_command_line_leaves_a_breach_to_a_person(plant, tmp_path, capsys):
    s.accept(plant, FIRST)
    file = tmp_path / "next.edi"
    file.write_bytes(NEXT)

    assert take_in(file, site_code=plant.site.code, accept=True) == 1

    assert "HOUSING: firm zone broken, -50 from 2026-12-01" in capsys.readouterr().out
    assert s.demands(plant)[0][1] == 500


def test_what_the_customer_writes_stands_at_the_agreement_until_the_next_schedule(plant, sign_in):
    address = f"/s/{plant.site.code}/call-offs/agreements/AUREL-HOUSING/"
    written = [*s.part("4711-A", 500, 400, 900, received=0), "FTX+AAI+++Closed on 24 <December>"]
    s.accept(plant, s.delfor(written))

    page = sign_in("planner").get(address).content.decode()

    assert "What the customer writes" in page
    assert "Closed on 24 &lt;December&gt;" in page
    s.accept(plant, s.deljit("4711-A", ("20261201", 500)))
    assert ScheduleAgreement.objects.get().notes == ["Closed on 24 <December>"]
    s.accept(
        plant, s.delfor(s.part("4711-A", 5, 4, 9, received=0), document="C", issued="20261124")
    )
    assert ScheduleAgreement.objects.get().notes == []


def test_what_the_customer_writes_is_kept_with_its_message_and_in_no_log(plant):
    """People put names and telephone numbers there, and the log keeps what it holds for good."""
    written = [*s.part("4711-A", 500, 400, 900, received=0), "FTX+AAI+++Ask Nora on 0170 123"]
    s.accept(plant, s.delfor(written))
    s.accept(
        plant, s.delfor(s.part("4711-A", 5, 4, 9, received=0), document="C", issued="20261124")
    )

    accepted = OperationsEvent.objects.filter(kind="calloffs.release_accepted").order_by("pk")
    of_agreements = ChangeRow.objects.filter(model="calloffs.ScheduleAgreement")
    first, second = [of_agreements.get(event=each).fields for each in accepted]
    assert (first["notes"], second["notes"]) == (["*", "*"], ["*", "*"])
    assert (first["document"], second["document"]) == (["", "CO-1"], ["CO-1", "C"])
    assert "Nora" not in str([row.fields for row in ChangeRow.objects.all()])
    assert not OperationsEvent.objects.filter(payload__contains="Nora").exists()
    kept = CallOffRelease.objects.order_by("pk").first()
    assert kept.lines[0]["notes"] == ["Ask Nora on 0170 123"]


def test_the_unloading_point_of_the_call_off_stands_in_the_notice(plant):
    lines = s.part("P-001", 500, 400, 900, received=0)
    lines.insert(2, "LOC+11+D3::92")
    s.accept(plant, s.delfor(lines))
    agreement = ScheduleAgreement.objects.get(material__code="P-001")
    assert (agreement.ship_to, agreement.dock) == ("P-7-D3", "D3")
    row = DeliveryRow(agreement.code, "LS-1", Decimal(180))
    record_deliveries(site=plant.site, rows=[row], by=plant.by)

    _, message = queries.notice(site=plant.site, document="LS-1", by=plant.by)

    assert b"NAD+ST+P-7::92'\r\nLOC+11+D3::92'\r\nCPS+1'" in message


def test_a_dock_is_the_end_of_its_place(plant):
    row = AgreementRow("A-1", "AUREL", "P-002", ship_to="P-7", dock="D3")
    before = s.everything()

    with pytest.raises(RowsRefused, match="is not the end of ship_to"):
        save_agreements(site=plant.site, rows=[row], by=plant.by)

    assert s.everything() == before
    save_agreements(site=plant.site, rows=[replace(row, ship_to="P-7-D3")], by=plant.by)
    assert ScheduleAgreement.objects.get(code="A-1").dock == "D3"
