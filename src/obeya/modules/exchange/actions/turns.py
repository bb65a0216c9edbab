"""One at a time: while a file is taken over in parts, no other changes the site's rows."""

from obeya.modules.exchange.models import FileImport
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.runs import OPEN
from obeya.plant.resources.models import Site


class TakingOver(Refusal):
    """A file is being taken over at this site; two would change each other's rows."""

    http_status = 409


def refuse_beside(site: Site) -> None:
    """Held until the action ends; rows that name the site do not wait."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    under_way = FileImport.objects.filter(run__status__in=OPEN, site=site)
    if (other := under_way.order_by("pk").first()) is not None:
        raise TakingOver(
            f"{other.name} is being taken over at {site.code}. Wait until that has ended, or stop "
            "it on its page. Nothing was changed."
        )
