"""The panel of comments and files that any page about a row may load, and the files themselves."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from obeya.plant.log import attachments, comments
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.subjects import must_change, rows_of, subject_of


@require_http_methods(["GET", "POST"])
def notes(request: ActorRequest, model: str, row_id: int) -> HttpResponse:
    """GET and POST /notes/resources.Material/17/ answer with the panel, redrawn."""
    by = request.actor
    if text := request.POST.get("text", "").strip():
        comments.comment(comments=[comments.NewComment(model, row_id, text)], by=by)
    if files := request.FILES.getlist("files"):
        must_change(model, rows_of([(model, row_id)])[model, row_id], by)  # before any is stored
        stored = [attachments.store(each, each.name or "") for each in files]
        new = [attachments.NewAttachment(model, row_id, each) for each in stored]
        attachments.attach_files(files=new, by=by)
    context = {
        "model": model,
        "row_id": row_id,
        "comments": comments.comments_on(model=model, row_id=row_id, by=by),
        "attachments": attachments.attachments_on(model=model, row_id=row_id, by=by),
        "may_add": by.may(subject_of(model).change),
    }
    return render(request, "access/notes.html", context)


@require_GET
def file(request: HttpRequest, attachment_id: int, name: str) -> FileResponse:
    """GET /files/7/drawing.pdf: always to be saved, never opened inside our pages."""
    asked: ActorRequest = request  # type: ignore[assignment]
    found = attachments.attachment(attachment_id=attachment_id, by=asked.actor)
    response = FileResponse(
        default_storage.open(attachments.place_of(found.digest)),
        as_attachment=True,
        filename=found.name,
        content_type=found.content_type,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
