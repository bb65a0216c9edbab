"""Which program a file comes from decides how it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from obeya.modules.exchange.list_file import read_list
from obeya.modules.exchange.own_format import read_own
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.profiles.adventureworks import read_adventureworks
from obeya.modules.exchange.profiles.frepple import read_frepple
from obeya.modules.exchange.reading.fixing import Fix
from obeya.modules.exchange.refusals import FileRefused


@dataclass(frozen=True)
class Profile:
    title: str | Promise
    read: Callable[[Path], PlantFile]
    suffixes: tuple[str, ...]
    read_fixed: Callable[[Path, Sequence[Fix]], PlantFile] | None = None  # cells corrected in it


# found out from the file, not chosen by name:
MAPPED = "mapped"  # of a file whose columns somebody has said
LIST = "obeya-list"  # of a list's own workbook, or of rows that were pasted

PROFILES: Mapping[str, Profile] = {
    "obeya": Profile(
        _("Our own workbook or CSV files"), read_own, (".xlsx", ".xlsm", ".zip", ".csv"), read_own
    ),
    "frepple": Profile(_("frePPLe"), read_frepple, (".json", ".xlsx", ".zip", ".csv")),
    "adventureworks": Profile(_("AdventureWorks"), read_adventureworks, (".zip",)),
}


def is_fixable(profile: str) -> bool:
    """Whether cells of such a file can be corrected here."""
    return profile in (MAPPED, LIST) or PROFILES[profile].read_fixed is not None


def read_file(path: Path, profile: str = "", fixes: Sequence[Fix] = ()) -> PlantFile:
    """The plant in a file; without a profile a JSON file is taken for frePPLe's fixture."""
    if profile == LIST:
        return read_list(path, fixes)
    chosen = profile or ("frepple" if path.suffix.lower() == ".json" else "obeya")
    if chosen not in PROFILES:
        raise FileRefused(f"There is no profile {chosen}. Choose one of {', '.join(PROFILES)}.")
    if not fixes:
        return PROFILES[chosen].read(path)
    read_fixed = PROFILES[chosen].read_fixed
    if read_fixed is None:
        raise FileRefused(
            "Cells of this kind of file cannot be corrected here. Correct them in the program "
            "that the file comes from, and send it again."
        )
    return read_fixed(path, fixes)
