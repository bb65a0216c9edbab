"""What is left out of the hashes of tests is work alone."""

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from obeya.config import settings as in_life
from tests.support.passwords import Quick

PASSWORD = "three wet wagons roll"


def test_a_quick_hash_is_one_that_a_server_accepts():
    encoded = make_password(PASSWORD)

    assert encoded.startswith("argon2$argon2id$v=19$m=8,t=1,p=1$")
    assert Argon2PasswordHasher().verify(PASSWORD, encoded)
    assert not Argon2PasswordHasher().verify("three wet waggons roll", encoded)


def test_in_life_a_hash_takes_a_hundred_megabytes_twice(settings):
    settings.PASSWORD_HASHERS = in_life.PASSWORD_HASHERS

    encoded = make_password(PASSWORD)

    assert encoded.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert check_password(PASSWORD, encoded)
    assert not check_password("three wet waggons roll", encoded)
    assert Quick().must_update(encoded)
