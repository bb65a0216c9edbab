"""The views that answer to nobody in particular. All others want a log-in or a token.

A test walks every address of the house and compares. This list does not grow lightly.
"""

OPEN_VIEWS = frozenset(
    {
        "access:log-in",
        "access:healthz",
        "access:set-language",
        # The gallery of parts, mounted only in a demo and while developing; it knows no plant.
        "gallery:parts",
        "gallery:board",
        "gallery:forms",
        "gallery:list",
        "gallery:terminal",
        "gallery:empty",
        "gallery:palette",
        "gallery:toast",
        "gallery:undo",
        "gallery:refused",
    }
)
#: What an account may still do while its one-time password is in force.
PASSWORD_VIEWS = frozenset({"access:change-password", "access:log-out"})
