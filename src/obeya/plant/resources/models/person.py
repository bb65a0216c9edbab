from django.db import models
from django.db.models import F, Q

from obeya.plant.resources.models.calendar import WorkCalendar
from obeya.plant.resources.models.site import Site
from obeya.plant.resources.scope import ArchivableQuerySet


class Skill(models.Model):
    """What a person must be able to do for an operation (ISA-95 personnel class)."""

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    translations = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ArchivableQuerySet["Skill"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="skill_has_a_code")]

    def __str__(self) -> str:
        return self.code


class Person(models.Model):
    """Someone who works at the plant, with an account or without."""

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    home_site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    calendar = models.ForeignKey(
        WorkCalendar, models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=20, blank=True, default="")  # BCP 47
    extra = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="PersonSkill", related_name="people")

    objects = ArchivableQuerySet["Person"].as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "people"
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="person_has_a_code")]
        indexes = [
            models.Index(fields=["code", "id"], name="person_by_code"),
            models.Index(fields=["name", "id"], name="person_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonSkill(models.Model):
    """How well a person holds a skill: 0 none, 1 learns, 2 with help, 3 alone, 4 teaches."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="person_skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="person_skills")
    level = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # last day, included

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=4), name="person_skill_level_0_to_4"),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                name="person_skill_valid_until_after_from",
            ),
            models.UniqueConstraint(
                fields=["person", "skill", "valid_from"], name="person_skill_once_from_a_day"
            ),
            models.UniqueConstraint(
                fields=["person", "skill"],
                condition=Q(valid_from=None),
                name="person_skill_once_from_ever",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill} {self.level}"
