import pytest

from obeya.plant.log.access.passwords import one_time_password, problems_of


@pytest.mark.parametrize(
    "password",
    ["four plain words here", "Xk7#mQ2!pL9z", "ovens love cold rain", "ключ от пресса 4"],
)
def test_length_and_surprise_are_enough(password):
    assert problems_of(password, names=("ann", "Ann Berger")) == []


@pytest.mark.parametrize(
    ("password", "rules"),
    [
        ("", ["too short", "too few different characters", "among the most used passwords"]),
        ("Xk7#mQ2!pL9", ["too short"]),
        ("a" * 300, ["too long", "too few different characters"]),
        ("abababababab", ["too few different characters"]),
        ("Password123456!", ["among the most used passwords"]),
        ("1234567890123456", ["among the most used passwords"]),
        ("my name is ann, dear", ["contains the account's own name"]),
        ("the BERGER family car", ["contains the account's own name"]),
    ],
)
def test_a_weak_password_is_told_every_reason(password, rules):
    problems = problems_of(password, names=("ann", "Ann Berger"))

    assert [problem.rule for problem in problems] == rules
    assert all(problem.remedy for problem in problems)


def test_one_time_passwords_are_readable_strong_and_different():
    made = {one_time_password() for _n in range(100)}

    assert len(made) == 100
    for password in made:
        assert len(password) == 23
        assert not set(password) & set("01ilo")
        assert problems_of(password) == []
