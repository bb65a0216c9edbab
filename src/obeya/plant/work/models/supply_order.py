from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import Material, MaterialRevision, Party, Site
from obeya.plant.resources.scope import SiteQuerySet


class SupplyOrderQuerySet(SiteQuerySet["SupplyOrder"]):
    def proposed_by(self, run_id: int) -> "SupplyOrderQuerySet":
        return self.filter(plan_run_id=run_id, status=SupplyOrder.Status.PROPOSED)

    def binding(self) -> "SupplyOrderQuerySet":
        """Firm or further, not yet finished: what the plant has decided to supply."""
        return self.filter(status__in=["firm", "released", "started"])


class SupplyOrder(models.Model):
    """Where a quantity of a material comes from: made, bought, moved between sites, subcontracted.

    A proposed row belongs to a plan run and has no number; runs stand side by side.
    """

    class Kind(models.TextChoices):
        MAKE = "make", _("make")
        BUY = "buy", _("buy")
        TRANSFER = "transfer", _("transfer")
        SUBCONTRACT = "subcontract", _("subcontract")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        FIRM = "firm", _("firm")
        RELEASED = "released", _("released")
        STARTED = "started", _("started")
        COMPLETED = "completed", _("completed")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    number = models.CharField(max_length=100, null=True, blank=True)  # none yet: proposed
    kind = models.CharField(max_length=20, choices=Kind.choices)
    material = models.ForeignKey(Material, models.PROTECT, related_name="supply_orders")
    material_revision = models.ForeignKey(
        MaterialRevision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    quantity = QuantityField()
    due_at = models.DateTimeField()
    available_at = models.DateTimeField(null=True, blank=True)  # promised or planned
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PROPOSED)
    plan_run = models.ForeignKey("log.Run", models.PROTECT, null=True, blank=True, related_name="+")
    supplier = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="supply_orders"
    )
    extra = models.JSONField(default=dict, blank=True)

    objects = SupplyOrderQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="supply_order_number_once"),
            models.CheckConstraint(
                condition=Q(number=None) | ~Q(number=""), name="supply_order_number_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", number=None, plan_run__isnull=False)
                | (~Q(status="proposed") & Q(number__isnull=False)),
                name="supply_order_numbered_once_firm",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="supply_order_quantity_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["make", "buy", "transfer", "subcontract"]),
                name="supply_order_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "proposed",
                        "firm",
                        "released",
                        "started",
                        "completed",
                        "closed",
                        "cancelled",
                    ]
                ),
                name="supply_order_status_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "due_at", "id"], name="supply_order_by_due"),
            models.Index(fields=["site", "kind", "due_at", "id"], name="supply_order_by_kind"),
            models.Index(fields=["site", "status", "due_at", "id"], name="supply_order_by_status"),
            models.Index(fields=["material", "status", "due_at"], name="supply_order_by_material"),
        ]

    def __str__(self) -> str:
        return self.number or f"proposal {self.pk}"


class SupplyOrderTransition(models.Model):
    """A supply order's step from one status to the next: when, and by whom."""

    append_only = True

    supply_order = models.ForeignKey(SupplyOrder, models.PROTECT, related_name="transitions")
    from_status = models.CharField(max_length=20, blank=True, default="")  # empty: it was made
    to_status = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey("log.Account", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["supply_order", "id"], name="supply_order_last_step")]

    def __str__(self) -> str:
        return f"{self.supply_order}: {self.from_status} → {self.to_status}"
