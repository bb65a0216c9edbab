"""The views that answer to nobody in particular. All others want a log-in or a token.

A test walks every address of the house and compares. This list does not grow lightly.
"""

OPEN_VIEWS = frozenset(
    {
        "access:log-in",
        "access:healthz",
    }
)
#: What an account may still do while its one-time password is in force.
PASSWORD_VIEWS = frozenset({"access:change-password", "access:log-out"})
