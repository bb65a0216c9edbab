"""An order that no plan knows yet."""

from dataclasses import dataclass

from ..problem import Alternative


@dataclass(frozen=True)
class After:
    """A predecessor by its position in the order; see `Precedence` for the lags [s].

    ``end_lag`` not None makes it an overlap (transfer batches).
    """

    position: int
    lag: int = 0
    maximum_wait: int = -1
    end_lag: int | None = None


@dataclass(frozen=True)
class NewOperation:
    """One operation of a new order; see `Operations` for the fields.

    ``release`` None: its material is there. Alternatives name the setup family themselves.
    """

    alternatives: tuple[Alternative, ...]
    after: tuple[After, ...] = ()
    release: int | None = None
    resumable: bool = True
    recipe: int = -1
    size: int = 1
    label: str = ""


@dataclass(frozen=True)
class NewOrder:
    """Operations, each after those that it names; the last one completes the order."""

    operations: tuple[NewOperation, ...]
    due: int
    weight: int = 1
    label: str = ""

    def __post_init__(self) -> None:
        if not self.operations:
            raise ValueError("Expected at least one operation.")
        for position, operation in enumerate(self.operations):
            if any(not 0 <= after.position < position for after in operation.after):
                raise ValueError("Expected operations to name only those before them.")
