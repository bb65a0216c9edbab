"""Somebody at the browser: logs in, and walks where the menu leads."""

from typing import Any

from tests.support.browser import open_page
from tests.support.server import Server

DEMO_PASSWORD = "look around freely"


def log_in(page: Any, server: Server, username: str, password: str = DEMO_PASSWORD) -> None:
    open_page(page, f"{server.url}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url, wait_until="domcontentloaded")


def menu_addresses(page: Any) -> list[str]:
    """Every page that the navigation offers this person."""
    links = page.locator("nav a[href^='/']")
    return sorted(set(links.evaluate_all("links => links.map(link => link.getAttribute('href'))")))
