"""How fast a plant's file comes in, and who waits meanwhile."""

from obeya.modules.exchange.benches import importing
from obeya.plant.log.command import Bench

BENCHES = (
    Bench(
        "import",
        "A plant's file from opened to committed, beside somebody who taps",
        importing.run,
        importing.arguments,
        is_right=importing.is_right,
    ),
)
