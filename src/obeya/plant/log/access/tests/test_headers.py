import logging

import pytest

from obeya.plant.log.access.body_limit import limit_bodies
from obeya.plant.log.access.secrecy import HideSecrets, hide
from obeya.plant.log.access.tokens import fresh_token


def test_every_answer_says_what_a_browser_may_do_with_it(client, db):
    headers = client.get("/login/").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
        " frame-ancestors 'none'; form-action 'self'"
    )
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_behind_tls_browsers_are_told_to_stay_there(client, db, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert client.get("/login/", secure=True).headers["Strict-Transport-Security"] == (
        "max-age=31536000"
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Authorization: Bearer abc.def", "Authorization: Bearer [hidden]"),
        ("password=four%20plain next=/", "password=[hidden] next=/"),
        ('{"password": "four"}', '{"password": "[hidden]"}'),
        ('{"password": "four plain, words", "a": 1}', '{"password": "[hidden]", "a": 1}'),
        (r"{'new_password': 'it\'s four words'}", "{'new_password': '[hidden]'}"),
        ("{'Authorization': 'Bearer abc.def'}", "{'Authorization': 'Bearer [hidden]'}"),
        ("postgresql://me:geheim@host/x", "postgresql://me:[hidden]@host/x"),
        ("a press at 12:30", "a press at 12:30"),
    ],
)
def test_secrets_are_taken_out_of_a_line(line, shown):
    assert hide(line) == shown


def test_neither_a_message_nor_a_traceback_gives_a_token_away(caplog):
    token = fresh_token().text
    handler = logging.Handler()
    lines = []
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))
    handler.addFilter(HideSecrets())
    logger = logging.getLogger("obeya.test")
    logger.addHandler(handler)
    try:
        raise ValueError(f"could not use {token}")
    except ValueError:
        logger.exception("request with %s failed", token)
    finally:
        logger.removeHandler(handler)

    assert token not in lines[0]
    assert lines[0].count("[hidden]") == 2


async def drive(chunks, headers=()):
    """What a limited application answers, and how much of the body it was given."""
    given, sent = [], []

    async def application(scope, receive, send):
        while True:
            message = await receive()
            given.append(len(message["body"]))
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    messages = iter(
        {"type": "http.request", "body": chunk, "more_body": n < len(chunks) - 1}
        for n, chunk in enumerate(chunks)
    )

    async def receive():
        return next(messages)

    async def send(message):
        sent.append(message)

    limited = limit_bodies(application, most_bytes=10)
    await limited({"type": "http", "headers": list(headers)}, receive, send)
    return sent[0]["status"], sum(given)


@pytest.mark.parametrize(
    ("chunks", "headers", "status", "given"),
    [
        ([b"12345", b"67890"], [], 200, 10),
        ([b"12345", b"678901", b"2"], [], 413, 5),
        ([b"1"], [(b"content-length", b"11")], 413, 0),
        ([b"1"], [(b"content-length", b"-1")], 413, 0),
    ],
)
def test_a_body_past_the_limit_is_refused_while_it_arrives(chunks, headers, status, given):
    import asyncio

    assert asyncio.run(drive(chunks, headers)) == (status, given)
