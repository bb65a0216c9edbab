"""Whom it is for, and by when."""

from dataclasses import dataclass

from ..arrays import Ints


@dataclass(frozen=True, eq=False)
class Orders:
    """One row per order.

    Attributes
    ----------
    due : shape (J,)
        Promised completion [s].
    weight : shape (J,)
        What a second of lateness costs against other orders, >= 0.
    last_operation : shape (J,)
        Its end is the completion of the order; -1 if nothing is left to do.
    """

    due: Ints
    weight: Ints
    last_operation: Ints

    def __len__(self) -> int:
        return len(self.due)
