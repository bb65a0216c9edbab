"""Where code of kernels is put: an entry has machine code, a part has it when it is called for.

Numba would optimise and make machine code of whatever it compiles, and do so twice over. Here what
only kernels call stays intermediate code, which is optimised once: in the entry that it is linked
into.
"""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from typing import Any

from llvmlite.binding import Linkage, create_new_function_pass_manager, parse_assembly
from numba.core.codegen import JITCodeLibrary
from numba.core.environment import lookup_environment


class _Library(JITCodeLibrary):
    """Code that is made shorter as it comes in, and optimised once before it is machine code."""

    def _optimize_functions(self, module: Any) -> None:
        """Only what makes code shorter: everything else is done once all callers are known."""
        codegen: Any = self._codegen
        module.data_layout = codegen._data_layout
        passes = create_new_function_pass_manager()
        passes.add_sroa_pass()
        passes.add_instruction_combine_pass()
        passes.add_simplify_cfg_pass()
        settings = codegen._pass_builder()
        for function in module.functions:
            if not function.is_declaration:
                passes.run(function, settings)

    def _optimize_final_module(self) -> None:
        """Once: the second time, Numba's, changes nothing where references are not counted."""
        codegen: Any = self._codegen
        passes, settings = codegen._module_pass_manager()
        passes.run(self._final_module, settings)

    def _finalize_final_module(self) -> None:
        """Make machine code, and let its parts find what their errors say."""
        super()._finalize_final_module()
        codegen: Any = self._codegen
        names = [each.name for each in self._final_module.global_variables]
        found = {name: lookup_environment(name) for name in names}
        self._held = {name: each for name, each in found.items() if each is not None}
        for name, environment in self._held.items():  # machine code holds an address only
            codegen.set_env(name, environment)


class Part(_Library):
    """Intermediate code, and machine code only when Python asks for its address.

    Kernels are taken for that, and what Numba itself compiles for them: `np.empty` of each shape,
    `max` of each pair of types, and functions that others compile with Numba.
    """

    _is_made = False

    def _optimize_final_module(self) -> None:
        """Left to the entries."""

    def _finalize_final_module(self) -> None:
        """Make no machine code yet."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        self._ensure_finalized()
        if not self._is_made and self._defines(name):
            self._is_made = True
            super()._optimize_final_module()
            super()._finalize_final_module()
        address: int = super().get_pointer_to_function(name) if self._is_made else 0
        return address

    def _defines(self, name: str) -> bool:
        return any(each.name == name for each in self.get_defined_functions())

    @property
    def codegen(self) -> Any:
        return super().codegen if self._is_made else _NoMachineCode


class Entry(_Library):
    """Machine code that nothing is linked with: its intermediate code need not be kept.

    Numba keeps it beside the machine code for other functions to use, and reads all of it again
    at each start. What a start needs of it are the names that Python asks for.
    """

    def serialize_using_object_code(self) -> Any:
        self._ensure_finalized()
        module = self._final_module
        names = [each.name for each in module.functions if _is_called_from_elsewhere(each)]
        return self.name, "object", (self._get_compiled_object(), _named(names).as_bitcode())


def _is_called_from_elsewhere(function: Any) -> bool:
    return not function.is_declaration and function.linkage == Linkage.external


def _named(names: list[str]) -> Any:
    """A module that defines functions of these names, and nothing else."""
    quoted = (name.replace("\\", "\\5c").replace('"', "\\22") for name in names)
    defined = (f'define void @"{name}"() {{ unreachable }}' for name in quoted)
    return parse_assembly("\n".join(defined))


class _NoMachineCode:
    @staticmethod
    def set_env(env_name: str, env: Any) -> None:
        """What never runs has no use for an environment."""
