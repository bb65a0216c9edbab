from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.models import Equipment, Material, MaterialLot, Person, Site
from obeya.plant.resources.scope import SiteQuerySet
from obeya.plant.work.models import JobOrder


class IssueQuerySet(SiteQuerySet["Issue"]):
    def open(self) -> "IssueQuerySet":
        return self.exclude(state__in=["closed", "cancelled"])


class Issue(models.Model):
    """Something that should not be so, or could be better: one table for every room."""

    class Type(models.TextChoices):
        NON_CONFORMANCE = "non_conformance", _("non-conformance")
        COMPLAINT = "complaint", _("complaint")
        INCIDENT = "incident", _("incident")
        NEAR_MISS = "near_miss", _("near miss")
        HAZARD = "hazard", _("hazard")
        AUDIT_FINDING = "audit_finding", _("audit finding")
        BREAKDOWN = "breakdown", _("breakdown")
        KAIZEN = "kaizen", _("kaizen")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CONTAINED = "contained", _("contained")
        ANALYSED = "analysed", _("analysed")
        RESOLVED = "resolved", _("resolved")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    code = models.CharField(max_length=100)
    type = models.CharField(max_length=20, choices=Type.choices)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    object_model = models.CharField(max_length=100, blank=True, default="")  # "quality.Inspection"
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="issues"
    )
    material = models.ForeignKey(
        Material, models.PROTECT, null=True, blank=True, related_name="issues"
    )
    lot = models.ForeignKey(
        MaterialLot, models.PROTECT, null=True, blank=True, related_name="issues"
    )
    job = models.ForeignKey(JobOrder, models.PROTECT, null=True, blank=True, related_name="issues")
    severity_actual = models.PositiveSmallIntegerField(default=0)  # 0 none … 5 catastrophic
    severity_potential = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    occurred_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey("log.Account", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-occurred_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="issue_code_once_per_site"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title=""), name="issue_has_a_code_and_a_title"
            ),
            models.CheckConstraint(
                condition=Q(severity_actual__lte=5, severity_potential__lte=5),
                name="issue_severity_0_to_5",
            ),
            models.CheckConstraint(
                condition=Q(severity_potential__gte=F("severity_actual")),
                name="issue_could_not_be_milder_than_it_was",
            ),
            models.CheckConstraint(
                condition=Q(
                    type__in=[
                        "non_conformance",
                        "complaint",
                        "incident",
                        "near_miss",
                        "hazard",
                        "audit_finding",
                        "breakdown",
                        "kaizen",
                    ]
                ),
                name="issue_type_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "contained", "analysed", "resolved"], closed_at=None)
                | Q(state__in=["closed", "cancelled"], closed_at__isnull=False),
                name="issue_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(object_model="", object_id=None)
                | (~Q(object_model="") & Q(object_id__isnull=False)),
                name="issue_object_has_model_and_id",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "occurred_at", "id"], name="issue_by_time"),
            models.Index(fields=["site", "state", "occurred_at", "id"], name="issue_by_state"),
            models.Index(fields=["object_model", "object_id"], name="issue_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
