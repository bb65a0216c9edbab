"""One function per page fragment; each with a bounded number of queries."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.http import Http404

from obeya.engines.calloffs.despatch import Despatch, DespatchLine
from obeya.engines.calloffs.edifact.desadv import write_desadv
from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.x12.ship_notice import write_856
from obeya.modules.calloffs.bridge import (
    accepted_line,
    explained_by,
    place_without_dock,
    slots_of,
)
from obeya.modules.calloffs.demands import moves_of, on_the_way
from obeya.modules.calloffs.differences import compared
from obeya.modules.calloffs.models import (
    CallOffRelease,
    DeliveryMove,
    ScheduleAgreement,
    TradingPartner,
)
from obeya.modules.calloffs.refusals import NoSuchNotice
from obeya.modules.calloffs.told import told
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site

MOST = 30


class NoticeRefused(Refusal):
    """A shipping notice cannot carry one of its numbers."""


@query(permission="calloffs.view")
def agreements(*, site: Site, by: Actor) -> QuerySet[ScheduleAgreement]:
    """With `moved`: shipped here since the customer began to count."""
    since = Q(counted_from=None) | Q(deliveries__at__date__gte=F("counted_from"))
    counted = Q(deliveries__kind=DeliveryMove.Kind.SHIPPED) & since
    return (
        ScheduleAgreement.objects.at(site)
        .select_related("site", "customer", "material__unit")
        .annotate(moved=Sum("deliveries__quantity", filter=counted))
    )


@query(permission="calloffs.view")
def partners(*, site: Site, by: Actor) -> QuerySet[TradingPartner]:
    return TradingPartner.objects.at(site).select_related("customer").order_by("edi_id", "id")


@query(permission="calloffs.view")
def releases(*, site: Site, by: Actor) -> list[CallOffRelease]:
    """Those that wait come first, however old they are, then those accepted last."""
    found: list[CallOffRelease] = []
    for piece in release_pieces(site):
        found += piece[: MOST - len(found)]
    return found


def release_pieces(site: Site) -> list[QuerySet[CallOffRelease]]:
    """What waits, and what was accepted: each stands together in one index, newest last."""
    kept = CallOffRelease.objects.at(site).select_related("customer")
    told = kept.defer("content", "lines", "differences").order_by("-accepted_at", "-pk")
    return [told.filter(accepted_at=None), told.filter(accepted_at__isnull=False)]


@query(permission="calloffs.view")
def every_release(*, site: Site, by: Actor) -> QuerySet[CallOffRelease]:
    return CallOffRelease.objects.at(site)


@query(permission="calloffs.view")
def release(*, site: Site, release_id: int, by: Actor) -> CallOffRelease:
    found = CallOffRelease.objects.at(site).select_related("customer", "site", "sent_by")
    kept = found.filter(pk=release_id).first()
    if kept is None:
        raise Http404(f"There is no call-off {release_id} at {site}.")
    return kept


@query(permission="calloffs.view")
def differences(*, site: Site, kept: CallOffRelease, by: Actor) -> list[dict[str, Any]]:
    """Worst first; of an accepted release as they were then."""
    if kept.accepted_at:
        return list(kept.differences)
    today = clock.now().astimezone(site.zone).date()
    return [told(each) for each in compared(kept, today=today)]


@query(permission="calloffs.view")
def agreement_page(*, site: Site, code: str, by: Actor) -> dict[str, Any]:
    """One agreement: its zones, and its cumulative line with what explains it."""
    found = agreements(site=site, by=by).filter(code=code).first()
    if found is None:
        raise Http404(f"There is no schedule agreement {code} at {site}.")
    moves = list(found.deliveries.order_by("at", "pk"))
    explained = explained_by(found, accepted_line(found), moves, site)
    total = Decimal(0)
    ledger = []
    for each in moves:
        total += each.quantity if each.kind == DeliveryMove.Kind.SHIPPED else Decimal(0)
        ledger.append({"move": each, "total": found.opening + total})
    slots = slots_of(found.slots)
    zones: dict[str, Decimal] = {}
    for slot in slots:
        zones[slot.zone.value] = zones.get(slot.zone.value, Decimal(0)) + slot.quantity
    return {
        "agreement": found,
        "slots": slots,
        "zones": zones,
        "ledger": ledger[::-1][:MOST],
        "explained": explained,
        "shipped": explained.shipped if explained else found.opening + total,
        "on_the_way": on_the_way(found, moves, site),
    }


@query(permission="calloffs.view")
def notice(*, site: Site, document: str, by: Actor) -> tuple[str, bytes]:
    """(file name, message): the shipping notice of a delivery note, as its customer takes it."""
    shipped = DeliveryMove.objects.filter(
        agreement__site=site, kind=DeliveryMove.Kind.SHIPPED, document=document
    ).select_related("agreement__customer", "agreement__material__unit")
    moves = list(shipped.order_by("pk"))
    if not moves:
        raise NoSuchNotice(f"No delivery {document} is recorded. Record it first.")
    head = moves[0].agreement
    places = {(each.agreement.customer_id, each.agreement.ship_to) for each in moves}
    if len(places) > 1:
        raise NoSuchNotice(
            f"Delivery {document} goes to {len(places)} places. Give each a number of its own."
        )
    partner = TradingPartner.objects.at(site).filter(customer=head.customer).order_by("pk").first()
    despatch = Despatch(
        document=document,
        shipped_at=moves[0].at.astimezone(site.zone).replace(tzinfo=None),
        sender=partner.our_id if partner else site.code,
        recipient=partner.edi_id if partner else head.customer.code,
        ship_to=place_without_dock(head),
        dock=head.dock,
        control=moves[0].pk,
        lines=_lines(moves, site),
    )
    is_x12 = partner is not None and partner.notice == TradingPartner.Notice.X12_856
    try:
        data = write_856(despatch) if is_x12 else write_desadv(despatch)
    except Wrong as wrong:
        raise NoticeRefused(f"Delivery {document}: {wrong}") from None
    return f"{document}.{'x12' if is_x12 else 'edi'}", data


def _lines(moves: Sequence[DeliveryMove], site: Site) -> list[DespatchLine]:
    """With what was shipped up to each of them, since the customer began to count."""
    ledger = moves_of([each.agreement for each in moves])
    lines = []
    for move in moves:
        agreement = move.agreement
        counted = agreement.opening
        for each in ledger[agreement.pk]:
            on = each.at.astimezone(site.zone).date()
            if each.kind == DeliveryMove.Kind.SHIPPED and (
                agreement.counted_from is None or on >= agreement.counted_from
            ):
                counted += each.quantity
            if each.pk == move.pk:
                break
        lines.append(
            DespatchLine(
                item=agreement.customer_item or agreement.material.code,
                supplier_item=agreement.material.code,
                quantity=move.quantity,
                unit=agreement.edi_unit or "PCE",
                cumulative=counted,
                order_code=agreement.order_code,
            )
        )
    return lines
