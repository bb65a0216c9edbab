"""Static files in one piece: they are small, and a server on asyncio would only gather the pieces
of a synchronous stream itself, and complain about it each time."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc] # untyped
    """WhiteNoise, answering with a body instead of a stream."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = WhiteNoiseMiddleware.serve(static_file, request)
        body = b"".join(found.streaming_content)
        found.close()
        return HttpResponse(body, status=found.status_code, headers=dict(found.headers))
