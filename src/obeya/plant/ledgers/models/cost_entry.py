from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.ledgers.models.stock import StockMove
from obeya.plant.ledgers.models.time_log import TimeLog
from obeya.plant.log.fields import MoneyField, QuantityField
from obeya.plant.resources.models import Equipment, Material, Site
from obeya.plant.resources.scope import SiteQuerySet
from obeya.plant.work.models import JobOrder


class CostEntry(models.Model):
    """An amount of money caused by work, material or time, in the site's currency; append-only."""

    class Element(models.TextChoices):
        MATERIAL = "material", _("material")
        LABOUR = "labour", _("labour")
        MACHINE = "machine", _("machine")
        OVERHEAD = "overhead", _("overhead")
        SCRAP = "scrap", _("scrap")
        SUBCONTRACT = "subcontract", _("subcontract")
        VARIANCE = "variance", _("variance")

    append_only = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    element = models.CharField(max_length=20, choices=Element.choices)
    amount = MoneyField()  # negative is a credit
    quantity = QuantityField(null=True, blank=True)
    job = models.ForeignKey(
        JobOrder, models.PROTECT, null=True, blank=True, related_name="cost_entries"
    )
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    material = models.ForeignKey(Material, models.PROTECT, null=True, blank=True, related_name="+")
    stock_move = models.ForeignKey(
        StockMove, models.PROTECT, null=True, blank=True, related_name="cost_entries"
    )
    time_log = models.ForeignKey(
        TimeLog, models.PROTECT, null=True, blank=True, related_name="cost_entries"
    )
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    document = models.CharField(max_length=100, blank=True, default="")
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    by = models.ForeignKey("log.Account", models.PROTECT, related_name="+", db_index=False)

    objects = SiteQuerySet["CostEntry"].as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "cost entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    element__in=[
                        "material",
                        "labour",
                        "machine",
                        "overhead",
                        "scrap",
                        "subcontract",
                        "variance",
                    ]
                ),
                name="cost_entry_element_is_known",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="cost_entry_has_an_amount"),
        ]
        indexes = [models.Index(fields=["site", "effective_at", "id"], name="cost_entry_by_time")]

    def __str__(self) -> str:
        return f"{self.element} {self.amount}"
