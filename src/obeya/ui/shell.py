"""What surrounds every page: `config` composes it from the rooms' menus, base.html shows it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page in a place's second row."""

    title: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Place:
    """One of the at most eight places of the top navigation; hidden while it has no entry."""

    code: str  # names its icon, see `ICONS`
    title: str
    entries: Sequence[Entry] = ()
    is_current: bool = False

    @property
    def url(self) -> str:
        return self.entries[0].url

    @property
    def icon(self) -> str:
        return ICONS.get(self.code, "circle")


ICONS = {
    "today": "house",
    "plan": "calendar-range",
    "floor": "factory",
    "stock": "boxes",
    "quality": "badge-check",
    "assets": "wrench",
    "people": "users",
    "improve": "lightbulb",
}


@dataclass(frozen=True)
class SiteChoice:
    code: str
    name: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class AccountMenu:
    name: str
    note: str = ""  # role, or "on behalf of …"
    settings_url: str = ""
    logout_url: str = ""  # takes a POST
    language_url: str = ""  # Django's set_language

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@dataclass(frozen=True)
class Shell:
    """Context variable `shell`; every part may be missing, and is then not shown.

    The context variable `navigation` is a sequence of `Place`.
    """

    sites: Sequence[SiteChoice] = ()
    account: AccountMenu | None = None
    palette_url: str = ""  # answers ?q= with {"items": [{title, url, group}]}
    inbox_url: str = ""
    inbox_count: int = 0
    help_url: str = ""
    live_url: str = ""  # the page adds ?topics= through the context variable `topics`
    languages: Sequence[tuple[str, str]] = ()

    @property
    def site(self) -> SiteChoice | None:
        return next((site for site in self.sites if site.is_current), None)
