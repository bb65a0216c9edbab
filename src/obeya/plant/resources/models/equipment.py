from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.models.calendar import WorkCalendar
from obeya.plant.resources.models.site import Site
from obeya.plant.resources.scope import SiteArchivableQuerySet


class EquipmentClass(models.Model):
    """What a group of equipment can do (ISA-95 equipment class): any member can be chosen."""

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "equipment classes"
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="equipment_class_has_a_code")
        ]

    def __str__(self) -> str:
        return self.code


class EquipmentQuerySet(SiteArchivableQuerySet["Equipment"]):
    def real(self) -> "EquipmentQuerySet":
        return self.filter(is_virtual=False)

    def under(self, equipment: "Equipment") -> "EquipmentQuerySet":
        """The equipment and everything below it."""
        if not equipment.path:
            raise ValueError(
                f"{equipment} has no path yet. Call tree.repath(site) after inserting."
            )
        return self.filter(path__startswith=equipment.path)


class Equipment(models.Model):
    """One node of the site's tree: an area, a work center, a work unit or a place for stock."""

    class Level(models.TextChoices):
        AREA = "area", _("area")
        WORK_CENTER = "work_center", _("work center")
        WORK_UNIT = "work_unit", _("work unit")
        STORAGE = "storage", _("storage")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", db_index=False)  # see Meta
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    translations = models.JSONField(default=dict, blank=True)  # language → name
    level = models.CharField(max_length=20, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=500, blank=True, default="")  # ids from the root: "/3/17/"
    calendar = models.ForeignKey(
        WorkCalendar, models.PROTECT, null=True, blank=True, related_name="+"
    )
    classes = models.ManyToManyField(
        EquipmentClass, through="EquipmentClassMember", related_name="members"
    )
    capacity = models.PositiveIntegerField(default=1)  # jobs at the same time
    batch_places = models.PositiveIntegerField(null=True, blank=True)  # of an oven, a tank …
    is_virtual = models.BooleanField(default=False)
    current_setup_family = models.CharField(max_length=100, blank=True, default="")
    extra = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "equipment"
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="equipment_code_once_per_site"),
            models.CheckConstraint(condition=~Q(code=""), name="equipment_has_a_code"),
            models.CheckConstraint(
                condition=Q(level__in=["area", "work_center", "work_unit", "storage"]),
                name="equipment_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="equipment_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(is_virtual=False) | Q(level="storage"),
                name="equipment_virtual_is_storage",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="equipment_has_capacity"),
            models.CheckConstraint(
                condition=Q(batch_places=None) | Q(batch_places__gte=1),
                name="equipment_batch_places_from_one",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "code", "id"], name="equipment_by_code"),
            models.Index(fields=["site", "level", "code", "id"], name="equipment_by_level"),
            models.Index(fields=["site", "name", "id"], name="equipment_by_name"),
            models.Index(fields=["path"], name="equipment_by_path"),
        ]

    def __str__(self) -> str:
        return self.code


class EquipmentClassMember(models.Model):
    """This equipment can do what the class asks for."""

    equipment = models.ForeignKey(Equipment, models.CASCADE, related_name="memberships")
    equipment_class = models.ForeignKey(EquipmentClass, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["equipment", "equipment_class"], name="equipment_class_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.equipment} in {self.equipment_class}"
