"""Kernels beside ordinary functions of Numba, each in a process that compiles from nothing."""

import pytest

from .own_process import said


@pytest.mark.parametrize("called", ["helper", "plus_one"])
def test_a_function_of_numba_that_a_kernel_called_first_can_be_called_by_python(tmp_path, called):
    program = f"""
@kernel
def entry(x):
    return {called}(x)

print(entry(1), {called}(1))
"""
    assert said(tmp_path, program) == "2 2\n"


def test_a_record_within_a_tuple_that_a_kernel_made_can_be_given_back(tmp_path):
    program = """
@kernel
def entry(inner):
    return Outer(inner, 3)

print(entry(Inner(np.array([4]))).inner.row)
"""
    assert said(tmp_path, program) == "[4]\n"


def test_a_record_can_be_given_back(tmp_path):
    program = """
@kernel
def entry(inner):
    return inner

print(entry(Inner(np.array([4]))).row)
"""
    assert said(tmp_path, program) == "[4]\n"


def test_a_kernel_that_yields_is_refused_as_its_record_would_be_gone(tmp_path):
    program = """
@kernel
def entry(inner):
    yield inner.row[0]

try:
    entry(Inner(np.array([4])))
except TypeError as refused:
    print(refused)
"""
    assert said(tmp_path, program) == "entry yields, which a kernel cannot: fill an array.\n"


def test_the_words_of_numba_are_the_same_before_and_after_machine_code_is_kept(tmp_path):
    program = """
@kernel
def entry(n):
    row = np.zeros(n)
    row[:] = np.zeros(n + 1)
    return row[0]

try:
    entry(5)
except Exception as refused:
    print(refused)
"""
    words = "cannot assign slice of shape (5,) from input of shape (6,)\n"
    assert [said(tmp_path, program), said(tmp_path, program)] == [words, words]


def test_threads_that_call_kernels_first_while_garbage_waits_do_not_wait_for_each_other(tmp_path):
    program = """
import faulthandler
from concurrent.futures import ThreadPoolExecutor
from obeya.engines.scheduling.collecting import seldom_collecting

faulthandler.dump_traceback_later(60, exit=True)  # threads that wait for ever are an error

@kernel
def first(x):
    return np.zeros(x).sum() + x

@kernel
def second(x):
    return x * 2

with seldom_collecting(), ThreadPoolExecutor(2) as threads:
    print(list(threads.map(lambda called: called(4), [first, second, first])))
"""
    assert said(tmp_path, program) == "[4.0, 8, 4.0]\n"


def test_a_function_that_a_kernel_called_first_says_what_is_wrong_when_python_calls_it(tmp_path):
    program = """
@numba.njit
def refuses(x):
    if x > 1:
        raise ValueError("more than one")
    return max(x, 0)

@kernel
def entry(x):
    return refuses(x)

print(entry(1))
for called in (entry, refuses):
    try:
        called(2)
    except ValueError as refused:
        print(refused)
"""
    assert said(tmp_path, program) == "1\nmore than one\nmore than one\n"
