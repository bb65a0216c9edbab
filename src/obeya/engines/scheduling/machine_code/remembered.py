"""What a call of a function of Numba's gives is found out once for the same types.

For each `+` and each `[...]` Numba tries all that was ever registered for the operator: to find
out what an integer plus an integer gives, it asks fifty times, and makes an error of each no. That
was a tenth of the time to compile.
"""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from contextlib import nullcontext
from typing import Any

from numba.core.targetconfig import ConfigStack
from numba.core.types.functions import BaseFunction

_resolve: Any = BaseFunction.get_call_type
_known: dict[Any, Any] = {}
_numbers: dict[Any, int] = {None: 0}
_latest: list[Any] = [None, (None, 0)]  # settings that were asked for, and what they are alike


def signature(function: Any, context: Any, given: Any, named: dict[str, Any]) -> Any:
    """As found before for the same types under the same settings; None is not kept.

    A function that more is registered for later is another one to Numba, and asked anew.
    """
    settings, number = _alike(ConfigStack.top_or_none())
    call = function, context, given, tuple(named.items()), number
    if call in _known:
        found, key = _known[call]
        function._impl_keys[found.args] = key
        return found
    with nullcontext() if settings is None else ConfigStack().enter(settings):
        found = _resolve(function, context, given, named)
    if found is not None:
        _known[call] = found, function._impl_keys[found.args]
    return found


def _alike(settings: Any) -> tuple[Any, int]:
    """Settings without what only the caller itself is given, and their number.

    They are compared once for each function that is compiled, not for each call in it.
    """
    if settings is not _latest[0]:
        alike = settings and settings.copy()
        if alike is not None:
            alike.no_cpython_wrapper = alike.no_cfunc_wrapper = True
            alike.release_gil = False
        _latest[:] = settings, (alike, _numbers.setdefault(alike, len(_numbers)))
    last: tuple[Any, int] = _latest[1]
    return last
