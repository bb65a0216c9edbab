"""A form that bears a key: however often it is sent, it has one effect, and one answer."""

from typing import Any

from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.actions import Action
from obeya.plant.log.answers import request_hash
from obeya.plant.log.refusal import KeyReused

NOT_SAID = {"key", "csrfmiddlewaretoken"}  # by whoever filled the form in


def once(request: ActorRequest) -> dict[str, Any]:
    """The form's key and the hash of all that it says, as an action takes them."""
    key = request.POST.get("key")
    return {"key": key, "asked": _hash(request)} if key else {}


def was_done(action: Action[Any], request: ActorRequest, *, site: Any) -> bool:
    """Whether this very form has been sent and done before.

    For a form that would be refused by now: a reason or a place that it names may have left the
    lists since, and what was done is not refused for that.
    """
    action.ask(request.actor, site)
    form = once(request)
    if not form:
        return False
    try:
        return action.answered(by=request.actor, **form) is not None
    except KeyReused:  # it says something else by now: what is wrong with that is told
        return False


def _hash(request: ActorRequest) -> str:
    said = [[name, values] for name, values in sorted(request.POST.lists()) if name not in NOT_SAID]
    return request_hash({"path": request.path, "form": said})
