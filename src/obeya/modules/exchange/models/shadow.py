"""An ERP beside us: its lists of every night, who owns which field, and where the two differ."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obeya.modules.exchange.kinds import UNDO
from obeya.modules.exchange.models.imports import FileImport
from obeya.plant.log.fields import JsonTextField
from obeya.plant.resources.models import Site
from obeya.plant.resources.scope import SiteQuerySet


class ShadowSource(models.Model):
    """A list that the ERP writes again and again into a folder of its own."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)  # of the folder too
    profile = models.CharField(max_length=40)  # by which its files are read
    at = models.TimeField()  # by the wall clock of the site
    due_at = models.DateTimeField()
    least_percent = models.PositiveSmallIntegerField(default=50)  # of the rows of the last file
    is_on = models.BooleanField(default=True)
    brings = JsonTextField(default=dict)  # sheet → fields of its last file

    objects = SiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="shadow_source_once_per_site"),
            models.CheckConstraint(
                condition=Q(least_percent__lte=100), name="shadow_source_percent_is_a_share"
            ),
        ]
        indexes = [models.Index(fields=["is_on", "due_at"], name="shadow_source_due")]

    def __str__(self) -> str:
        return self.name

    def last_taken(self) -> "ShadowNight | None":
        """The night whose file is the ERP's last word here."""
        taken = self.nights.filter(state=ShadowNight.State.TAKEN)
        return taken.select_related("file_import__run").order_by("-pk").first()


class FieldOwner(models.Model):
    """A field of the source's rows that is ours; without such a row it is the ERP's."""

    source = models.ForeignKey(ShadowSource, models.CASCADE, related_name="own_fields")
    sheet = models.CharField(max_length=100)
    field = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sheet", "field"], name="field_owner_said_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.sheet}.{self.field}"


class ShadowNight(models.Model):
    """What became of one file of a source, or of a night without one."""

    class State(models.TextChoices):
        TAKEN = "taken", _("taken over")
        MISSING = "missing", _("no file")
        OLD = "old", _("too old")
        EMPTY = "empty", _("empty")
        SMALLER = "smaller", _("much smaller")
        SAME = "same", _("the same file")
        REFUSED = "refused", _("refused")

    source = models.ForeignKey(ShadowSource, models.CASCADE, related_name="nights")
    name = models.CharField(max_length=100, blank=True)  # of the file
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State)
    said = models.TextField(blank=True)  # why it was not taken
    file_import = models.ForeignKey(FileImport, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    keys = JsonTextField(default=dict)  # sheet → keys of its rows, of the last file taken
    counts = JsonTextField(default=dict)  # kind of difference → how many were found

    class Meta:
        indexes = [models.Index(fields=["source", "-id"], name="shadow_night_newest")]

    def __str__(self) -> str:
        return f"{self.source}, {self.name or self.state}"

    def holds(self, sha256: str) -> bool:
        """Whether this file was taken over that night, whole, and nobody has undone it since."""
        done = self.file_import
        return self.sha256 == sha256 and (done is None or done.stage in ("applied", "under way"))

    @property
    def stage(self) -> str:
        """Its state; or how far its file is, which is taken over or undone in parts, and undone."""
        stage = self.file_import.stage if self.file_import is not None else "applied"
        return self.state if stage == "applied" else NOT_BEGUN.get(stage, stage)

    @property
    def is_well(self) -> bool:
        """Nobody needs to look at it; what is undone, a person has said to undo."""
        return self.stage in ("taken", "same", "under way", "being undone", "undone")

    @property
    def told_state(self) -> str:
        return str(STAGES.get(self.stage) or self.get_state_display())

    @property
    def why(self) -> str:
        """Why it was not taken over, or not whole; or why it is in the plant no more, or not
        wholly.
        """
        run = self.file_import.run if self.file_import is not None else None
        if self.stage in ("halfway", "half undone") and run is not None:
            why = run.error or str(_("Somebody stopped it."))
            if self.stage == "halfway" and run.kind == UNDO and run.error:
                return f"{_('Nothing was undone.')} {why}"
            return why
        if self.stage == "given up":
            return str(_("Nobody went on with the rest, which is kept no more."))
        return self.said


NOT_BEGUN = {"open": "halfway"}  # it waits to be gone on with, like what is halfway
STAGES = {
    "under way": _("being taken over"),
    "halfway": _("taken over in part"),
    "given up": _("taken over in part, then given up"),
    "being undone": _("being undone"),
    "half undone": _("undone in part"),
    "undone": _("undone"),
}


class ShadowDifference(models.Model):
    """Where the ERP and we say different things, as the last night found it."""

    class Kind(models.TextChoices):
        FIELD = "field", _("another value")
        GONE = "gone", _("gone from the ERP")
        OURS = "ours", _("only here")

    class State(models.TextChoices):
        OPEN = "open", _("nothing is decided")
        KEPT = "kept", _("ours is kept")

    source = models.ForeignKey(ShadowSource, models.CASCADE, related_name="differences")
    night = models.ForeignKey(ShadowNight, models.CASCADE, related_name="+")  # that found it last
    kind = models.CharField(max_length=5, choices=Kind)
    sheet = models.CharField(max_length=100)
    key = models.CharField(max_length=500)  # JSON, the texts of the key columns
    named = models.CharField(max_length=300)
    field = models.CharField(max_length=60, blank=True)
    theirs = models.TextField(blank=True)
    ours = models.TextField(blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True)  # ours, as the log says
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "sheet", "key", "field"], name="shadow_difference_once"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "state", "named", "id"], name="shadow_difference_list")
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.named} {self.field}".strip()
