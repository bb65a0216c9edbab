"""Compiled core of the plant search: exact evaluation of moves, and annealing over them."""
