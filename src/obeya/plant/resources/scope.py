"""How rows are found: what belongs to a site is asked for with its site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from obeya.plant.resources.models import Site

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ArchivableQuerySet(models.QuerySet[Row_co]):
    """Master data: archived rows leave the pickers, stay in history and keep their code."""

    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class SiteQuerySet(models.QuerySet[Row_co]):
    """Rows of one site each: codes repeat between sites, so `at` comes first."""

    def at(self, site: Site) -> Self:
        return self.filter(site=site)


class SiteArchivableQuerySet(SiteQuerySet[Row_co]):
    """Master data of one site."""

    def in_use(self) -> Self:
        return self.filter(archived_at=None)
