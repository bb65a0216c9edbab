import pytest

from .rules import RULES, Rule, Source
from .tree import python_sources

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@each_rule
def test_the_rule_refuses_its_bad_lines(rule: Rule):
    accepted = [line for line in rule.bad if not rule.faults(Source(rule.example_path, line))]

    assert rule.bad
    assert accepted == []


@each_rule
def test_the_rule_accepts_its_good_lines(rule: Rule):
    refused = [line for line in rule.good if rule.faults(Source(rule.example_path, line))]

    assert rule.good
    assert refused == []


@each_rule
def test_the_rule_holds_in_the_whole_house(rule: Rule):
    faults = [
        f"{source.path}:{fault.line} {fault.what}"
        for source in python_sources()
        for fault in rule.faults(source)
    ]

    assert faults == [], f"{rule.name}. Remedy: {rule.remedy}"
