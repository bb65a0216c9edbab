"""Checks of what is wanted, bought and kept: dead orders, past dates, idle materials, twins."""

import re
import unicodedata
from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obeya.modules.exchange.doctor.finding import Finding, Sick
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.resources.models import Material, Party, Site
from obeya.plant.work.models import BomLine, Demand, MaterialRequirement, Operation, SupplyOrder

DEAD_AFTER = timedelta(days=30)
LEGAL_FORM = re.compile(
    r"\b(gmbh|co|kg|ag|mbh|ohg|ug|inc|llc|ltd|limited|corp|corporation|plc|sa|srl|sl|slu|bv|nv|ab"
    r"|oy|as|spa|sas|sarl)\b"
)


def dead_purchases(site: Site, now: datetime) -> Finding:
    orders = SupplyOrder.objects.at(site).filter(
        kind="buy", status__in=("firm", "released", "started"), due_at__lt=now - DEAD_AFTER
    )
    return Finding(
        "dead_purchases",
        gettext_lazy("Purchases that nobody expects any more"),
        gettext_lazy("Due more than 30 days ago and still open: the plan counts on them."),
        [
            Sick(str(each.number), _("%(material)s, due %(day)s") % _said(each, site))
            for each in orders.select_related("material").order_by("due_at", "id")
        ],
        gettext_lazy("Cancel them"),
    )


def due_in_the_past(site: Site, now: datetime) -> Finding:
    demands = Demand.objects.at(site).filter(status="open", due_at__lt=now)
    return Finding(
        "due_in_the_past",
        gettext_lazy("Open orders due in the past"),
        gettext_lazy("They are planned first, before all that can still be in time."),
        [
            Sick(
                each.code,
                _("%(material)s, due %(day)s") % _said(each, site),
                reverse("orders:demand", args=[site.code, each.code]),
            )
            for each in demands.select_related("material").order_by("due_at", "id")
        ],
    )


def never_used(site: Site, now: datetime) -> Finding:
    """Nothing is made of it or with it, nobody wants or orders it, and none lies in stock."""
    uses = (
        BomLine.objects.filter(component=OuterRef("pk")),
        BomLine.objects.filter(revision__material=OuterRef("pk")),
        Operation.objects.filter(revision__material=OuterRef("pk")),
        Demand.objects.filter(material=OuterRef("pk")),
        SupplyOrder.objects.filter(material=OuterRef("pk")),
        MaterialRequirement.objects.filter(material=OuterRef("pk")),
        StockBalance.objects.filter(material=OuterRef("pk"), quantity__gt=0),
    )
    idle = Material.objects.filter(archived_at=None, at_sites__site=site)
    for use in uses:
        idle = idle.exclude(Exists(use))
    return Finding(
        "never_used",
        gettext_lazy("Materials that nothing uses"),
        gettext_lazy("They only lengthen every list; their codes stay taken in the archive."),
        [
            Sick(each.code, each.name, reverse("engineering:material", args=[each.code]))
            for each in idle.order_by("code")
        ],
        gettext_lazy("Put them into the archive"),
    )


def parties_twice(site: Site, now: datetime) -> Finding:
    """Names that are one name without legal form, accents, case and signs."""
    by_name: dict[str, list[Party]] = defaultdict(list)
    for each in Party.objects.filter(archived_at=None).order_by("code"):
        by_name[_bare(each.name)].append(each)
    return Finding(
        "parties_twice",
        gettext_lazy("Customers or suppliers entered twice"),
        gettext_lazy("Orders of one partner stand under two codes, and each looks small."),
        [
            Sick(" · ".join(each.code for each in twins), " = ".join(each.name for each in twins))
            for name, twins in sorted(by_name.items())
            if name and len(twins) > 1
        ],
    )


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " "))
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    words = LEGAL_FORM.sub(" ", re.sub(r"[^\w]+", " ", plain.replace(".", "")))
    return " ".join(words.split())


def _said(each: Demand | SupplyOrder, site: Site) -> dict[str, str]:
    day = date_format(each.due_at.astimezone(site.zone), "SHORT_DATE_FORMAT")
    return {"material": each.material.code, "day": day}
