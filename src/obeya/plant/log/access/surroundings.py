"""What stands around every page: the places that this actor may enter, sites, account, search."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from obeya.plant.log import rooms
from obeya.plant.log.access.grants import OWN_ACCOUNT
from obeya.plant.log.access.requests import actor_of
from obeya.plant.log.actor import Actor
from obeya.ui.shell import AccountMenu, Entry, Place, Shell, SiteChoice

PLACES = {
    "Today": _("Today"),
    "Plan": _("Plan"),
    "Floor": _("Floor"),
    "Stock": _("Stock"),
    "Quality": _("Quality"),
    "Assets": _("Assets"),
    "People": _("People"),
    "Improve": _("Improve"),
}
SETTINGS = "Settings"
LAST_SITE = "site"


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `actor`, `site`, `navigation` and `shell`, as ui/base.html wants them."""
    actor = actor_of(request)
    if actor is None:
        return {"actor": None, "site": None, "navigation": (), "shell": Shell()}
    sites = visible_sites(actor)
    site = current_site(request, sites)
    in_settings = pages_of(actor, site, [SETTINGS])
    account = AccountMenu(
        name=actor.name,
        settings_url=in_settings[0][2] if in_settings else "",
        logout_url=reverse("access:log-out"),
        language_url=reverse("access:set-language"),
    )
    shell = Shell(
        sites=[
            SiteChoice(each.code, each.name, _same_page_at(request, each.code), each == site)
            for each in sites
        ],
        account=account,
        palette_url=reverse("access:search"),
        live_url=reverse("access:events"),
        languages=settings.LANGUAGES if len(settings.LANGUAGES) < 20 else (),
    )
    return {
        "actor": actor,
        "site": site,
        "navigation": navigation(request, actor, site),
        "shell": shell,
        "settings_pages": [Entry(title, url, url == request.path) for _, title, url in in_settings],
    }


def visible_sites(actor: Actor) -> list[Any]:
    """Sites in which the actor may do anything at all beyond looking after the own account."""
    site_ids = {
        scope.site_id
        for permission, scopes in actor.grants.items()
        if permission != OWN_ACCOUNT
        for scope in scopes
    }
    open_sites = apps.get_model("resources", "Site").objects.filter(archived_at=None)
    if None in site_ids:  # everywhere
        return list(open_sites)
    return list(open_sites.filter(pk__in=[each for each in site_ids if each is not None]))


def current_site(request: HttpRequest, sites: Iterable[Any]) -> Any:
    """The site in the address; else the one that was looked at last; else the first."""
    by_code = {site.code: site for site in sites}
    match = request.resolver_match
    code = match.kwargs.get("site") if match else None
    if code in by_code:
        if request.session.get(LAST_SITE) != code:
            request.session[LAST_SITE] = code
        return by_code[code]
    return by_code.get(request.session.get(LAST_SITE), next(iter(by_code.values()), None))


def pages_of(actor: Actor, site: Any, places: Iterable[str]) -> list[tuple[str, str, str]]:
    """(place, title, address) of the menu entries that this actor may open here."""
    wanted = set(places)
    items = sorted((item for room in rooms.rooms() for item in room.menu), key=lambda i: i.rank)
    return [
        (item.place, str(item.title), url)
        for item in items
        if item.place in wanted
        and actor.may(item.permission, site=site)
        and (url := address_of_page(item.url_name, site))
    ]


def navigation(request: HttpRequest, actor: Actor, site: Any) -> list[Place]:
    pages = pages_of(actor, site, PLACES)
    here = max(
        (url for _place, _title, url in pages if request.path.startswith(url)),
        key=len,
        default="",
    )
    places = []
    for code, title in PLACES.items():
        entries = [Entry(text, url, url == here) for place, text, url in pages if place == code]
        if entries:
            is_here = any(entry.is_current for entry in entries)
            places.append(Place(code.lower(), str(title), entries, is_here))
    return places


def address_of_page(url_name: str, site: Any) -> str:
    """With the site's code where the page is a site's; empty where there is no such page."""
    for kwargs in ([{"site": site.code}] if site is not None else []) + [{}]:
        try:
            return reverse(url_name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


def _same_page_at(request: HttpRequest, code: str) -> str:
    match = request.resolver_match
    if match and set(match.kwargs) == {"site"}:
        return reverse(match.view_name, kwargs={"site": code})
    return f"/s/{code}/today/"
