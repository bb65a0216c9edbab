"""Answers that refuse. Each says what happened and what to do next."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from obeya.ui.toasts import add_toast


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked and will put the answer into a part of the page."""
    return "HX-Request" in request.headers and request.headers.get("HX-Request-Type") != "full"


def refusal(
    request: HttpRequest, status: int, text: str, *, problems: Sequence[object] = ()
) -> HttpResponse:
    """A whole page for a browser; for htmx a toast that leaves the page as it stands.

    `problems` have `.rule`, `.remedy`, and optionally `.row`, `.field`, `.value`.
    """
    if is_fragment(request):
        response = HttpResponse(status=status, headers={"HX-Reswap": "none"})
        return add_toast(response, text, tone="danger" if status != 409 else "warning")
    context = {"status": status, "text": text, "problems": problems}
    page = render_to_string("ui/refusal.html", context, request=request)
    return HttpResponse(page, status=status)


def add_refusal(form: BaseForm, refusal: Exception) -> None:
    """Show a refusal where it belongs: at the field that a problem names, else above the form."""
    problems: Sequence[Any] = getattr(refusal, "problems", ())
    for problem in problems:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, f"{problem.rule[:1].upper()}{problem.rule[1:]}. {problem.remedy}")
    if not problems:
        form.add_error(None, str(refusal))
