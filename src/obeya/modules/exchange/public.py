"""What others may use of this room: taking a whole plant over."""

from obeya.modules.exchange.actions import import_plant
from obeya.modules.exchange.own_format import plant_of_rows

__all__ = ["import_plant", "plant_of_rows"]
