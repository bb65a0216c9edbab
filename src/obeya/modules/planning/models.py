"""Which explosion a site plans by."""

from django.db import models

from obeya.plant.resources.scope import SiteQuerySet


class PlanRunQuerySet(SiteQuerySet["PlanRun"]):
    def newest(self, site) -> "PlanRun | None":
        return self.at(site).order_by("-adopted_at", "-pk").first()


class PlanRun(models.Model):
    """An explosion that was adopted: its proposals are the ones that people see.

    Earlier runs coexist until nobody looks at them any more.
    """

    site = models.ForeignKey("resources.Site", models.PROTECT, related_name="+")
    run = models.OneToOneField("log.Run", models.PROTECT, related_name="+")
    as_of = models.DateTimeField()
    adopted_at = models.DateTimeField()
    make_orders = models.PositiveIntegerField()
    buy_orders = models.PositiveIntegerField()
    pegs = models.PositiveIntegerField()

    objects = PlanRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "-adopted_at"], name="plan_run_newest")]

    def __str__(self) -> str:
        return f"plan run {self.run_id}"
