"""The kinds of long work that this room does."""

TAKE_OVER = "exchange.take_over"
UNDO = "exchange.undo"
