"""Thirty-eight boards in six product lines, seven of them built into a device."""

from dataclasses import dataclass

PANEL = 4  # boards of a panel
PIECES_A_WEEK = 15_000
PEAKS = (238, 248, 256)  # reflow peak [°C] by the mass of a board
MSL3_HOURS = 168  # floor life between opening a reel's bag and the last reflow


@dataclass(frozen=True)
class Board:
    """One board as it is placed, tested and sold (or built into a device)."""

    code: str
    name: str
    line: str
    number: int  # among all boards, from 0
    panel_s: float  # of the slowest placer, a panel and side
    sides: int
    peak: int  # of its reflow profile [°C]
    bom_lines: int
    share: float  # of the pieces of a week
    is_soldered: bool  # has leaded parts: selective soldering
    is_circuit_tested: bool
    is_coated: bool
    is_function_tested: bool
    device: str = ""  # code of the device that it is built into

    @property
    def sold_as(self) -> str:
        return self.device or self.code

    def families(self) -> list[str]:
        """Setup families of its sides in the order in which they are placed."""
        return [f"{self.code} {side}" for side in ("BOTTOM", "TOP")[2 - self.sides :]]


LINES = {  # product line: name, boards
    "MC": ("Motor controller", 8),
    "SN": ("Sensor node", 7),
    "PS": ("Power supply", 6),
    "GW": ("Gateway", 6),
    "DI": ("Display unit", 5),
    "LT": ("Light driver", 6),
}


def boards() -> list[Board]:
    """All of them; what differs from board to board goes by its number, so it never changes."""
    found: list[Board] = []
    for line, (name, count) in LINES.items():
        for place in range(count):
            found.append(_board(line, name, place, len(found)))
    weight = sum(1 / (1 + each.number % 8) for each in found)
    return [_with_share(each, 1 / (1 + each.number % 8) / weight) for each in found]


def _board(line: str, name: str, place: int, number: int) -> Board:
    code = f"{line}-{110 + 10 * place}"
    return Board(
        code=code,
        name=f"{name} board {code[3:]}",
        line=line,
        number=number,
        panel_s=42 + number * 7 % 19,
        sides=2 if number % 11 in (2, 5, 9) else 1,
        peak=PEAKS[(number + number // 5) % 3],
        bom_lines=85 + number * 11 % 46,
        share=0.0,
        is_soldered=number % 5 not in (1, 3),
        is_circuit_tested=number % 2 == 0,
        is_coated=number % 4 == 1,
        is_function_tested=number % 10 not in (3, 6, 8),
        device=f"DEV-{code}" if number % 5 == 4 and number < 37 else "",
    )


def _with_share(board: Board, share: float) -> Board:
    return Board(**(vars(board) | {"share": share}))
