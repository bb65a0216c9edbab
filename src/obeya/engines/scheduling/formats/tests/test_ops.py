"""A text of a printing shop that contradicts itself is refused by id and name of the figure."""

import copy
import json

import pytest

from obeya.engines.scheduling.formats.ops import read_print_shop
from obeya.engines.scheduling.instances import read_instance

RIGHT = {
    "resources": [
        {
            "id": number,
            "setup_size": [2, 3],
            "setup_color": 1,
            "setup_varnish": 4,
            "availability": [0, 100, 120, 200],
        }
        for number in (1, 2)
    ],
    "jobs": [
        {
            "id": 1,
            "topology": [
                {
                    "id": number,
                    "starting": -1,
                    "release": 0,
                    "overlap": 1.0,
                    "size": 1,
                    "color": 1,
                    "varnish": 1,
                    "resources": [1, 2],
                    "time": [10, 20],
                    "sucessors": [12] if number == 11 else [],
                }
                for number in (11, 12)
            ],
        }
    ],
}


def text_with(change):
    tables = copy.deepcopy(RIGHT)
    change(tables["resources"], tables["jobs"], tables["jobs"][0]["topology"])
    return json.dumps(tables)


def given(**figures):
    return lambda resources, jobs, operations: operations[0].update(figures)


def with_resource(**figures):
    return lambda resources, jobs, operations: resources[0].update(figures)


def test_the_text_is_right_as_it_stands():
    shop = read_print_shop(json.dumps(RIGHT))

    assert (len(shop.machines), len(shop.operations)) == (2, 2)
    assert shop.horizon == 2 * (200 + 40 + 2 * 8)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (with_resource(availability=[]), "Resource 1 has 0 moments of availability. Expected star"),
        (with_resource(availability=[0, 9, 20]), "Resource 1 has 3 moments of availability."),
        (with_resource(availability=[0, 9, 8, 20]), "Resource 1 is available from 8 to 20. Expec"),
        (with_resource(availability=[9, 9]), "Resource 1 is available from 9 to 9. Expected each"),
        (with_resource(availability=[-1, 9]), "Resource 1: availability is -1. Expected a whole"),
        (with_resource(availability=7), "Resource 1 has no list of availability"),
        (with_resource(id=2), "Two resources have the same id 2"),
        (with_resource(id="A"), "A resource: id is 'A'. Expected a whole number."),
        (with_resource(setup_size=[1]), "Resource 1 has 1 setups of size. Expected 2"),
        (
            with_resource(setup_color=-1),
            "Resource 1: setup_color is -1. Expected a whole number, 0",
        ),
        (with_resource(setup_varnish=None), "Resource 1: setup_varnish is None. Expected a whole"),
        (given(resources=[], time=[]), "Operation 11 has 0 resources and 0 times. Expected one re"),
        (given(time=[10]), "Operation 11 has 2 resources and 1 times."),
        (given(resources=[1, 1]), "Operation 11 has 2 resources and 2 times. Expected one resour"),
        (given(resources=[1, 3]), "An operation names 3, which is not there"),
        (given(sucessors=[13]), "An operation names 13, which is not there"),
        (given(time=[10.5, 20]), "Operation 11: time is 10.5. Expected a whole number, 0 or more"),
        (given(time=[-1, 20]), "Operation 11: time is -1. Expected a whole number, 0 or more"),
        (given(time=[True, 20]), "Operation 11: time is True. Expected a whole number"),
        (given(time=[10**9, 20]), "may take 2000000472 units of time, .* Expected 17895696 or few"),
        (given(overlap=1.5), "Operation 11: overlap is 1.5. Expected a share from 0 to 1"),
        (given(overlap=float("nan")), "Operation 11: overlap is nan. Expected a share"),
        (given(overlap="1"), "Operation 11: overlap is 1. Expected a share"),
        (given(release=-5), "Operation 11: release is -5. Expected a whole number, 0 or more"),
        (given(starting=-2), "Operation 11: starting is -2. Expected a whole number, -1 or more"),
        (given(size="A4"), "Operation 11: size is 'A4'. Expected a whole number."),
        (given(id=12), "Two operations have the same id 12"),
        (lambda _, jobs, operations: operations[1].update(sucessors=[11]), "such as that of opera"),
        (
            lambda _, jobs, operations: operations.clear(),
            "The jobs have no operations. Expected on",
        ),
        (lambda _, jobs, operations: operations[0].pop("size"), "Operation 11 has no size"),
        (lambda _, jobs, operations: jobs[0].pop("id"), "A job has no id"),
        (lambda _, jobs, operations: jobs[0].pop("topology"), "A job has no list of topology"),
        (lambda _, jobs, operations: operations.append(7), "An operation has no id"),
        (lambda resources, jobs, operations: resources.append(7), "A resource has no id"),
    ],
)
def test_what_contradicts_itself_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        read_instance(text_with(change))
