"""Who sends call-offs, and what is called off: entered where a message cannot tell it."""

from collections.abc import Sequence

from obeya.modules.calloffs.events import AgreementsSaved, PartnersSaved
from obeya.modules.calloffs.models import ScheduleAgreement, TradingPartner
from obeya.modules.calloffs.rows import AgreementRow, PartnerRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Material, Party, Site

LONGEST_CODE = 80  # leaves room for the day in the codes of its demands


@action(permission="calloffs.edit")
def save_partners(*, site: Site, rows: Sequence[PartnerRow], by: Actor) -> Saved:
    """Which customer a number in a message is, by that number."""
    check = RowCheck(rows)
    check.filled("edi_id", "customer")
    customers = check.known("customer", Party.objects.filter(is_customer=True), what="customer")
    check.refuse()
    wanted = [
        {
            "site_id": site.pk,
            "edi_id": row.edi_id,
            "customer_id": customers[row.customer].pk,
            "our_id": row.our_id or site.code,
            "notice": row.notice,
        }
        for row in rows
    ]
    partners = upsert(TradingPartner.objects.at(site), wanted, key=("edi_id",))
    publish(
        PartnersSaved(partners.ids("new"), partners.ids("changed")),
        site=site,
        changes=partners.changes,
    )
    return partners.saved()


@action(permission="calloffs.edit")
def save_agreements(*, site: Site, rows: Sequence[AgreementRow], by: Actor) -> Saved:
    """What customers call off, by code; the schedule itself comes from their messages."""
    check = RowCheck(rows)
    check.filled("code", "customer", "material")
    check.at_least(0, "opening")
    check.each(
        "code", lambda code: len(code) <= LONGEST_CODE, "longer than 80 characters", "Shorten it."
    )
    materials = check.known("material", Material.objects.all(), what="material")
    customers = check.known("customer", Party.objects.filter(is_customer=True), what="customer")
    for index, row in enumerate(rows):
        if row.dock and row.ship_to != row.dock and not row.ship_to.endswith(f"-{row.dock}"):
            remedy = "Write the place and the dock in ship_to, as P-7-D3, and D3 here."
            check.add(index, "dock", "is not the end of ship_to", remedy)
    _one_of_each(check, site)
    check.refuse()
    wanted = [
        {
            "site_id": site.pk,
            "code": row.code,
            "customer_id": customers[row.customer].pk,
            "material_id": materials[row.material].pk,
            "customer_item": row.customer_item,
            "ship_to": row.ship_to,
            "dock": row.dock,
            "order_code": row.order_code,
            "opening": row.opening,
            "counted_from": row.counted_from,
        }
        for row in rows
    ]
    agreements = upsert(ScheduleAgreement.objects.at(site), wanted, key=("code",))
    publish(
        AgreementsSaved(agreements.ids("new"), agreements.ids("changed")),
        site=site,
        changes=agreements.changes,
    )
    return agreements.saved()


def _one_of_each(check: RowCheck[AgreementRow], site: Site) -> None:
    """One agreement for a customer, material and place: which of two would a message mean?"""
    known = {
        (customer, material, ship_to): code
        for customer, material, ship_to, code in ScheduleAgreement.objects.at(site).values_list(
            "customer__code", "material__code", "ship_to", "code"
        )
    }
    named = {row.code for row in check.rows}
    taken = {key: code for key, code in known.items() if code not in named}
    for index, row in enumerate(check.rows):
        key = (row.customer, row.material, row.ship_to)
        if (other := taken.get(key)) is not None:
            rule = f"agreement {other} is for the same customer, material and place"
            check.add(index, "code", rule, "Change that one, or say another place.")
        taken[key] = row.code
