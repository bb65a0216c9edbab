"""Whoever may act, by log-in, token or device key; events point here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its username, as Django's log-in asks."""


class Account(AbstractBaseUser):
    KINDS = [
        ("person", "person"),
        ("device", "device"),
        ("integration", "integration"),
        ("system", "system"),
    ]

    username = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=KINDS, default="person")
    person = models.OneToOneField(
        "resources.Person", models.PROTECT, null=True, blank=True, related_name="account"
    )
    language = models.CharField(max_length=10, blank=True, default="")
    must_change_password = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "device", "integration", "system"]),
                name="account_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.username
