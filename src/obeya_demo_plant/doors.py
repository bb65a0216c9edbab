"""The doors of the product, as any program outside finds them: JSON over HTTP, with a token."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

Row = Mapping[str, Any]
Answer = tuple[int, str]
Send = Callable[[str, str, str | None, Mapping[str, str]], Answer]  # method, path, body, headers

PATIENCE_S = 120.0  # a server that restarts is back by then
AGAIN_AFTER_S = 1.0
BUSY = (429, 502, 503, 504)


class Refused(Exception):
    """The product says no, and why."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"{status}: {said}")
        self.status = status


class Silent(Exception):
    """Nobody answers any more."""


class Doors:
    """The lists and verbs of one site."""

    def __init__(self, site: str, send: Send) -> None:
        self.site, self._send = site, send

    def list(self, name: str, *, of_site: bool = True) -> list[Row]:
        """All pages."""
        path: str | None = self._path(name, of_site) + "?limit=1000"
        rows: list[Row] = []
        while path is not None:
            page = self._ask("GET", path)
            rows += page["items"]
            path = page["next"]
        return rows

    def ask(self, name: str, **asked: str) -> Row:
        """An answer that is worked out when it is asked for."""
        row: Row = self._ask("GET", f"{self._path(name, True)}?{urlencode(asked)}")
        return row

    def one(self, name: str, key: str) -> Row:
        """A row of a list, by its natural key."""
        row: Row = self._ask("GET", f"{self._path(name, True)}{quote(key, safe='')}/")
        return row

    def post(
        self, verb: str, rows: Sequence[Row], *, key: str | None = None, of_site: bool = True
    ) -> Any:
        """Once, however often it is sent with one key."""
        headers = {"Idempotency-Key": key} if key else {}
        body = json.dumps({"rows": list(rows)})
        return self._ask("POST", self._path(verb, of_site), body, headers)["result"]

    def _path(self, name: str, of_site: bool) -> str:
        return f"/api/v1/s/{self.site}/{name}/" if of_site else f"/api/v1/{name}/"

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] = {}
    ) -> Any:
        status, text = self._send(method, path, body, headers)
        if status != 200:
            raise Refused(status, _title(text))
        return json.loads(text)


def over_http(url: str, token: str, *, patience_s: float = PATIENCE_S) -> Send:
    """Sends again while the server is away or busy: keys make that safe."""
    place = urlsplit(url)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    line = kind(place.netloc, timeout=60)

    def send(method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        said = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers}
        until = time.monotonic() + patience_s
        while True:
            try:
                line.request(method, path, body.encode() if body is not None else None, said)
                answer = line.getresponse()
                status, text = answer.status, answer.read().decode()
                if status not in BUSY:
                    return status, text
                why = f"{status}: {text[:200]}"
            except (OSError, HTTPException) as error:
                line.close()  # the next request opens it again
                why = str(error)
            if time.monotonic() > until:
                raise Silent(f"{url} does not answer: {why}")
            time.sleep(AGAIN_AFTER_S)

    return send


def _title(text: str) -> str:
    try:
        body = json.loads(text)
        problems = [f"{each['field']}: {each['rule']}" for each in body.get("problems", [])]
        return "; ".join([body["title"], *problems])
    except (ValueError, KeyError, TypeError, AttributeError):
        return text[:300]
