"""Somebody at the browser: logs in, and walks where the menu leads."""

import re
from typing import Any

from tests.support.browser import open_page
from tests.support.server import Server

DEMO_PASSWORD = "look around freely"
OWN_PASSWORD = "four plain words here"


def log_in(page: Any, server: Server, username: str, password: str = DEMO_PASSWORD) -> None:
    open_page(page, f"{server.url}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url, wait_until="domcontentloaded")


def first_log_in(page: Any, server: Server, username: str, one_time: str) -> None:
    log_in(page, server, username, one_time)
    page.fill("[name=old_password]", one_time)
    page.fill("[name=new_password]", OWN_PASSWORD)
    page.fill("[name=repeated]", OWN_PASSWORD)
    page.get_by_role("button", name="Change it").click()
    page.wait_for_url(lambda url: "/password/" not in url, wait_until="domcontentloaded")


def one_time_password(said: str) -> str:
    return re.search(r"one-time password:? (\S+)", said, re.IGNORECASE)[1]


def menu_addresses(page: Any) -> list[str]:
    """Every page that the navigation offers this person."""
    links = page.locator("nav a[href^='/']")
    return sorted(set(links.evaluate_all("links => links.map(link => link.getAttribute('href'))")))
