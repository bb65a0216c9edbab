"""Nothing that opens a door is ever written to a log."""

import logging
import re

HIDDEN = "[hidden]"
_SECRETS = re.compile(
    r"(?P<keep>"
    r"(?:authorization[\"']?\s*[:=]\s*[\"']?\s*(?:bearer|basic)\s+)"
    r"|(?:\b(?:password|new_password\d?|old_password|passwd|secret|secret_key|csrfmiddlewaretoken|"
    r"sessionid|csrftoken|token)[\"']?\s*[:=]\s*)"
    r"|(?:://[^/\s:@]+:)"
    r")(?P<quote>[\"'])?"  # between quotes a password has spaces, commas and quotes of its own
    r"(?P<value>(?(quote)(?:\\.|(?!(?P=quote)).)+|[^\s\"'&,;@}]+))"
    r"|obeya_[A-Za-z0-9_-]{20,}",
    re.IGNORECASE,
)


def hide(text: str) -> str:
    return _SECRETS.sub(lambda found: f"{found['keep'] or ''}{found['quote'] or ''}{HIDDEN}", text)


class HideSecrets(logging.Filter):
    """On every handler: the finished line is looked through, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hide(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hide(record.exc_text)
        return True
