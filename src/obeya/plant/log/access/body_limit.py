"""A request has a size: more is refused while it arrives, before it fills memory or disk."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Receive, Send], Awaitable[None]]

REFUSAL = b"The request is too large. Send less at once."


class _TooLarge(Exception):
    """Stops the application from reading on."""


def limit_bodies(application: Application, *, most_bytes: int) -> Application:
    """Wrap an ASGI application; counts what really arrives, with or without a length header."""

    async def limited(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > most_bytes:
            await _refuse(send)
            return
        arrived = 0
        has_answered = False

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > most_bytes:
                raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal has_answered
            has_answered = True
            await send(message)

        try:
            await application(scope, counted, watched)
        except _TooLarge:
            if not has_answered:
                await _refuse(send)

    return limited


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL})
