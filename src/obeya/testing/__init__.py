"""A plant for tests, the demo and the docs, built through the plant's own actions.

plant = a_plant().with_machine("PRESS-4").with_material("BR-600")
plant.machine("PRESS-4")  # the Equipment
"""

from obeya.testing.plant import Plant, a_plant

__all__ = ["Plant", "a_plant"]
