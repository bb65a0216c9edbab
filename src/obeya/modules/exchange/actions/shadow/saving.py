"""Lists of the ERP, who owns which of their fields, and files that are sent."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace

from obeya.modules.exchange.events import FieldOwnersSaved, ShadowFilesSent, ShadowSourcesSaved
from obeya.modules.exchange.models import FieldOwner, ShadowSource
from obeya.modules.exchange.models.imports import profiles_at
from obeya.modules.exchange.profiles import PROFILES
from obeya.modules.exchange.reading.archive import LIMITS, MEGABYTE
from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.shadow import folder
from obeya.modules.exchange.shadow.nights import next_night
from obeya.modules.exchange.shadow.rows import FieldOwnerRow, ShadowFileRow, ShadowSourceRow
from obeya.modules.exchange.sheets import BY_NAME
from obeya.modules.exchange.uploads import harmless
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.checking import RowCheck, in_one_query, rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.saving import Saved, delete_many, update_many, upsert
from obeya.plant.resources.models import Site


class NoSuchSource(Refusal):
    """There is no list of this name at the site."""

    http_status = 404


@action(permission="exchange.import_plant")
def save_shadow_sources(*, site: Site, rows: Sequence[ShadowSourceRow], by: Actor) -> Saved:
    """Lists that the ERP writes every night, each into a folder of its name."""
    check = RowCheck(rows)
    known = {*PROFILES, *(each.name for each in profiles_at(site))}
    check.each(
        "name",
        lambda name: folder.NAME.fullmatch(name) is not None,
        "not a name for a folder",
        "Write small letters, digits and dashes, at most 40: stock-list.",
    )
    check.each(
        "profile",
        lambda name: name in known,
        "no profile has this name",
        f"Choose one of {', '.join(sorted(known))}.",
    )
    check.each("least_percent", lambda n: 0 <= n <= 100, "not 0 to 100", "Write 0 to 100.")
    check.refuse()
    now = clock.real_now()
    wanted = [
        {
            "site_id": site.pk,
            "name": row.name,
            "profile": row.profile,
            "at": row.at,
            "due_at": next_night(site.zone, row.at, now),
            "least_percent": row.least_percent,
            "is_on": row.is_on,
        }
        for row in rows
    ]
    sources = upsert(ShadowSource.objects.at(site), wanted, key=("name",))
    for source in sources.objects:
        source.site = site
        folder.folder_of(source).mkdir(parents=True, exist_ok=True)
    new, changed = sources.told()
    publish(ShadowSourcesSaved(new, changed), site=site, changes=sources.changes)
    return sources.saved()


@action(permission="exchange.import_plant")
def save_field_owners(*, site: Site, rows: Sequence[FieldOwnerRow], by: Actor) -> Saved:
    """Whose a field is; what nobody has said is the ERP's."""
    check = RowCheck(rows)
    sources = check.known("source", ShadowSource.objects.at(site), what="list", by="name")
    for index, row in enumerate(rows):
        columns = columns_of(BY_NAME[row.sheet].row_class) if row.sheet in BY_NAME else {}
        if not columns:
            check.add(
                index, "sheet", f"no sheet {row.sheet}", f"Write one of {', '.join(BY_NAME)}."
            )
        elif row.field not in columns:
            rule, names = f"{row.sheet} has no field {row.field}", ", ".join(columns)
            check.add(index, "field", rule, f"Write one of {names}.")
        elif row.field in BY_NAME[row.sheet].row_class.KEY:
            rule = f"{row.field} tells the rows apart"
            check.add(index, "field", rule, "It is both sides'. Choose another field.")
    check.refuse()
    ids = {source.pk for source in sources.values()}
    there = {
        (each.source_id, each.sheet, each.field): each
        for each in rows_of(FieldOwner.objects.all(), "source_id", ids)
    }
    said = [((sources[row.source].pk, row.sheet, row.field), row) for row in rows]
    new = [(key, row) for key, row in said if row.owner == "obeya" and key not in there]
    gone = [(key, row) for key, row in said if row.owner == "erp" and key in there]
    insert_many([FieldOwner(source_id=s, sheet=sheet, field=name) for (s, sheet, name), _ in new])
    delete_many([there[key] for key, _ in gone])
    ours, theirs = ([[row.source, row.sheet, row.field] for _, row in each] for each in (new, gone))
    publish(FieldOwnersSaved(ours, theirs), site=site)
    return Saved(len(new), len(gone), len(rows) - len(new) - len(gone))


@action(permission="exchange.import_plant")
def send_shadow_files(*, site: Site, rows: Sequence[ShadowFileRow], by: Actor) -> int:
    """Put files into the folders of their lists; they are taken over when a minute has passed."""
    check = RowCheck([replace(row, content_base64="") for row in rows])  # that is no code
    named = in_one_query(ShadowSource.objects.at(site).select_related("site"), "name",
                         [row.source for row in rows])  # fmt: skip
    contents = [_content(check, index, row) for index, row in enumerate(rows)]
    check.each(
        "source",
        lambda name: name in named,
        "no list of this name",
        "Enter the list first, or correct its name.",
    )
    check.each(
        "source",
        lambda name: named[name].is_on,
        "the list is off",
        "Turn it on, so that somebody looks for the file.",
    )
    check.each(
        "name",
        lambda name: harmless(name).endswith(folder.SUFFIXES),
        "not a kind of file that is read",
        f"Send one that ends in {', '.join(folder.SUFFIXES)}.",
    )
    check.refuse()
    sources = [named[row.source] for row in rows]
    for source, row, content in zip(sources, rows, contents, strict=True):
        folder.put(source, row.name, content)
        source.due_at = clock.real_now() + folder.SETTLED
    update_many(sources, ["due_at"])
    publish(ShadowFilesSent(sorted({each.pk for each in sources})), site=site)
    return len(rows)


def _content(check: RowCheck[ShadowFileRow], index: int, row: ShadowFileRow) -> bytes:
    try:
        content = base64.b64decode(row.content_base64, validate=True)
    except (binascii.Error, ValueError):
        remedy = "Encode the bytes of the file in base64."
        check.add(index, "content_base64", "no base64", remedy)
        return b""
    if len(content) > LIMITS.file_bytes:
        rule = f"larger than {LIMITS.file_bytes // MEGABYTE} MB"
        check.add(index, "name", rule, "Send fewer columns, or several lists.")
    return content
