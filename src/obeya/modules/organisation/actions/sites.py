import re
from collections.abc import Iterator
from zoneinfo import available_timezones

from obeya.modules.organisation.events import SiteOpened
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.checking import LONGEST_NAME
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Problem, Refusal, RowsRefused
from obeya.plant.resources import sites
from obeya.plant.resources.models import Site, Unit

UNITS = (  # UN/ECE recommendation 20
    ("H87", "pcs", "count", 0),
    ("KGM", "kg", "mass", 3),
    ("GRM", "g", "mass", 1),
    ("MTR", "m", "length", 3),
    ("MTK", "m²", "area", 3),
    ("LTR", "l", "volume", 3),
    ("HUR", "h", "time", 2),
    ("SET", "set", "count", 0),
)


CODE = re.compile(r"\w[\w.-]{0,19}")  # it stands in every address of the site


class SiteExists(Refusal):
    """There is a site with this code."""


class UnknownTimeZone(Refusal):
    """The time zone is none of the IANA database."""


@action(permission="organisation.open_site")
def open_site(*, code: str, name: str, time_zone: str, by: Actor, currency: str = "EUR") -> Site:
    """A plant at a place, with its virtual stock locations; the first one brings the units."""
    by.must_everywhere("organisation.open_site")
    if time_zone not in available_timezones():
        raise UnknownTimeZone(f"{time_zone} is no time zone. Write one like Europe/Berlin.")
    if problems := list(_problems(code, name, currency)):
        raise RowsRefused(problems)
    if Site.objects.filter(code=code).exists():
        raise SiteExists(f"There is a site {code} already. Choose another code.")
    site = sites.open_site(code=code, name=name, time_zone=time_zone, currency=currency)
    if not Unit.objects.exists():
        insert_many([Unit(code=c, name=n, dimension=d, decimals=shown) for c, n, d, shown in UNITS])
    publish(SiteOpened(site.pk, site.code), site=site)
    return site


def _problems(code: str, name: str, currency: str) -> Iterator[Problem]:
    if not CODE.fullmatch(code):
        remedy = "Write up to 20 letters, digits, - _ and . and begin with a letter or digit."
        yield Problem("not a code for addresses", remedy, field="code", value=code)
    if not 0 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        yield Problem("no name, or too long", "Write up to 200 characters.", field="name")
    if not re.fullmatch("[A-Z]{3}", currency):
        yield Problem("no currency", "Write one like EUR.", field="currency", value=currency)
