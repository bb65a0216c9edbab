"""Short messages beside an htmx answer. A full page uses django.contrib.messages instead."""

import json

from django.http import HttpResponse


def add_toast(
    response: HttpResponse, text: str, *, tone: str = "good", undo_url: str = ""
) -> HttpResponse:
    """Let the page show `text`; with `undo_url` it offers, for ten seconds, to POST there.

    The event is aimed at the toast region, because the element that asked may be gone by then.
    """
    triggers = json.loads(response.headers.get("HX-Trigger", "{}"))
    triggers["toast"] = {"target": "#toasts", "text": str(text), "tone": tone, "undo": undo_url}
    response.headers["HX-Trigger"] = json.dumps(triggers)
    return response
