from django.db import models
from django.db.models import Q

from obeya.plant.resources.models import Equipment, Site
from obeya.plant.resources.scope import SiteQuerySet


class SetupMatrix(models.Model):
    """How long changing from one setup family to another takes, on the equipment that uses it."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    code = models.CharField(max_length=100)
    default_s = models.PositiveBigIntegerField(default=0)  # for a pair that is not listed

    objects = SiteQuerySet["SetupMatrix"].as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "setup matrices"
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="setup_matrix_code_once"),
            models.CheckConstraint(condition=~Q(code=""), name="setup_matrix_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.code


class SetupTime(models.Model):
    """Seconds from one family to another; asymmetric. An empty family is any family."""

    matrix = models.ForeignKey(SetupMatrix, models.CASCADE, related_name="times")
    from_family = models.CharField(max_length=100, blank=True, default="")
    to_family = models.CharField(max_length=100, blank=True, default="")
    seconds = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matrix", "from_family", "to_family"], name="setup_time_pair_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_family} → {self.to_family}: {self.seconds} s"


class SetupMatrixUse(models.Model):
    """This equipment changes over by this matrix."""

    matrix = models.ForeignKey(SetupMatrix, models.CASCADE, related_name="uses")
    equipment = models.OneToOneField(Equipment, models.CASCADE, related_name="setup_matrix_use")

    def __str__(self) -> str:
        return f"{self.equipment}: {self.matrix}"
