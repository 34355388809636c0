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

import errno

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
    "install_hint",
    "reason_of",
]

_REASONS = {
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件过大",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EROFS": "磁盘是只读的",
    "ENOENT": "文件或文件夹不存在",
    "EEXIST": "同名的文件已经存在",
    "EISDIR": "它是一个文件夹",
    "ENOTDIR": "路径中的一段不是文件夹",
    "ENOTEMPTY": "文件夹里还有文件",
    "ENAMETOOLONG": "名称太长",
    "ELOOP": "快捷链接互相指向",
    "EBUSY": "正被其他程序使用",
    "ETXTBSY": "正被其他程序使用",
    "EMFILE": "打开的文件过多",
    "EIO": "磁盘读写出错",
    "ENODEV": "设备不可用",
    "ENXIO": "设备不可用",
    "EADDRINUSE": "已被其他程序占用",
    "EADDRNOTAVAIL": "本机没有这个地址",
}


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


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese; its own words are English or follow the system's language."""
    if error.errno is None:
        return "系统错误"
    # by name: not every system has every number
    return _REASONS.get(errno.errorcode.get(error.errno, ""), f"系统错误 {error.errno}")


def install_hint(extra: str) -> str:
    """How to install an extra: from the source folder or the wheel file, because no index holds this program."""
    return f"请在源代码文件夹中运行 pip install '.[{extra}]'，或运行 pip install '安装包文件名.whl[{extra}]'"
