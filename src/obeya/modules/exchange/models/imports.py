"""What was found in a file that somebody sent, before and after it is taken over."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from obeya.modules.exchange.kinds import UNDO
from obeya.plant.log.fields import JsonTextField
from obeya.plant.log.runs import OPEN
from obeya.plant.resources.models import Site


class FileImport(models.Model):
    """A file on its way into the plant: checked, then perhaps taken over."""

    site = models.ForeignKey("resources.Site", models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)  # as its owner calls the file
    stored_as = models.CharField(max_length=200)  # in the file storage, until it is taken over
    profile = models.CharField(max_length=40)
    site_code = models.CharField(max_length=100, blank=True)  # of a site that it shall open
    zone = models.CharField(max_length=64, blank=True)
    shift_to = models.DateField(null=True)
    mappings = JsonTextField(default=list)  # of a file whose columns are not ours
    fixes = JsonTextField(default=list)  # corrected cells, each a `Fix` as a list
    into = models.CharField(max_length=100)  # code of the site that the check found
    is_site_new = models.BooleanField(default=False)
    counts = JsonTextField(default=list)  # [sheet, {state: rows}] in the order of the file
    saved = JsonTextField(default=dict)  # sheet → what its verb said: [new, changed, unchanged]
    notes = JsonTextField(default=list)
    opens = JsonTextField(default=dict)  # of a new site: what its row shall say
    version = models.BigIntegerField(default=0)  # of the rows and parts that count
    checked_at = models.DateTimeField()
    run = models.ForeignKey("log.Run", models.PROTECT, null=True, related_name="+")  # in parts
    begun_at = models.DateTimeField(null=True)  # a part of it is in the plant
    applied_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)  # the rest of it is not taken over any more
    undo_begun_at = models.DateTimeField(null=True)  # a part of it is undone
    undone_at = models.DateTimeField(null=True)
    undo_refused = JsonTextField(default=dict)  # {"rows": [[rule, remedy]], "count"}, if it was
    cleared_at = models.DateTimeField(null=True)  # what its preview said of rows is kept no more

    class Meta:
        indexes = [models.Index(fields=["site", "-id"], name="file_import_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(applied_at__gte=F("checked_at")),
                name="file_import_is_checked_first",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("applied_at")),
                name="file_import_is_undone_last",
            ),
            models.CheckConstraint(
                condition=Q(given_up_at=None)
                | Q(begun_at__isnull=False, applied_at=None, given_up_at__gte=F("begun_at")),
                name="file_import_given_up_is_halfway",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_checked(self) -> bool:
        """Whether it was compared with the plant; a file whose columns nobody has said was not."""
        return bool(self.into)

    @property
    def is_under_way(self) -> bool:
        """A worker takes it over or undoes it, or is about to."""
        return self.run is not None and self.run.status in OPEN

    @property
    def is_being_undone(self) -> bool:
        return self.is_under_way and self.run.kind == UNDO

    @property
    def is_cleared(self) -> bool:
        """Its rows are kept no more, or are on their way out."""
        return self.cleared_at is not None

    @property
    def stage(self) -> str:
        """How far it is: open, under way, halfway, given up, applied; being undone, half undone,
        undone.
        """
        if self.undone_at is not None:
            return "undone"
        if self.is_being_undone:
            return "being undone"
        if self.undo_begun_at is not None:
            return "half undone"
        if self.applied_at is not None:
            return "applied"
        if self.is_under_way:
            return "under way"
        stopped = "halfway" if self.given_up_at is None else "given up"
        return "open" if self.begun_at is None else stopped

    def shown_rows(self) -> "models.QuerySet[ImportRow]":
        """Those of its last check; of the one before they may still be on their way out."""
        kept = self.rows.none() if self.is_cleared else self.rows
        return kept.filter(version=self.version)

    def valid_parts(self) -> "models.QuerySet[ImportPart]":
        return self.parts.filter(version=self.version).order_by("place")

    def rows_in(self, *states: str) -> int:
        return sum(numbers.get(state, 0) for _, numbers in self.counts for state in states)


class ImportRow(models.Model):
    """One row of the file beside the plant as it stood when the file was checked."""

    class State(models.TextChoices):
        REFUSED = "refused"
        CHANGED = "changed"
        NEW = "new"
        REMOVED = "removed"
        UNCHANGED = "unchanged"

    file_import = models.ForeignKey(FileImport, models.CASCADE, related_name="rows")
    version = models.BigIntegerField(default=0)
    place = models.PositiveIntegerField()  # by sheet as saved, then as in the file
    sheet = models.CharField(max_length=150)
    number = models.PositiveIntegerField(null=True)  # as Excel counts; null: follows from others
    named = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=State)
    fields = JsonTextField(default=list)  # [field, old, new] as people read them
    faults = JsonTextField(default=list)  # [column, value, rule, remedy, choices?]

    class Meta:
        indexes = [
            models.Index(
                fields=["file_import", "version", "state", "place", "id"],
                name="import_row_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}: {self.state}"


class ImportPart(models.Model):
    """Rows of one sheet that are taken over in one transaction, as they were checked."""

    file_import = models.ForeignKey(FileImport, models.CASCADE, related_name="parts")
    version = models.BigIntegerField(default=0)
    place = models.PositiveIntegerField()  # in the order in which they are taken over
    sheet = models.CharField(max_length=150)
    count = models.PositiveIntegerField()
    first = models.PositiveIntegerField()  # row of the file, as Excel counts
    last = models.PositiveIntegerField()
    rows = models.TextField(blank=True)  # see `stored_rows`; empty once they are in the plant
    expected = JsonTextField(default=dict)  # what they do, see `witness`
    taken_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    left = JsonTextField(default=dict)  # of an undo: {"used": [[rule, remedy]], "kept": codes, …}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file_import", "version", "place"], name="import_part_has_its_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, rows {self.first} to {self.last}"


class MappingProfile(models.Model):
    """How files of one shape are read, under a name: known again at the next file.

    It is a site's own, or (without one) the whole enterprise's.
    """

    site = models.ForeignKey("resources.Site", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=40)
    mappings = JsonTextField(default=list)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="profile_once_per_site"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(site=None), name="profile_once_for_all_sites"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def profiles_at(site: Site | None) -> "list[MappingProfile]":
    """What all sites share, then the site's own: the last of a name holds."""
    places = Q(site=None) | Q(site=site)
    return list(
        MappingProfile.objects.filter(places).order_by(F("site").asc(nulls_first=True), "name")
    )
