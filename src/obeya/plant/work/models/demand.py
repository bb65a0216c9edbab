from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import Material, Party, Site
from obeya.plant.resources.scope import SiteQuerySet


class DemandQuerySet(SiteQuerySet["Demand"]):
    def open(self) -> "DemandQuerySet":
        return self.filter(status=Demand.Status.OPEN)


class Demand(models.Model):
    """Someone wants a quantity of a material by a time: the reason for everything planned."""

    class Kind(models.TextChoices):
        ORDER_LINE = "order_line", _("order line")
        CALL_OFF = "call_off", _("call-off")
        FORECAST = "forecast", _("forecast")
        SAFETY_STOCK = "safety_stock", _("safety stock")
        TRANSFER = "transfer", _("transfer")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        SHIPPED = "shipped", _("shipped")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", db_index=False)  # see Meta
    code = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ORDER_LINE)
    material = models.ForeignKey(Material, models.PROTECT, related_name="demands")
    quantity = QuantityField()
    due_at = models.DateTimeField()
    weight = models.PositiveIntegerField(default=1)  # what a late hour counts
    customer = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="demands"
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    order_code = models.CharField(max_length=100, blank=True, default="")
    extra = models.JSONField(default=dict, blank=True)

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="demand_code_once_per_site"),
            models.CheckConstraint(condition=~Q(code=""), name="demand_has_a_code"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="demand_quantity_is_positive"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["order_line", "call_off", "forecast", "safety_stock", "transfer"]
                ),
                name="demand_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "shipped", "closed", "cancelled"]),
                name="demand_status_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "code", "id"], name="demand_by_code"),
            models.Index(fields=["site", "due_at", "id"], name="demand_by_due"),
            models.Index(fields=["site", "status", "due_at", "id"], name="demand_by_status"),
            models.Index(fields=["site", "order_code", "id"], name="demand_by_order"),
        ]

    def __str__(self) -> str:
        return self.code
