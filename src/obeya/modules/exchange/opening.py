"""A file that somebody brings: ours, of a program we know, of a shape seen before, or foreign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from obeya.modules.exchange.foreign.converting import convert, tables_in
from obeya.modules.exchange.foreign.guessing import guess
from obeya.modules.exchange.foreign.mapping import Mappings, TableMapping
from obeya.modules.exchange.foreign.recognising import known_again, lost, missing, placed
from obeya.modules.exchange.list_file import is_list, read_list_of
from obeya.modules.exchange.own_format import is_own, read_own, read_sheets
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.profiles import LIST, MAPPED, PROFILES, read_file
from obeya.modules.exchange.reading import read_book
from obeya.modules.exchange.reading.book import Book
from obeya.modules.exchange.reading.fixing import Fix
from obeya.modules.exchange.refusals import FileRefused


@dataclass(frozen=True)
class Opened:
    """What the file is; without ``file`` its columns must be said first, ``mappings`` guess."""

    profile: str
    file: PlantFile | None = None
    mappings: Sequence[TableMapping] = ()
    known_as: str = ""  # the saved or shipped profile that reads it


def open_file(path: Path, profile: str, known: Mapping[str, Mappings]) -> Opened:
    """Read by the profile of this name; without one, found out from the file itself."""
    if profile in PROFILES:
        return Opened(profile, read_file(path, profile))
    if not profile and path.suffix.lower() == ".json":
        return Opened("frepple", read_file(path, "frepple"))
    if profile and profile not in known:
        names = ", ".join([*PROFILES, *known])
        raise FileRefused(f"There is no profile {profile}. Choose one of {names}.")
    book = read_book(path)
    if profile:
        return _by_name(book, profile, known[profile])
    if is_list(book):
        return Opened(LIST, read_list_of(book))
    return _found_out(path, book, known)


def _found_out(path: Path, book: Book, known: Mapping[str, Mappings]) -> Opened:
    tables = tables_in(book)
    if is_own(book) or not tables:
        return Opened("obeya", read_own(path))
    if (found := known_again(known, tables)) is not None:
        name, mappings = found
        return Opened(MAPPED, _read(book, mappings, name), mappings, name)
    return Opened(MAPPED, None, [each.mapping for each in guess(tables)])


def read_mapped(path: Path, mappings: Mappings, fixes: Sequence[Fix] = ()) -> PlantFile:
    """The plant in a foreign file, as its mappings say, with cells that were corrected."""
    return read_sheets(convert(read_book(path), mappings), fixes)


def told_guess(opened: Opened) -> str:
    """What the file may be, for a terminal, where nobody can say what its columns are."""
    sheets = [
        f"{each.source} looks like {each.into}"
        + (f", without {', '.join(gaps)}" if (gaps := missing(each)) else "")
        for each in opened.mappings
        if each.into and not each.is_companion
    ]
    remedy = (
        "Map its columns on the page Import, where they can be kept as a profile, and say "
        "--profile NAME; or begin with `obeya template`."
    )
    if not sheets:
        return f"The file holds none of our sheets, and no table that looks like one. {remedy}"
    return f"The columns of the file are not ours: {'; '.join(sheets)}. {remedy}"


def _by_name(book: Book, profile: str, mappings: Mappings) -> Opened:
    here = placed(mappings, tables_in(book))
    if not here:
        wanted = next(each for each in mappings if each.into)
        titles = ", ".join(title for parts in wanted.columns.values() for title in parts)
        raise FileRefused(
            f"No sheet of the file has the columns that profile {profile} reads ({titles}). "
            "Choose another profile, or let the columns be found out."
        )
    if absent := lost(here, mappings):
        raise FileRefused(
            f"Profile {profile} also reads {', '.join(absent)}, which the file does not have. "
            "Let the columns be found out, and keep them as a profile again."
        )
    return Opened(MAPPED, _read(book, here, profile), here, profile)


def _read(book: Book, mappings: Mappings, name: str) -> PlantFile:
    file = read_sheets(convert(book, mappings))
    file.notes.insert(0, f"Read by the profile {name}.")
    return file
