"""The search on the plant model: from a first plan to a good one, every constraint held."""
