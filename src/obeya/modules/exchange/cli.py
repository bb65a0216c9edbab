"""`obeya import`, `obeya template`, `obeya export`."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from obeya.modules.exchange.actions import Imported, try_import
from obeya.modules.exchange.differing import told_differences
from obeya.modules.exchange.importing_now import import_in_parts, import_whole
from obeya.modules.exchange.opening import open_file, told_guess
from obeya.modules.exchange.parts import is_large
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.profiles import PROFILES
from obeya.modules.exchange.queries import mapping_profiles, plant_sheets
from obeya.modules.exchange.reading.times import read_date
from obeya.modules.exchange.reading.values import Unreadable
from obeya.modules.exchange.refusals import FileRefused, ImportRefused
from obeya.modules.exchange.shifting import shift_dates
from obeya.modules.exchange.uploads import Upload
from obeya.modules.exchange.writing.template import read_me, write_template
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.command import Command
from obeya.plant.resources.models import Site


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a workbook, a folder or zip of CSV files, a .json")
    parser.add_argument("--site", default="", help="code of the site; opened if it is new")
    parser.add_argument("--zone", default="", help="time zone of a new site: Europe/Berlin")
    parser.add_argument(
        "--profile",
        default="",
        help=f"where it comes from: {', '.join(PROFILES)}, or a profile that was saved on the page",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, row by row, and do nothing"
    )
    parser.add_argument(
        "--rows", type=int, default=20, metavar="N", help="rows of each sheet that a dry run lists"
    )
    parser.add_argument(
        "--only-valid", action="store_true", help="leave refused rows out instead of refusing all"
    )
    parser.add_argument(
        "--shift-dates-to",
        default="",
        metavar="DAY",
        help="move demand and purchases so that they begin on this day (2026-12-01, or today)",
    )


def import_file(options: Namespace) -> int:
    try:
        imported = _import(options)
    except ImportRefused as refused:
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        print(f"{len(refused.faults)} refused; nothing was imported.", file=sys.stderr)
        return 1
    print(f"Site {imported.site_code}{' (new)' if imported.is_site_new else ''}")
    for sheet, saved in imported.counts.items():
        print(f"  {sheet}: {saved}")
    for line in told_differences(imported.differences, most=options.rows):
        print(f"  {line}")
    for note in imported.notes:
        print(f"  Note: {note}")
    for fault in imported.faults:
        print(fault, file=sys.stderr)
    if options.dry_run:
        print("Dry run: nothing was changed.")
    if imported.faults:
        left_out = "would be refused" if options.dry_run else "refused and left out"
        print(f"{len(imported.faults)} {left_out}.", file=sys.stderr)
    return 1 if imported.faults else 0


def _import(options: Namespace) -> Imported:
    by = system_actor()
    site = Site.objects.filter(code=options.site).first() if options.site else only_site()
    opened = open_file(options.file, options.profile, mapping_profiles(site=site, by=by))
    if opened.file is None:
        raise FileRefused(told_guess(opened))
    file = opened.file
    if options.shift_dates_to:
        shift_dates(file, _day(options.shift_dates_to, options, file))
    if options.dry_run:
        return try_import(file=file, site_code=options.site, zone=options.zone, by=by)
    upload = Upload(options.file.name[:100], "", opened.profile, options.site, options.zone)
    take_over = import_in_parts if is_large(file.count) else import_whole
    return take_over(file, upload, only_valid=options.only_valid, by=by)


def only_site() -> Site | None:
    sites = list(Site.objects.order_by("code")[:2])
    return sites[0] if len(sites) == 1 else None


def _day(text: str, options: Namespace, file: PlantFile) -> date:
    if text == "today":
        site = Site.objects.filter(code=options.site or file.site_code).first()
        return today(site.time_zone if site else options.zone or file.zone)
    try:
        return read_date(text)
    except Unreadable as error:
        raise FileRefused(f"--shift-dates-to {text}: {error}") from None


def today(zone: str) -> date:
    """The day that the wall clock shows there; UTC where the zone is not known (it is refused)."""
    known = zone in available_timezones()
    return clock.now().astimezone(ZoneInfo(zone if known else "UTC")).date()


def _file_argument(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the workbook to write, .xlsx")


def template(options: Namespace) -> None:
    write_template(_free(options.file, force=False))
    print(f"{options.file}: fill it, then `obeya import {options.file} --dry-run`.")


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a workbook (.xlsx), else a folder for CSV files")
    parser.add_argument("--site", default="", help="code of the site, where there are several")
    parser.add_argument("--force", action="store_true", help="write over what is there")


def export(options: Namespace) -> None:
    from obeya.modules.exchange.writing import book  # noqa: PLC0415 - loads openpyxl

    site = site_named(options.site)
    sheets = plant_sheets(site=site, by=system_actor())
    target = _free(options.file, force=options.force)
    if target.suffix.lower() == ".xlsx":
        book.write_workbook(target, sheets, read_me())
    else:
        book.write_folder(target, sheets)
    rows = sum(len(rows) for _, rows in sheets)
    print(f"{target}: {rows:,} rows of site {site.code}.")


def site_named(code: str) -> Site:
    sites = Site.objects.filter(code=code) if code else Site.objects.all()
    found = list(sites.order_by("code")[:2])
    if len(found) != 1:
        known = (
            ", ".join(Site.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        )
        raise FileRefused(f"Which site? Say it with --site. There are: {known}.")
    return found[0]


def _free(target: Path, *, force: bool) -> Path:
    if target.exists() and not force:
        raise FileRefused(f"{target.name} is there already. Choose another name, or say --force.")
    return target


COMMANDS = (
    Command(
        "import",
        "Take a plant's workbook or CSV files over",
        import_file,
        _import_arguments,
        begins_a_plant=True,
    ),
    Command("template", "Write an empty workbook to fill in", template, _file_argument),
    Command("export", "Write a plant as a workbook or CSV files", export, _export_arguments),
)
