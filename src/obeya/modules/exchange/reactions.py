"""What this room does when something has happened."""

from obeya.modules.exchange.events import ImportUndone, PartUndone
from obeya.plant.log import search
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.log.reactions import Reaction


def look_again(event: OperationsEvent, *, by: Actor, key: str) -> None:
    """What an undo took away is no longer found; what it put back is found as it was."""
    changed = ChangeRow.objects.filter(event=event.pk).order_by()
    for model in sorted(set(changed.values_list("model", flat=True))):
        search.look_again(event, by=by, key=key, model=model)


REACTIONS = (
    Reaction(on=ImportUndone, do=look_again, name="exchange.look_again"),
    Reaction(on=PartUndone, do=look_again, name="exchange.look_again_at_part"),
)
