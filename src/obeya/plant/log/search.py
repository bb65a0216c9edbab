"""Finding anything by code or part of a name, across all rooms, within what one may see."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from obeya.plant.log import rooms, search_index
from obeya.plant.log.actor import EVERY_PERMISSION, Actor
from obeya.plant.log.command import Command
from obeya.plant.log.models import ChangeRow, OperationsEvent, SearchEntry

CAP = 1_000  # more matches than that: walking the codes finds a page of them sooner
AT_A_TIME = 1_000
_MOST_WORDS = 8


def search(query: str, *, by: Actor, site: Any = None, limit: int = 20) -> list[SearchEntry]:
    """Entries that hold every word, best first: the code itself, codes that begin so, the rest.

    With ``site``: of that site and of the whole enterprise.
    """
    words = query.casefold().split()[:_MOST_WORDS]
    if not words:
        return []
    visible = _visible_to(by)
    if site is not None:
        visible = visible.filter(Q(site=site) | Q(site=None))
    holding = _holding(visible, words)
    if holding is not None:
        return sorted(holding, key=lambda entry: _rank(entry, words))[:limit]
    walked = visible.filter(*(Q(text__contains=word) for word in words)).order_by("code", "id")
    first = visible.filter(code__iexact=query.strip())[:limit]
    return list(dict.fromkeys([*first, *walked[:limit]]))[:limit]


def look_again(event: OperationsEvent, *, by: Actor, key: str, model: str) -> None:
    """Every subject's reaction: keep what changed rows look like now; repeating does no harm."""
    changed = ChangeRow.objects.filter(event_id=event.pk, model=model)
    keep(model, sorted(set(changed.values_list("row_id", flat=True))))


def keep(model: str, ids: Sequence[int]) -> None:
    """Rows that are gone, archived or no longer shown lose their entry."""
    subject = rooms.subjects().get(model)
    if subject is None or subject.found is None:
        return
    for some in _chunks(ids):
        entries = [
            SearchEntry(
                model=model,
                row_id=found.row_id,
                site_id=found.site_id,
                permission=subject.view,
                code=found.code,
                title=found.title,
                text=f"{found.code} {found.title} {found.words}".casefold(),
                url=found.url,
            )
            for found in subject.found(some)
        ]
        gone = set(some) - {entry.row_id for entry in entries}
        with transaction.atomic():
            SearchEntry.objects.filter(model=model, row_id__in=gone).delete()
            SearchEntry.objects.bulk_create(
                sorted(entries, key=lambda entry: entry.row_id),
                update_conflicts=True,
                unique_fields=["model", "row_id"],
                update_fields=["site", "permission", "code", "title", "text", "url"],
            )


def keep_all(options: Namespace | None = None) -> None:
    """`obeya reindex`: look at every row of every subject again."""
    for model, subject in rooms.subjects().items():
        if subject.found is not None:
            there = SearchEntry.objects.filter(model=model).values_list("row_id", flat=True)
            rows = apps.get_model(model)._base_manager.values_list("pk", flat=True)
            keep(model, sorted({*there, *rows}))
    SearchEntry.objects.exclude(model__in=rooms.subjects()).delete()


REINDEX = Command("reindex", "Look at everything again that search can find", keep_all)


def _holding(visible: "QuerySet[SearchEntry]", words: list[str]) -> list[SearchEntry] | None:
    """By the index, when it helps and the matches are few; else None."""
    if connection.vendor == "sqlite":
        long = [word for word in words if len(word) >= 3 and not set(word) & set("%_")]
        ids = search_index.capped_matches(long, CAP) if long else None
        if ids is None:
            return None
        visible = visible.filter(pk__in=ids)
    found = list(visible.filter(*(Q(text__contains=word) for word in words))[: CAP + 1])
    return found if len(found) <= CAP else None


def _rank(entry: SearchEntry, words: list[str]) -> tuple[int, str, int]:
    code, said = entry.code.casefold(), " ".join(words)
    return (0 if code == said else 1 if code.startswith(words[0]) else 2, entry.code, entry.pk)


def _visible_to(by: Actor) -> "QuerySet[SearchEntry]":
    may = Q(pk__in=[])
    for permission, scopes in by.grants.items():
        sites = {scope.site_id for scope in scopes if not scope.path}
        everywhere = Q() if permission == EVERY_PERMISSION else Q(permission=permission)
        if None in sites:
            may |= everywhere if everywhere else Q(pk__gt=0)
        elif scopes:
            may |= everywhere & (Q(site__in=sites) | Q(site=None))
    return SearchEntry.objects.filter(may)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_A_TIME):
        yield ids[start : start + AT_A_TIME]
