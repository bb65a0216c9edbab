"""What a password must be, and passwords that we make ourselves."""

import secrets
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext as _

from obeya.plant.log.refusal import Problem

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 256
MINIMUM_DIFFERENT = 5
# Letters and digits that nobody mistakes for another when read from paper: 31 of them, 4.95 bits.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
DECORATION = "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


@cache
def common_passwords() -> frozenset[str]:
    """The 20,000 most used passwords, as Django ships them."""
    return frozenset(CommonPasswordValidator().passwords)


def problems_of(password: str, *, names: tuple[str, ...] = ()) -> list[Problem]:
    """Say everything that is wrong with a new password; nothing means that it is accepted.

    Length and unpredictability count, not kinds of characters (NIST SP 800-63B, 5.1.1.2): several
    plain words with spaces are welcome. ``names`` are the account's own names.
    """
    checks = [
        (
            len(password) < MINIMUM_LENGTH,
            _("too short"),
            _("Use at least 12 characters; four plain words are easy to remember."),
        ),
        (len(password) > MAXIMUM_LENGTH, _("too long"), _("Use at most 256 characters.")),
        (
            len(set(password)) < MINIMUM_DIFFERENT,
            _("too few different characters"),
            _("Use at least five different characters."),
        ),
        (
            _is_common(password),
            _("among the most used passwords"),
            _("Choose one that nobody would try first."),
        ),
        (
            _holds_a_name(password, names),
            _("contains the account's own name"),
            _("Leave the name out."),
        ),
    ]
    return [
        Problem(rule, remedy, field="password") for is_wrong, rule, remedy in checks if is_wrong
    ]


def one_time_password() -> str:
    """Twenty readable characters in groups (99 bits), to be changed at the first log-in."""
    return "-".join("".join(secrets.choice(READABLE) for _n in range(5)) for _group in range(4))


def _is_common(password: str) -> bool:
    plain = password.lower()
    core = plain.strip(DECORATION)
    return plain in common_passwords() or not core or core in common_passwords()


def _holds_a_name(password: str, names: tuple[str, ...]) -> bool:
    plain = password.lower()
    words = [word for name in names for word in (name.lower(), *name.lower().split())]
    return any(len(word) >= 3 and word in plain for word in words)
