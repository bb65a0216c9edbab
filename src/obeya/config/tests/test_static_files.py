"""Static files over the real ASGI application, as uvicorn calls it."""

import asyncio
import warnings

import pytest
from asgiref.testing import ApplicationCommunicator

from obeya.config.asgi import application

SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "query_string": b"",
    "root_path": "",
    "server": ("testserver", 80),
    "client": ("127.0.0.1", 50_000),
}


async def get(path, *headers):
    scope = SCOPE | {"path": path, "raw_path": path.encode(), "headers": list(headers)}
    talk = ApplicationCommunicator(application, scope)
    await talk.send_input({"type": "http.request"})
    start = await talk.receive_output(timeout=20)
    body = b""
    while True:
        part = await talk.receive_output(timeout=20)
        body += part.get("body", b"")
        if not part.get("more_body"):
            return start["status"], dict(start["headers"]), body


@pytest.mark.django_db(transaction=True)
def test_a_file_comes_whole_and_without_a_complaint():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="StreamingHttpResponse")
        status, headers, body = asyncio.run(get("/static/ui/css/tokens.css"))

    assert status == 200
    assert headers[b"Content-Type"].startswith(b"text/css")
    assert int(headers[b"Content-Length"]) == len(body)
    assert b"--accent" in body


@pytest.mark.django_db(transaction=True)
def test_a_file_that_the_browser_has_is_not_sent_again():
    _, headers, _ = asyncio.run(get("/static/ui/css/tokens.css"))

    since = (b"if-modified-since", headers[b"Last-Modified"])
    status, _, body = asyncio.run(get("/static/ui/css/tokens.css", since))

    assert (status, body) == (304, b"")
