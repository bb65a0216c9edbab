"""The gallery of the design system, served as in a demo, but without any plant."""

from collections.abc import Iterator

import pytest

from tests.support.server import Plant, new_plant, serving


@pytest.fixture(scope="session")
def gallery(empty_plant: Plant) -> Iterator[str]:
    """The address of the gallery."""
    with new_plant(like=empty_plant) as plant:
        (plant.data / "demo").touch()
        with serving(plant) as server:
            yield f"{server.url}/ui/gallery"
