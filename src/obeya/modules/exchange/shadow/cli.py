"""`obeya shadow`: the lists of the ERP, looked for now or taken from a file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from obeya.modules.exchange import queries
from obeya.modules.exchange.importing_now import execute_here
from obeya.modules.exchange.models import ShadowNight, ShadowSource
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.shadow import folder, nightly
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.command import Command
from obeya.plant.resources.models import Site

MOST = 20
SIGNS = {"field": "~", "gone": "-", "ours": "+"}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("list", nargs="?", default="", help="name of a list; none: all of them")
    parser.add_argument("--site", default="", help="code of the site, where there are several")
    parser.add_argument("--take", type=Path, metavar="FILE", help="take this file over as the list")
    parser.add_argument(
        "--run", dest="looks", action="store_true", help="look for the newest file now"
    )
    parser.add_argument(
        "--sure", action="store_true", help="also where it is much smaller than the last"
    )
    parser.add_argument(
        "--rows", type=int, default=MOST, metavar="N", help="differences of each list that are told"
    )


def shadow(options: Namespace) -> int:
    """Ends with 1 where something was not taken over."""
    by = system_actor()
    site = _site(options.site)
    sources = list(queries.shadow_sources(site=site, by=by))
    if options.list:
        sources = [each for each in sources if each.name == options.list]
    if not sources:
        raise FileRefused(
            "There is no such list. Enter it on the page Shadow, or by `obeya action shadow-lists`."
        )
    if options.take and len(sources) != 1:
        raise FileRefused("Say of which list the file is: `obeya shadow LIST --take FILE`.")
    if options.sure and not options.take:
        raise FileRefused("Say of which file you are sure: `obeya shadow LIST --take FILE --sure`.")
    failed = 0
    for source in sources:
        night = _night(source, options, by)
        failed += night is not None and not night.is_well
        _tell(source, night, options.rows, by)
    return 1 if failed else 0


def _night(source: ShadowSource, options: Namespace, by: Actor) -> ShadowNight | None:
    now = clock.real_now()
    if options.take:
        if not options.take.is_file():
            raise FileRefused(f"{options.take.name} is no file. Say where the list lies.")
        content = options.take.read_bytes()
        file = folder.arrived(options.take.name, content, now)
        return _whole(nightly.take(source, file, by=by, now=now, is_sure=options.sure, here=True))
    if options.looks:
        return _whole(nightly.look(source, by=by, now=now, here=True))
    return queries.last_nights(site=source.site, by=by).get(source.pk)


def _whole(night: ShadowNight | None) -> ShadowNight | None:
    """A large file goes in by parts, here; if this process dies, a worker goes on with it."""
    if night is not None and night.file_import is not None:
        execute_here(night.file_import)
    return night


def _tell(source: ShadowSource, night: ShadowNight | None, most: int, by: Actor) -> None:
    print(f"{source.name}, read by {source.profile}, from {folder.folder_of(source)}")
    if night is None:
        print("  No file has been taken over yet.")
    elif night.stage == "taken":
        told = ", ".join(f"{count} {kind}" for kind, count in night.counts.items())
        print(f"  {night.name}: taken over, {night.rows} rows; differences: {told}")
    else:
        print(f"  {night.told_state}: {night.why or night.name}")
    differences = queries.shadow_differences(source=source, by=by).order_by("named", "pk")
    for each in differences[:most]:
        what = f"{each.field}: theirs {each.theirs or '–'}, ours {each.ours or '–'}"
        print(f"  {SIGNS[each.kind]} {each.sheet}, {each.named}{', ' + what if each.field else ''}")


def _site(code: str) -> Site:
    found = list((Site.objects.filter(code=code) if code else Site.objects.all())[:2])
    if len(found) != 1:
        known = ", ".join(Site.objects.order_by("code").values_list("code", flat=True))
        raise FileRefused(f"Which site? Say it with --site. There are: {known or 'none yet'}.")
    return found[0]


COMMANDS = (
    Command("shadow", "Reconcile with an ERP: its lists of every night", shadow, _arguments),
)
