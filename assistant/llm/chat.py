"""The one way to call a model: LangChain's ChatOpenAI with our own client, retries, rates, budget and usage."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from pydantic import SecretStr

from assistant.errors import BudgetExceeded, ModelError, ModelNotReady, ModelUnreachable, install_hint
from assistant.llm.faults import FOREIGN, Fault, fault_of
from assistant.llm.pace import Ledger, pace_of
from assistant.llm.presets import Preset, preset_for
from assistant.llm.transport import AnswerTooLarge, NotJson, async_client
from assistant.office.model_settings import ModelSettings

if TYPE_CHECKING:
    from types import TracebackType

    import httpx2
    import openai
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

__all__ = ["PROCESS", "ChatModel", "Message", "Reply", "address_of", "estimate_tokens", "require_packages"]

PROCESS = Ledger()
"""What this run of the program has used; the limit on spending counts against it."""

Message = tuple[str, str]
"""(role, text) with the role system, user or assistant"""


@dataclass(frozen=True)
class Reply:
    """One answer as it came: text, arguments of a function call, why it ended, and what it cost."""

    text: str
    arguments: str | dict[str, Any] | None = None
    refusal: str = ""
    finish_reason: str = ""
    input_tokens: int = 0
    output_tokens: int = 0


class ShapeRefused(ModelError):
    """The server does not accept the structured-output method of this request."""


def require_packages() -> None:
    """ModelNotReady where the packages of the extra ``llm`` are missing."""
    try:
        import langchain_openai  # noqa: F401
        import openai  # noqa: F401
    except ImportError:
        raise ModelNotReady(f"没有安装模型组件；{install_hint('llm')}，或使用 --engine offline") from None


def address_of(settings: ModelSettings) -> str:
    """The address of the endpoint; ModelNotReady where none is given."""
    address = settings.base_url or preset_for(settings).base_url
    if not address:
        raise ModelNotReady(
            "没有填写模型地址；请设置 NIANBAO_BASE_URL，或在 nianbao.toml 的 [model] 中填写 base_url"
        )
    return address


def estimate_tokens(text: str) -> int:
    """About how many tokens a text is: one for a Chinese character, one for four others. Counts are exact only afterwards."""
    wide = sum(1 for c in text if c > "\u2e80")
    return wide + (len(text) - wide + 3) // 4


@dataclass
class ChatModel:
    """A model behind an endpoint, open inside ``async with``; every call of the program goes through :meth:`send`.

    ModelNotReady on creation where the settings do not name a model or the packages are missing.
    """

    settings: ModelSettings
    ledger: Ledger = field(default_factory=lambda: Ledger(parent=PROCESS))

    def __post_init__(self) -> None:
        if not self.settings.model:
            raise ModelNotReady(
                "没有配置模型；请设置 NIANBAO_MODEL 和 NIANBAO_BASE_URL，或使用 --engine offline"
            )
        require_packages()
        self.address = address_of(self.settings)
        self.preset: Preset = preset_for(self.settings)
        if self.preset.needs_key and self.settings.api_key is None:
            raise ModelNotReady(f"{self.preset.title}需要密钥；请设置环境变量 NIANBAO_API_KEY")
        self._pace = pace_of(self.address, self.settings)
        self._http: httpx2.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        self._http = async_client(self.address, self.settings)
        self._chat = self._build(self._http)
        self._until = asyncio.get_running_loop().time() + self.settings.deadline
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    def _build(self, http: httpx2.AsyncClient) -> ChatOpenAI:
        from langchain_openai import ChatOpenAI

        return ChatOpenAI(
            model_name=self.settings.model,
            openai_api_base=self.address,
            openai_api_key=self._key(),
            temperature=self.settings.temperature,
            request_timeout=http.timeout,
            http_async_client=http,
            max_retries=0,
            # names such as *-pro would switch to another endpoint that compatible servers do not have
            use_responses_api=False,
            # a proxy from the environment is the client's business; given here it would clash with it
            openai_proxy=None,
            stream_usage=True if self.settings.stream else None,
        )

    def _key(self) -> SecretStr:
        # servers without keys still want the header
        return self.settings.api_key or SecretStr("none")

    @property
    def sdk(self) -> openai.AsyncOpenAI:
        """The SDK's client on the same connection, for what langchain does not cover (list of models, files, batches)."""
        import openai

        return openai.AsyncOpenAI(
            base_url=self.address,
            api_key=self._key().get_secret_value(),
            http_client=self._http,
            max_retries=0,
        )

    def base_body(self) -> dict[str, Any]:
        """What every request carries beside the messages: switches of the provider, limit on output."""
        switches = self.preset.thinking_on if self.settings.thinking else self.preset.thinking_off
        return {**switches, self.preset.limit_field: self.settings.max_output_tokens}

    async def send(self, messages: Sequence[Message], extra: dict[str, Any] | None = None) -> Reply:
        """One call with retries. ModelError of the fitting kind when no answer comes; ShapeRefused where the server does not
        accept ``extra`` (the structured-output part of the request)."""
        body = {**self.base_body(), **(extra or {})}
        size = sum(estimate_tokens(text) for _, text in messages) + self.settings.max_output_tokens // 4
        for attempt in range(self.settings.retries + 1):
            await self.admit(size)
            try:
                async with asyncio.timeout(self._left()):
                    reply = await self._once(messages, body)
            except self._foreign() as error:
                fault = fault_of(error)
            else:
                self.ledger.answer(reply.input_tokens, reply.output_tokens, self.settings)
                return reply
            if fault.shape and extra:
                raise ShapeRefused(str(fault.error)) from None
            if not fault.retry or attempt == self.settings.retries:
                raise fault.error from None
            await self._pause(fault, attempt)
        raise AssertionError("the loop returns or raises")

    async def admit(self, tokens: int) -> None:
        """Count a request and wait until the rates allow it; BudgetExceeded or ModelUnreachable where that cannot be."""
        self.ledger.check(self.settings)
        wait = self._pace.reserve(tokens)
        if wait > self._left():
            raise BudgetExceeded(
                "按设置的每分钟请求或词元上限，本次来不及请求模型；请调大 NIANBAO_REQUESTS_PER_MINUTE 或 NIANBAO_TOKENS_PER_MINUTE"
            )
        if wait > 0:
            await asyncio.sleep(wait)
        self.ledger.request()

    def _left(self) -> float:
        left = self._until - asyncio.get_running_loop().time()
        if left <= 0:
            raise ModelUnreachable(
                f"模型在 {self.settings.deadline:g} 秒内没有完成；请调大 NIANBAO_DEADLINE 或换用更快的模型"
            )
        return left

    async def _pause(self, fault: Fault, attempt: int) -> None:
        if fault.wait is not None and fault.wait > self.settings.longest_wait:
            raise ModelUnreachable(
                f"{str(fault.error).partition('；')[0]}；服务方要求 {fault.wait:g} 秒后再试"
            ) from None
        pause = self.settings.backoff * 2**attempt * random.uniform(0.5, 1.5)
        await asyncio.sleep(min(pause if fault.wait is None else max(pause, fault.wait), self._left()))

    @staticmethod
    def _foreign() -> tuple[type[Exception], ...]:
        import httpx2
        import openai

        return (openai.OpenAIError, httpx2.HTTPError, TimeoutError, NotJson, AnswerTooLarge, *FOREIGN)

    async def _once(self, messages: Sequence[Message], body: dict[str, Any]) -> Reply:
        from langsmith import tracing_context

        bound = self._chat.bind(extra_body=body)
        prompt = [{"role": role, "content": text} for role, text in messages]
        with tracing_context(
            enabled=False
        ):  # whatever the environment says, facts go to the model and nowhere else
            if not self.settings.stream:
                return _reply(await bound.ainvoke(prompt), messages)
            whole: Any = None
            async for part in bound.astream(prompt):
                whole = part if whole is None else whole + part
        if whole is None:
            raise ValueError("empty stream")
        return _reply(whole, messages)


def _reply(message: AIMessage, messages: Sequence[Message]) -> Reply:
    """Keep what matters of LangChain's message; tokens are estimated where the server does not count them."""
    text = (
        message.content
        if isinstance(message.content, str)
        else "".join(part.get("text", "") for part in message.content if isinstance(part, dict))
    )
    arguments: str | dict[str, Any] | None = None
    pieces = getattr(message, "tool_call_chunks", None)
    if pieces:
        # of a stream; langchain would complete cut-off arguments by guessing
        arguments = pieces[0]["args"] or ""
    elif message.tool_calls:
        arguments = message.tool_calls[0]["args"]
    elif message.invalid_tool_calls:
        arguments = message.invalid_tool_calls[0]["args"] or ""
    usage = message.usage_metadata
    return Reply(
        text=text,
        arguments=arguments,
        refusal=str(message.additional_kwargs.get("refusal") or ""),
        finish_reason=str(message.response_metadata.get("finish_reason") or ""),
        input_tokens=usage["input_tokens"] if usage else sum(estimate_tokens(t) for _, t in messages),
        output_tokens=usage["output_tokens"]
        if usage
        else estimate_tokens(text) + estimate_tokens(str(arguments or "")),
    )
