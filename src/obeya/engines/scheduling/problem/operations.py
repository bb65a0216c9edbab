"""What is to be done, and where it may be done."""

from dataclasses import dataclass

from ..arrays import Ints


@dataclass(frozen=True, eq=False)
class Operations:
    """One row per operation; -1 means none.

    Attributes
    ----------
    order : shape (N,)
        The order that it belongs to, or -1.
    release : shape (N,)
        No run before this time [s]: material, drawing or tool arrives then. Its setup may be made
        before.
    resumable : shape (N,)
        1: work stops when the shift ends and resumes when the next begins. 0: setup and run must
        fit inside one working interval.
    recipe, size : shape (N,)
        On a batch machine operations of one recipe may run together; size is the number of
        places that this one takes.
    first_alternative : shape (N + 1,)
        Operation i may run on alternatives ``first_alternative[i]`` to
        ``first_alternative[i + 1]``.
    fixed_alternative : shape (N,)
        Not -1: the operation is frozen or has started; nothing may move it.
    fixed_start : shape (N,)
        When the run of a fixed operation starts, or started [s].
    remaining : shape (N,)
        Seconds of run still to do from ``now`` if it has started, else -1.
    """

    order: Ints
    release: Ints
    resumable: Ints
    recipe: Ints
    size: Ints
    first_alternative: Ints
    fixed_alternative: Ints
    fixed_start: Ints
    remaining: Ints

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, eq=False)
class Alternatives:
    """One row per way in which an operation can be done.

    Attributes
    ----------
    operation, machine : shape (A,)
        Which operation on which machine.
    run : shape (A,)
        Working seconds of the run, without setup.
    family : shape (A,)
        Setup family, an index into the setup matrix of that machine; -1 needs no setup.
    crew, heads : shape (A,)
        Crew pool (or -1) and the people that it takes through setup and run.
    tool : shape (A,)
        Tool pool (or -1), held from the start of the setup to the end of the run.
    """

    operation: Ints
    machine: Ints
    run: Ints
    family: Ints
    crew: Ints
    heads: Ints
    tool: Ints

    def __len__(self) -> int:
        return len(self.machine)
