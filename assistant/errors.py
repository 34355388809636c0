"""The error tree: everything a caller may have to catch.

NianbaoError
├── UsageError          the caller asked for something that does not exist
├── InputError          a source cannot be read at all
│   ├── UnsupportedFormat
│   └── MissingDependency
├── ModelError          the language model gave no usable answer
│   ├── ModelNotReady   not configured, wrongly configured, or its packages are not installed
│   ├── ModelUnreachable  no connection, no answer in time, or the server is overloaded or broken
│   ├── ModelDenied     the server refuses: key, model name, quota, or the request itself
│   ├── ModelAnswerError  an answer came, but not one that can be used
│   └── BudgetExceeded  the limit that the user set on spending or requests is reached
└── FormError           the form data itself is wrong (a developer's mistake)

Messages are Chinese, one line, and end with the way out; facts that are merely wrong or incomplete never raise,
they become findings.
"""

from __future__ import annotations

__all__ = [
    "BudgetExceeded",
    "FormError",
    "InputError",
    "MissingDependency",
    "ModelAnswerError",
    "ModelDenied",
    "ModelError",
    "ModelNotReady",
    "ModelUnreachable",
    "NianbaoError",
    "UnsupportedFormat",
    "UsageError",
]


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


class ModelError(NianbaoError):
    """The language model gave no usable answer; drafting goes on with the offline reader."""


class ModelNotReady(ModelError):
    """No model is configured, its settings are wrong, or the packages of the extra ``llm`` are not installed."""


class ModelUnreachable(ModelError):
    """No connection, no answer in time, or the server is overloaded or broken, also after the allowed retries."""


class ModelDenied(ModelError):
    """The server refuses: wrong key, unknown model, used-up quota, or a request that it does not accept."""


class ModelAnswerError(ModelError):
    """An answer came that cannot be used: refused by the model, empty, cut off, or not in the form that was asked for."""


class BudgetExceeded(ModelError):
    """The limit that the user set on spending or on requests is reached."""


class FormError(NianbaoError):
    """A form definition in assistant/forms is inconsistent."""
