"""What `obeya call-off` does: the same verbs as the page, in words on the screen."""

import base64
from pathlib import Path
from typing import Any

from obeya.modules.calloffs import queries
from obeya.modules.calloffs.actions import accept_release, receive_releases
from obeya.modules.calloffs.rows import MessageRow
from obeya.modules.calloffs.words import WORDS
from obeya.plant.log.actor import system_actor
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site


class NoSuchFile(Refusal):
    """The file or the site that was named is not there."""


def take_in(path: Path, *, site_code: str, accept: bool) -> int:
    by, site = system_actor(), _site(site_code)
    if not path.is_file():
        raise NoSuchFile(f"{path.name} is no file. Say where the call-off lies.")
    row = MessageRow(path.name, base64.b64encode(path.read_bytes()).decode("ascii"))
    waiting = 0
    for each in receive_releases(site=site, rows=[row], by=by, source="import"):
        found = queries.differences(site=site, kept=each, by=by)
        changed = [line for line in found if line["harm"] != "none"]
        persons = sum(line["needs_a_person"] for line in found)
        print(
            f"{each.format} {each.document} of {each.customer}: {len(found)} parts,"
            f" {len(changed)} changed, {persons} need a person"
        )
        for line in changed:
            print(f"  {told_line(line)}")
        if accept and not persons:
            accept_release(site=site, release=each, by=by, source="import")
            print("  Accepted.")
        else:
            waiting += 1
            print("  It waits on the page Call-offs.")
    return 1 if accept and waiting else 0


def told_line(line: dict[str, Any]) -> str:
    on = f" from {line['on']}" if line["on"] else ""
    said = f"{line['material']}: {WORDS[line['harm']]}, {line['quantity']}{on}"
    if line["mismatch"] != "0":
        transit = ", ".join(f"{document} {amount}" for document, amount in line["in_transit"])
        said += (
            f"; cumulative {line['mismatch']}: in transit {transit or 'nothing'},"
            f" rejected {line['rejected']}, unexplained {line['unexplained']}"
        )
    return said


def _site(code: str) -> Site:
    found = list((Site.objects.filter(code=code) if code else Site.objects.all())[:2])
    if len(found) != 1:
        known = ", ".join(Site.objects.order_by("code").values_list("code", flat=True))
        raise NoSuchFile(f"Which site? Say it with --site. There are: {known or 'none yet'}.")
    return found[0]
