"""The fields of a list whose owner can be said."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from obeya.modules.exchange.foreign.mapping import column_named, from_json
from obeya.modules.exchange.models import ShadowSource
from obeya.modules.exchange.models.imports import profiles_at
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.sheets import BY_NAME


def fields_of(source: ShadowSource) -> Mapping[str, Sequence[str]]:
    """Sheet → fields that its last file brought; before the first, that its profile reads; with
    those that somebody has given to us already. What tells rows apart is both sides'.
    """
    found = {sheet: list(names) for sheet, names in source.brings.items()} or _of_profile(source)
    for each in source.own_fields.all():
        names = found.setdefault(each.sheet, [])
        if each.field not in names:
            names.append(each.field)
    return {
        sheet: [name for name in names if name not in BY_NAME[sheet].row_class.KEY]
        for sheet, names in found.items()
        if sheet in BY_NAME
    }


def _of_profile(source: ShadowSource) -> dict[str, list[str]]:
    named = [each for each in profiles_at(source.site) if each.name == source.profile]
    found: dict[str, list[str]] = {}
    with suppress(FileRefused):  # a sheet or column of ours is no more
        for each in from_json(named[-1].mappings if named else []):
            if each.into:
                names = [column_named(each.into, name)[0] for name in (*each.columns, *each.fixed)]
                found.setdefault(each.into, []).extend(names)
    return found
