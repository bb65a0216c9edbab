"""The kinds of long work that this room does."""

TAKE_OVER = "exchange.take_over"
UNDO = "exchange.undo"
CHECKING = "checking"  # the step of an undo in which all of it is tried
