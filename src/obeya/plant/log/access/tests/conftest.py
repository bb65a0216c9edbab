from obeya.plant.log.access.tests.people import (
    bru,
    by_ida,
    enter,
    ida,
    kes,
    roles,
    someone,
    tree,
)

__all__ = ["bru", "by_ida", "enter", "ida", "kes", "roles", "someone", "tree"]
