"""The example plant of the doors for files, and the digest that says what was changed."""

from obeya.modules.exchange.tests.conftest import digest, is_oak_kept, oak, own_data_folder

__all__ = ["digest", "is_oak_kept", "oak", "own_data_folder"]
