from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import Equipment, Material, MaterialLot, Site, Unit
from obeya.plant.resources.scope import SiteQuerySet
from obeya.plant.work.models import JobOrder


class StockStatus(models.TextChoices):
    AVAILABLE = "available", _("available")
    QUALITY = "quality", _("in quality inspection")
    BLOCKED = "blocked", _("blocked")


class StockMove(models.Model):
    """A quantity of material went from one place to another, or from one status to another.

    The stock ledger: double entry, append-only. A correction is a row that reverses another.
    """

    append_only = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    from_location = models.ForeignKey(Equipment, models.PROTECT, related_name="+")
    to_location = models.ForeignKey(Equipment, models.PROTECT, related_name="+")
    material = models.ForeignKey(
        Material, models.PROTECT, related_name="stock_moves", db_index=False
    )
    lot = models.ForeignKey(
        MaterialLot,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_moves",
        db_index=False,
    )
    from_status = models.CharField(max_length=20, choices=StockStatus.choices)
    status = models.CharField(max_length=20, choices=StockStatus.choices)  # on arrival
    quantity = QuantityField()  # in the material's base unit
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # as entered
    entered_quantity = QuantityField()
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    job = models.ForeignKey(
        JobOrder, models.PROTECT, null=True, blank=True, related_name="stock_moves"
    )
    document = models.CharField(max_length=100, blank=True, default="")
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    by = models.ForeignKey("log.Account", models.PROTECT, related_name="+", db_index=False)

    objects = SiteQuerySet["StockMove"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="stock_move_quantity_is_positive"
            ),
            models.CheckConstraint(
                condition=~Q(from_location=F("to_location")) | ~Q(from_status=F("status")),
                name="stock_move_changes_place_or_status",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["available", "quality", "blocked"],
                    from_status__in=["available", "quality", "blocked"],
                ),
                name="stock_move_status_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["lot", "effective_at"], name="stock_move_by_lot"),
            models.Index(fields=["material", "effective_at"], name="stock_move_by_material"),
            models.Index(fields=["site", "effective_at", "id"], name="stock_move_by_time"),
            models.Index(fields=["document", "id"], name="stock_move_by_document"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.material} from {self.from_location} to {self.to_location}"


class StockBalance(models.Model):
    """What lies at a real place now: a cache of the moves, changed with them and proved."""

    location = models.ForeignKey(Equipment, models.PROTECT, related_name="stock")
    material = models.ForeignKey(Material, models.PROTECT, related_name="stock")
    lot = models.ForeignKey(
        MaterialLot, models.PROTECT, null=True, blank=True, related_name="stock"
    )
    status = models.CharField(max_length=20, choices=StockStatus.choices)
    quantity = QuantityField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location", "material", "lot", "status"], name="stock_balance_once_per_lot"
            ),
            models.UniqueConstraint(
                fields=["location", "material", "status"],
                condition=Q(lot=None),
                name="stock_balance_once_without_lot",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0), name="stock_balance_never_overdrawn"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["available", "quality", "blocked"]),
                name="stock_balance_status_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["material", "status", "location"], name="stock_by_material")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.material} at {self.location}"
