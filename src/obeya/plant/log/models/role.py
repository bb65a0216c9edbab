"""Roles as data: what a role permits, and who has it where."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Role(models.Model):
    """A set of permissions under the plant's word for the people who need them."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    is_shipped = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="role_has_a_code")]

    def __str__(self) -> str:
        return self.name


class RolePermission(models.Model):
    """A permission that rooms ship with the role, or the plant's own yes or no to one."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="permission_rows")
    permission = models.CharField(max_length=80)
    is_granted = models.BooleanField(default=True)
    is_plants_own = models.BooleanField(default=False)  # stays when the shipped roles change

    class Meta:
        ordering = ["permission"]
        constraints = [
            models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once"),
            models.CheckConstraint(
                condition=Q(is_granted=True) | Q(is_plants_own=True),
                name="role_permission_only_a_plant_says_no",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.permission}"


class RoleAssignment(models.Model):
    """An account has a role everywhere, at a site, or in one branch of its equipment tree."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments"
    )
    role = models.ForeignKey(Role, models.PROTECT, related_name="assignments")
    site = models.ForeignKey(
        "resources.Site", models.PROTECT, null=True, blank=True, related_name="+"
    )
    equipment = models.ForeignKey(
        "resources.Equipment", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(equipment=None) | Q(site__isnull=False),
                name="role_assignment_equipment_has_site",
            ),
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=Q(site=None),
                name="role_assignment_once_everywhere",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "site"],
                condition=Q(equipment=None),
                name="role_assignment_once_at_site",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "equipment"], name="role_assignment_once_at_equipment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} is {self.role_id}"
