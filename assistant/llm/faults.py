"""Turns what the SDK, the HTTP client and broken servers raise into errors of nianbao; nothing of the request is repeated."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import ModelAnswerError, ModelDenied, ModelError, ModelUnreachable
from assistant.llm.transport import AnswerTooLarge, NotJson

__all__ = ["FOREIGN", "Fault", "fault_of"]

FOREIGN: tuple[type[Exception], ...] = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What langchain raises over bodies that are JSON but no chat completion (no choices, wrong types)"""

_DENIED = {
    401: "模型服务不接受这个密钥（401）；请检查 NIANBAO_API_KEY",
    402: "模型服务的余额不足（402）；请充值或更换服务",
    403: "模型服务拒绝访问（403）；请检查密钥的权限和所在地区",
    404: "模型服务没有这个模型或地址（404）；请检查 NIANBAO_MODEL 和 NIANBAO_BASE_URL（运行 nianbao doctor 可列出模型）",
    413: "发送的内容超过模型服务的上限（413）；请调小 NIANBAO_CHUNK_CHARS",
}
_RETRYABLE = {408, 409, 425, 429}
_QUOTA = ("insufficient_quota", "billing", "arrearage", "exceeded_current_quota")


@dataclass(frozen=True)
class Fault:
    """What went wrong: the error to raise, whether a retry may help, and how long the server asks to wait."""

    error: ModelError
    retry: bool = False
    wait: float | None = None
    shape: bool = False
    """the server refused the form of the request, so that another structured-output method may serve"""


def fault_of(error: Exception) -> Fault:
    """The fault behind an exception of a model call."""
    import httpx2
    import openai

    own = _own_cause(error)
    if own is not None:
        return own
    if isinstance(error.__cause__, httpx2.ConnectTimeout):
        # a longer wait for answers would not help here, so the advice is that of a closed door
        return _no_connection()
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return Fault(
            ModelUnreachable("模型服务在规定时间内没有回答；请稍后再试，或调大 NIANBAO_TIMEOUT"), retry=True
        )
    if isinstance(error, openai.APIStatusError):
        return _status(error)
    if isinstance(error, openai.LengthFinishReasonError):
        return Fault(
            ModelAnswerError("模型的回答被截断；请调大 NIANBAO_MAX_OUTPUT_TOKENS 或调小 NIANBAO_CHUNK_CHARS")
        )
    if isinstance(error, openai.APIConnectionError):
        return _no_connection()
    return Fault(
        ModelAnswerError("模型服务的回答不合接口规定；请检查 NIANBAO_BASE_URL 是否为 OpenAI 兼容接口的地址")
    )


def _no_connection() -> Fault:
    return Fault(ModelUnreachable("连接不上模型服务，或连接中断；请检查 NIANBAO_BASE_URL 和网络"), retry=True)


def _own_cause(error: BaseException | None) -> Fault | None:
    """Our own guard's errors, which the SDK wraps as connection errors."""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, NotJson):
            return Fault(
                ModelDenied(
                    "NIANBAO_BASE_URL 返回的是网页而不是模型的回答；请检查地址（多以 /v1 结尾），或是否需要先登录网络"
                )
            )
        if isinstance(error, AnswerTooLarge):
            return Fault(
                ModelAnswerError("模型的回答过长，已中断；请检查模型服务，或调大 NIANBAO_MAX_ANSWER_BYTES")
            )
        error, seen = error.__cause__ or error.__context__, seen + 1
    return None


def _status(error: object) -> Fault:
    status = int(getattr(error, "status_code", 0))
    code = f"{getattr(error, 'code', '')} {getattr(error, 'type', '')}".lower()
    if status == 429 and any(word in code for word in _QUOTA):
        return Fault(ModelDenied("模型服务的额度已用完（429）；请充值、等待或更换服务"))
    if status == 429:
        message = "模型服务请求过多（429）；请稍后再试，或设置 NIANBAO_REQUESTS_PER_MINUTE"
        return Fault(ModelUnreachable(message), retry=True, wait=_retry_after(error))
    if status in _DENIED:
        return Fault(ModelDenied(_DENIED[status]))
    if status in (400, 422, 501):
        return Fault(
            ModelDenied(f"模型服务不接受这样的请求（{status}）；请运行 nianbao doctor 查看它支持什么"),
            shape=True,
        )
    if status >= 500 or status in _RETRYABLE:
        return Fault(
            ModelUnreachable(f"模型服务出错（{status}）；请稍后再试"), retry=True, wait=_retry_after(error)
        )
    return Fault(ModelDenied(f"模型服务拒绝了请求（{status}）；请运行 nianbao doctor"))


def _retry_after(error: object) -> float | None:
    """Seconds the server asks to wait; only the form in seconds counts."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e6 else None
