"""A plain shop as seen from one side: from its beginning, or from its end."""

import numpy as np
from numpy.typing import NDArray

Ints32 = NDArray[np.int32]
Ints64 = NDArray[np.int64]
Floats = NDArray[np.float64]

# Columns of a table of operations, shape (N + 1, 4): where the rows of operation i begin among
# the ways and the arcs to later operations, its shortest run [s], and the number of operations
# before it.
WAYS, NEXTS, SHORTEST, BEFORE = range(4)
# Columns of a table of ways, shape (A, 3); the run is in seconds.
MACHINE, RUN, OPERATION = range(3)
