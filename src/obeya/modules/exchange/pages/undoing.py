"""Taking an import back from its page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from obeya.modules.exchange.actions import ChangedOrUsedSince, Undone, begin_undo, undo_import
from obeya.modules.exchange.pages.places import address_of, shown_import
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal

SHOWN = 200
NAMED = 5


@require_POST
def undo(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """Put back what the import changed, or name every row that stands in the way; a large one is
    looked at and put back by a worker.
    """
    done = shown_import(request, site, import_id)
    if done.site is None:
        messages.error(request, _("It was not taken over yet: there is nothing to undo."))
        return HttpResponseRedirect(address_of("preview", done))
    try:
        if done.valid_parts().exists():
            begin_undo(site=done.site, done=done, by=request.actor, source="import")
        else:
            undone = undo_import(site=done.site, done=done, by=request.actor)
            messages.success(request, _told(done.name, undone))
    except ChangedOrUsedSince as refused:
        context = {
            "site": done.site,
            "checked": done,
            "refused": {
                "rows": [(each.rule, each.remedy) for each in refused.problems[:SHOWN]],
                "count": len(refused.problems),
            },
            "back": address_of("preview", done),
        }
        return render(request, "exchange/undo_refused.html", context, status=422)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(address_of("preview", done))


def _told(name: str, undone: Undone) -> str:
    told = [_("%(name)s was undone.") % {"name": name}]
    if undone.cancelled:
        count = undone.cancelled
        told.append(
            ngettext("%d purchase was cancelled.", "%d purchases were cancelled.", count) % count
        )
    if undone.kept:
        named = ", ".join(undone.kept[:NAMED]) + (" …" if len(undone.kept) > NAMED else "")
        told.append(_("Stays, because the books name it: %(rows)s.") % {"rows": named})
    return " ".join(told)
