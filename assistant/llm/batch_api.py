"""The OpenAI Batch API: submit many calls as one job, poll it, resume after a break, collect the answers."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import InputError, ModelAnswerError, ModelDenied, ModelError, ModelUnreachable
from assistant.llm.chat import ChatModel, Message, Reply
from assistant.llm.faults import FOREIGN, fault_of
from assistant.llm.memory import recall
from assistant.llm.methods import Schema, body_of, messages_of
from assistant.llm.structured import value_of
from assistant.llm.transport import AnswerTooLarge, NotJson
from assistant.office.model_settings import Method

__all__ = ["BatchJob", "Collected", "collect", "load_job", "poll", "submit", "wait"]

_ENDED = ("completed", "failed", "expired", "cancelled")
_FATES = {"failed": "服务方处理失败", "expired": "没有在期限内完成", "cancelled": "已被取消"}

T = TypeVar("T", bound=BaseModel)


class BatchJob(BaseModel):
    """A submitted job; kept in a file, so that it can be collected by another run. It holds no facts and no key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    model: str
    method: Method
    names: tuple[str, ...]
    status: str = "validating"
    output_file: str = ""
    error_file: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in _ENDED

    def save(self, path: Path) -> None:
        """Write the job to a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.model_dump_json(indent=1), encoding="utf-8")


def load_job(path: Path) -> BatchJob:
    """Read a job file; InputError when it is none."""
    try:
        return BatchJob.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        raise InputError(f"{path} 不是批量任务文件；请重新提交任务") from None


@dataclass(frozen=True)
class Collected:
    """Answers of a job by name, why the others have none, and the tokens (in, out) of each call that was answered."""

    values: Mapping[str, BaseModel]
    failed: Mapping[str, str]
    tokens: Mapping[str, tuple[int, int]]


def _foreign() -> tuple[type[Exception], ...]:
    import httpx2
    import openai

    return (openai.OpenAIError, httpx2.HTTPError, TimeoutError, NotJson, AnswerTooLarge, *FOREIGN)


async def submit(model: ChatModel, calls: Mapping[str, Sequence[Message]], schema: Schema) -> BatchJob:
    """Upload the calls and start a job; ModelError when the endpoint has no Batch API or refuses.

    The method is the one the endpoint is known to understand, else the first of its provider.
    """
    settings = model.settings
    if not model.preset.batch:
        raise ModelDenied(f"{model.preset.title}没有批量接口；请改用 nianbao batch 逐个起草")
    method = recall(model.address, settings) if settings.method == "auto" else settings.method
    method = method or model.preset.methods[0]
    lines = [
        json.dumps(_request(model, name, [*messages], schema, method), ensure_ascii=False)
        for name, messages in calls.items()
    ]
    await model.admit(1)
    try:
        file = await model.sdk.files.create(
            file=("calls.jsonl", io.BytesIO("\n".join(lines).encode())), purpose="batch"
        )
        await model.admit(1)
        job = await model.sdk.batches.create(
            input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
        )
    except _foreign() as error:
        fault = fault_of(error)
        if fault.shape or getattr(error, "status_code", 0) in (404, 405):
            raise ModelDenied(
                "模型服务没有批量接口，或不接受这样的任务；请改用 nianbao batch 逐个起草"
            ) from None
        raise fault.error from None
    return BatchJob(id=job.id, model=settings.model, method=method, names=tuple(calls), status=job.status)


def _request(
    model: ChatModel, name: str, messages: list[Message], schema: Schema, method: Method
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model.settings.model,
        "messages": [{"role": role, "content": text} for role, text in messages_of(method, messages, schema)],
        **model.base_body(),
        **body_of(method, schema),
    }
    if model.settings.temperature is not None:
        body["temperature"] = model.settings.temperature
    return {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body}


async def poll(model: ChatModel, job: BatchJob) -> BatchJob:
    """Where the job stands now; ModelError when the endpoint does not answer."""
    await model.admit(1)
    try:
        now = await model.sdk.batches.retrieve(job.id)
    except _foreign() as error:
        raise fault_of(error).error from None
    files = {"output_file": now.output_file_id or "", "error_file": now.error_file_id or ""}
    return job.model_copy(update={"status": now.status, **files})


async def wait(model: ChatModel, job: BatchJob, pause: float = 30, patience: float = 86_400) -> BatchJob:
    """Poll every ``pause`` seconds until the job ended; ModelUnreachable after ``patience`` seconds, the job goes on all the same."""
    until = asyncio.get_running_loop().time() + patience
    while not (job := await poll(model, job)).ended:
        if asyncio.get_running_loop().time() + pause > until:
            raise ModelUnreachable(f"批量任务 {job.id} 尚未完成（{job.status}）；请稍后用任务文件继续")
        await asyncio.sleep(pause)
    return job


async def collect(model: ChatModel, job: BatchJob, kind: type[T]) -> Collected:
    """The answers of an ended job as objects of ``kind``; what has none is named with the reason.

    A job that ran out of time or was cancelled keeps what was done by then. ModelAnswerError when there is nothing.
    """
    fate = _FATES.get(job.status, "服务方没有返回结果" if job.ended else "尚未完成")
    if not job.ended or not (job.output_file or job.error_file):
        raise ModelAnswerError(f"批量任务 {job.id} {fate}；请重新提交或改为逐个起草")
    values: dict[str, BaseModel] = {}
    failed: dict[str, str] = {}
    tokens: dict[str, tuple[int, int]] = {}
    for file in (job.output_file, job.error_file):
        for line in (await _content(model, file)).splitlines() if file else ():
            name, reply = _reply(line)
            if isinstance(reply, Reply):
                model.ledger.answer(reply.input_tokens, reply.output_tokens, model.settings)
                tokens[name] = reply.input_tokens, reply.output_tokens
            outcome = _outcome(reply, kind)
            if name in job.names and isinstance(outcome, BaseModel):
                values[name] = outcome
            elif name in job.names:
                failed[name] = str(outcome)
    failed |= {name: fate for name in job.names if name not in values and name not in failed}
    return Collected(values, failed, tokens)


async def _content(model: ChatModel, file: str) -> str:
    await model.admit(1)
    try:
        return (await model.sdk.files.content(file)).text
    except _foreign() as error:
        raise fault_of(error).error from None


def _reply(line: str) -> tuple[str, Reply | str]:
    """Name and answer of one line of a result file, or the reason why there is none."""
    try:
        entry = json.loads(line)
        name = str(entry["custom_id"])
        body = (entry.get("response") or {}).get("body") or {}
        choice = (body.get("choices") or [None])[0]
        if entry.get("error") or choice is None:
            return name, "服务方没有处理这一条"
        message = choice["message"]
        called = (message.get("tool_calls") or [None])[0]
        usage = body.get("usage") or {}
        return name, Reply(
            text=message.get("content") or "",
            arguments=called["function"]["arguments"] if called else None,
            refusal=message.get("refusal") or "",
            finish_reason=choice.get("finish_reason") or "",
            input_tokens=int(usage.get("prompt_tokens", 0)),
            output_tokens=int(usage.get("completion_tokens", 0)),
        )
    except FOREIGN:
        return "", "结果文件中有读不懂的一行"


def _outcome(reply: Reply | str, kind: type[T]) -> T | str:
    """The object of an answer, or the reason why there is none."""
    if isinstance(reply, str):
        return reply
    try:
        return value_of(reply, kind)
    except ModelError as error:
        return str(error)
