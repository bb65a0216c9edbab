"""Sets of working intervals: cut, and intersected."""

import numpy as np

from .arrays import Ints

Spans = Ints  # (n, 2): sorted, disjoint [start, end)


def intersect(left: Spans, right: Spans) -> Spans:
    """Time that lies in both; touching results are joined.

    Parameters
    ----------
    left, right : shape (n, 2), (m, 2)
    """
    low = np.searchsorted(right[:, 1], left[:, 0], side="right")
    high = np.searchsorted(right[:, 0], left[:, 1], side="left")
    counts = np.maximum(high - low, 0)
    of_left = np.repeat(np.arange(len(left)), counts)
    of_right = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    of_right += np.repeat(low, counts)
    starts = np.maximum(left[of_left, 0], right[of_right, 0])
    ends = np.minimum(left[of_left, 1], right[of_right, 1])
    return join(np.column_stack([starts, ends]))


def join(spans: Spans) -> Spans:
    """Make intervals that touch one."""
    if len(spans) < 2:
        return spans
    begins = np.concatenate([[True], spans[1:, 0] > spans[:-1, 1]])
    ends = np.concatenate([begins[1:], [True]])
    return np.column_stack([spans[begins, 0], spans[ends, 1]])


def without(spans: Spans, cuts: Spans) -> Spans:
    """Time that lies in no cut; the cuts may overlap each other."""
    for start, end in cuts:
        low = int(np.searchsorted(spans[:, 1], start, side="right"))
        high = int(np.searchsorted(spans[:, 0], end, side="left"))
        if low >= high:
            continue
        cut = spans[low:high]
        left = np.column_stack([cut[:, 0], np.minimum(cut[:, 1], start)])
        right = np.column_stack([np.maximum(cut[:, 0], end), cut[:, 1]])
        both = np.concatenate([left, right])
        spans = np.concatenate([spans[:low], both[both[:, 0] < both[:, 1]], spans[high:]])
    return spans


def worked_before(spans: Spans) -> Ints:
    """Seconds worked before each interval. shape (n,)"""
    lengths = spans[:, 1] - spans[:, 0]
    return np.asarray(np.cumsum(lengths) - lengths, dtype=np.int64)
