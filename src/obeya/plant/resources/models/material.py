from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.log.fields import MoneyField, QuantityField
from obeya.plant.resources.models.equipment import Equipment
from obeya.plant.resources.models.party import Party
from obeya.plant.resources.models.site import Site
from obeya.plant.resources.models.unit import Unit
from obeya.plant.resources.scope import ArchivableQuerySet, SiteQuerySet


class Material(models.Model):
    """What is made, bought, stored or used up (ISA-95 material definition); enterprise-wide."""

    class Kind(models.TextChoices):
        FINISHED = "finished", _("finished")
        SEMIFINISHED = "semifinished", _("semifinished")
        RAW = "raw", _("raw")
        PURCHASED = "purchased", _("purchased")
        CONSUMABLE = "consumable", _("consumable")
        SPARE = "spare", _("spare part")
        PACKAGING = "packaging", _("packaging")

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    translations = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the base unit of all figures
    is_lot_tracked = models.BooleanField(default=False)
    extra = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ArchivableQuerySet["Material"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="material_has_a_code"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "finished",
                        "semifinished",
                        "raw",
                        "purchased",
                        "consumable",
                        "spare",
                        "packaging",
                    ]
                ),
                name="material_kind_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "id"], name="material_by_code"),
            models.Index(fields=["name", "id"], name="material_by_name"),
            models.Index(fields=["kind", "code", "id"], name="material_by_kind"),
        ]

    def __str__(self) -> str:
        return self.code


class MaterialAtSite(models.Model):
    """How one site gets and keeps a material."""

    class Policy(models.TextChoices):
        MAKE = "make", _("make")
        BUY = "buy", _("buy")
        TRANSFER = "transfer", _("transfer")
        SUBCONTRACT = "subcontract", _("subcontract")

    class LotRule(models.TextChoices):
        LOT_FOR_LOT = "lot_for_lot", _("lot for lot")
        FIXED = "fixed", _("fixed quantity")
        PERIOD = "period", _("supply of a period")
        REORDER_POINT = "reorder_point", _("reorder point")

    material = models.ForeignKey(Material, models.PROTECT, related_name="at_sites")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    policy = models.CharField(max_length=20, choices=Policy.choices, default=Policy.MAKE)
    supplier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    safety_stock = QuantityField(default=0)
    lead_time_s = models.PositiveBigIntegerField(default=0)
    lot_rule = models.CharField(max_length=20, choices=LotRule.choices, default=LotRule.LOT_FOR_LOT)
    lot_minimum = QuantityField(default=0)
    lot_multiple = QuantityField(default=0)  # 0: any quantity
    standard_cost = MoneyField(default=0)  # of one base unit, in the site's currency
    storage = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="+"
    )  # where it is kept by default

    objects = SiteQuerySet["MaterialAtSite"].as_manager()

    class Meta:
        verbose_name_plural = "materials at sites"
        constraints = [
            models.UniqueConstraint(fields=["material", "site"], name="material_once_per_site"),
            models.CheckConstraint(
                condition=Q(policy__in=["make", "buy", "transfer", "subcontract"]),
                name="material_at_site_policy_is_known",
            ),
            models.CheckConstraint(
                condition=Q(safety_stock__gte=0, lot_minimum__gte=0, lot_multiple__gte=0),
                name="material_at_site_figures_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(standard_cost__gte=0), name="material_at_site_cost_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material} at {self.site}"


class MaterialRevision(models.Model):
    """A state of the design: bill of materials and operations belong to it."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="revisions")
    code = models.CharField(max_length=100)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # last day, included

    class Meta:
        ordering = ["material", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["material", "code"], name="material_revision_code_once"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="material_revision_has_a_code"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="material_revision_valid_to_after_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material}/{self.code}"
