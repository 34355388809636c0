"""The error tree: everything a caller may have to catch.

NianbaoError
├── UsageError          the caller asked for something that does not exist
├── InputError          a source cannot be read at all
│   ├── UnsupportedFormat
│   └── MissingDependency
└── FormError           the form data itself is wrong (a developer's mistake)

Messages are Chinese, one line, and end with the way out; facts that are merely wrong or incomplete never raise,
they become findings.
"""

from __future__ import annotations

__all__ = ["FormError", "InputError", "MissingDependency", "NianbaoError", "UnsupportedFormat", "UsageError"]


class NianbaoError(Exception):
    """Base of all errors raised on purpose; ``str(error)`` is one Chinese line for the user."""


class UsageError(NianbaoError):
    """The caller named an option, rule, format or key that does not exist."""


class InputError(NianbaoError):
    """A source could not be read: missing, damaged, empty, encrypted or too large."""


class UnsupportedFormat(InputError):
    """The kind of file is not one that nianbao reads."""


class MissingDependency(InputError):
    """An optional package is needed for this format and is not installed."""


class FormError(NianbaoError):
    """A form definition in assistant/forms is inconsistent."""
