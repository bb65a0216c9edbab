"""Whoever may act, by log-in, token or device key; events point here."""

import secrets
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


def fresh_stamp() -> int:
    """Drawn, not counted: grants kept under a stamp that was rolled back are never met again."""
    return secrets.randbits(62)


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its username, as Django's log-in asks."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").strip().lower())


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
    access_stamp = models.BigIntegerField(default=fresh_stamp)  # another one when its roles change

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "device", "integration", "system"]),
                name="account_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")),
                name="account_username_is_lower_case",
            ),
        ]

    def __str__(self) -> str:
        return self.username
