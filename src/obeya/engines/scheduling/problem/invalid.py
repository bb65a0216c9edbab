"""A problem that breaks its own rules."""


class InvalidProblem(ValueError):
    """The tables contradict themselves; the message names the row, the rule and the remedy.

    Attributes
    ----------
    table, row
        Where the offence stands, as in ``operations`` row 7; row -1 is the table as a whole.
    """

    def __init__(self, table: str, row: int, rule: str, remedy: str) -> None:
        self.table, self.row = table, row
        where = f"{table}[{row}]" if row >= 0 else table
        super().__init__(f"{where}: {rule} {remedy}")
