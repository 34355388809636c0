"""Keeps calls within the rates and the spending that the user allows; every request counts, retries too."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import BudgetExceeded
from assistant.office.model_settings import ModelSettings

__all__ = ["Ledger", "Pace", "pace_of"]

_MINUTE = 60.0


@dataclass
class Pace:
    """Requests and tokens of the last minute for one endpoint, shared by all drafts of the process."""

    requests: int | None = None
    tokens: int | None = None
    clock: Callable[[], float] = time.monotonic
    _taken: deque[tuple[float, int]] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reserve(self, tokens: int) -> float:
        """Book one request of about ``tokens`` tokens; seconds to wait before it may be sent.

        A request larger than the whole allowance waits for an empty minute instead of forever.
        """
        with self._lock:
            now = self.clock()
            while self._taken and self._taken[0][0] <= now - _MINUTE:
                self._taken.popleft()
            start = now
            for index, (taken_at, _) in enumerate(self._taken):
                rest = list(self._taken)[index:]
                if self._fits(rest, tokens):
                    break
                start = max(start, taken_at + _MINUTE)
            start = max(start, self._taken[-1][0] if self._taken else start)
            self._taken.append((start, tokens))
            return start - now

    def _fits(self, taken: list[tuple[float, int]], tokens: int) -> bool:
        if self.requests is not None and len(taken) + 1 > self.requests:
            return False
        return self.tokens is None or sum(t for _, t in taken) + tokens <= self.tokens


_PACES: dict[tuple[str, int | None, int | None], Pace] = {}


def pace_of(base_url: str, settings: ModelSettings) -> Pace:
    """The pace of that endpoint; one for the whole process, whatever thread or loop asks."""
    key = (base_url, settings.requests_per_minute, settings.tokens_per_minute)
    return _PACES.setdefault(key, Pace(settings.requests_per_minute, settings.tokens_per_minute))


@dataclass
class Ledger:
    """What was used: requests, tokens, yuan. One ledger for a draft, one for the process."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    spent: float = 0.0
    """yuan, as far as prices are known"""
    parent: Ledger | None = None

    def request(self) -> None:
        """Count one request that goes out."""
        self.requests += 1
        if self.parent is not None:
            self.parent.request()

    def answer(self, input_tokens: int, output_tokens: int, settings: ModelSettings) -> None:
        """Count the tokens of one answer."""
        self.input_tokens += input_tokens
        self.output_tokens += output_tokens
        self.spent += (
            input_tokens * _price(settings.input_price) + output_tokens * _price(settings.output_price)
        ) / 1e6
        if self.parent is not None:
            self.parent.answer(input_tokens, output_tokens, settings)

    def check(self, settings: ModelSettings) -> None:
        """BudgetExceeded when a further request would go beyond what is allowed."""
        if self.requests >= settings.max_requests:
            raise BudgetExceeded(
                f"本次已请求模型 {self.requests} 次，达到上限；如需更多，请调大 NIANBAO_MAX_REQUESTS"
            )
        if settings.max_spend is None:
            return
        if settings.input_price is None or settings.output_price is None:
            raise BudgetExceeded(
                "设置了费用上限，但不知道单价，未调用模型；请填写 NIANBAO_INPUT_PRICE 和 NIANBAO_OUTPUT_PRICE（元/百万词元）"
            )
        spent = (self.parent or self).spent
        if spent >= settings.max_spend:
            raise BudgetExceeded(
                f"模型费用已达 {spent:.2f} 元，达到上限 {settings.max_spend:g} 元；如需继续，请调大 NIANBAO_MAX_SPEND"
            )


def _price(price: float | None) -> float:
    return 0.0 if price is None else price
