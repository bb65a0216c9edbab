"""Machine code of kernels kept on disk."""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its cache no types.

import re
from collections import Counter
from typing import Any

from numba.core.caching import CompileResultCacheImpl

from .kept_files import LOCATORS, Kept
from .runtime import initialize
from .unheard import unheard

_ENVIRONMENT = re.compile(r"_ZN08NumbaEnv[^\s\",)\]}]*")
_AS_DEFINED = 1  # time that a name stands in the code of a function that does not use it


class _Code(CompileResultCacheImpl):
    _locator_classes = LOCATORS

    def reduce(self, cres: Any) -> Any:
        """What is kept: of the environments of all functions, those that machine code still names.

        One was made for each function that became a part of it, for errors and printing. To make
        them again at a start loads half of Numba's compiler, for nothing.
        """
        *kept, environments = super().reduce(cres)
        named = Counter(_ENVIRONMENT.findall(str(cres.library._final_module)))
        return *kept, tuple(each for each in environments if named[each.env_name] > _AS_DEFINED)


class KeptCode(Kept):
    """Of one kernel, by the stamp of all of them."""

    _impl_class = _Code

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        with unheard():
            initialize(target_context)  # what machine code calls for memory
            return super().load_overload(sig, target_context)
