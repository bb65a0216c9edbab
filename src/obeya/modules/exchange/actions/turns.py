"""One at a time: while a file goes in or back by parts, no other changes its site's rows."""

from obeya.modules.exchange.models import FileImport
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.runs import OPEN
from obeya.plant.resources.models import Site


class TakingOver(Refusal):
    """A file is being taken over or undone at this site; two would change each other's rows."""

    http_status = 409


def refuse_beside(site: Site) -> None:
    """Held until the action ends; rows that name the site do not wait."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    under_way = FileImport.objects.filter(run__status__in=OPEN, site=site)
    if (other := under_way.order_by("pk").first()) is not None:
        word = "undone" if other.is_being_undone else "taken over"
        raise TakingOver(
            f"{other.name} is being {word} at {site.code}. Wait until that has ended, or stop "
            "it on its page. Nothing was changed."
        )
