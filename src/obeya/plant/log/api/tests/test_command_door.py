import json

import pytest

from obeya.config.cli import main
from obeya.plant.log.api import endpoints
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Reason

from . import stamping


@pytest.fixture
def do(someone, kes, bru, tmp_path, capsys):
    """do(rows, …) → (exit code, what was printed)"""
    before = dict(endpoints._rows), dict(endpoints._lists)
    endpoints.offer(stamping.endpoints)
    someone("ann", "operator", site=kes)

    def run(rows, *more, site="KES", account="ann", name="stamps"):
        file = tmp_path / "rows.json"
        file.write_text(json.dumps({"rows": rows}))
        code = main(["action", name, "--json", str(file), "--as", account, "--site", site, *more])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield run
    endpoints._rows, endpoints._lists = before


def test_the_command_line_is_a_door_to_the_same_verb(do):
    assert do([{"code": "A", "quantity": 2}]) == (0, '{"made": 1, "quantity": "2"}\n')
    assert OperationsEvent.objects.get(kind="stamping.stamped").source == "cli"
    assert do([{"code": "B"}], name=stamping.stamp.name)[0] == 0


def test_it_refuses_in_the_same_words_as_the_rest_door(do):
    code, said = do([{"code": "no"}, {"colour": "red"}])

    assert code == 1
    assert "unknown field" in said
    assert "missing" in said
    assert do([{"code": "no"}]) == (1, "row 1: code 'no': refused. Call it otherwise.\n")
    assert not Reason.objects.exists()


def test_the_accounts_permissions_count_not_those_of_whoever_types(do):
    assert do([{"code": "A"}], site="BRU")[0] == 1
    assert do([{"code": "A"}], account="nobody") == (1, "There is no open account nobody.\n")
    assert not Reason.objects.exists()


def test_one_key_has_one_effect(do):
    do([{"code": "A"}], "--key", "k1")
    do([{"code": "A"}], "--key", "k1")

    assert Reason.objects.count() == 1
