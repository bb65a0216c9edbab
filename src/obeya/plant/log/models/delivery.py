"""One event handed to one reaction: at least once, exactly one effect."""

from django.db import models
from django.db.models import Q

from obeya.plant.log.models.event import OperationsEvent


class Delivery(models.Model):
    class Status(models.IntegerChoices):
        WAITING = 0
        DONE = 1
        PARKED = 2  # failed too often, or too deep a chain: a person looks at it
        COALESCED = 3  # done together with another one, `into`

    event = models.ForeignKey(
        OperationsEvent, models.DO_NOTHING, related_name="deliveries", db_constraint=False
    )
    reaction = models.CharField(max_length=80)
    lane = models.CharField(max_length=8, default="fast")
    coalesce = models.CharField(max_length=80, blank=True, default="")
    status = models.SmallIntegerField(choices=Status, default=Status.WAITING)
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()  # also the end of the lease while it is worked on
    done_at = models.DateTimeField(null=True)
    into = models.ForeignKey("self", models.DO_NOTHING, null=True, db_index=False)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "reaction"], name="one_delivery_each"),
        ]
        indexes = [
            models.Index(
                fields=["lane", "due_at", "id"], condition=Q(status=0), name="delivery_due"
            ),
            models.Index(
                fields=["reaction", "coalesce", "id"],
                condition=Q(status=0),
                name="delivery_coalesce",
            ),
            models.Index(fields=["id"], condition=Q(status=2), name="delivery_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of event {self.event_id}"
