"""The demo plant's clock: at real_anchor it showed shown_anchor; since then it runs at rate."""

from django.db import models


class DemoClock(models.Model):
    real_anchor = models.DateTimeField()
    shown_anchor = models.DateTimeField()
    rate = models.DecimalField(max_digits=9, decimal_places=3, default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_demo_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.shown_anchor} × {self.rate}"
