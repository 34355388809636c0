"""Switches parts of the program off for a while, to see what they are worth and that the evals notice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from assistant.balance import Given
from evals.removals import without_notion

__all__ = ["ABLATIONS", "BREAKS", "REFEREE", "Switch"]

Switch = Callable[[], AbstractContextManager[None]]

_WORD = "np_repeat"
_RULE = "T4_SUM"


@contextmanager
def without_word() -> Iterator[None]:
    """The lexicon without its words for one row (重复申请)."""
    with without_notion("row", _WORD):
        yield


@contextmanager
def without_rule() -> Iterator[None]:
    """The catalogue without one rule."""
    from assistant.checks import registry

    fewer = tuple(rule for rule in registry.all_rules() if rule.code != _RULE)
    with patch.object(registry, "all_rules", lambda: fewer):
        yield


@contextmanager
def with_wrong_slot() -> Iterator[None]:
    """The sentence on requests received prints another figure."""
    from jinja2 import FunctionLoader

    from assistant.prose import phrases

    environment = phrases._environment()
    honest = environment.loader
    if honest is None:
        raise RuntimeError("the templates have no loader")

    def source(name: str) -> str:
        text = honest.get_source(environment, name)[0]
        return text.replace('"table3.new_received.total"', '"table3.result_total.total"')

    def fresh() -> None:
        if environment.cache is not None:
            environment.cache.clear()

    environment.loader = FunctionLoader(source)
    fresh()
    try:
        yield
    finally:
        environment.loader = honest
        fresh()


@contextmanager
def without_reconciler() -> Iterator[None]:
    """Cells are laid in as stated; no sum fills or contradicts anything."""
    from assistant.balance import Outcome, Reconciler

    def content(reconciler: Reconciler, given: Given) -> Outcome:
        """What is given and nothing that follows from it."""
        return Outcome(reconciler, given, None)

    def believed(reconciler: Reconciler, given: Given) -> None:
        """Nothing is ever refuted."""

    with patch.object(Reconciler, "solve", content), patch.object(Reconciler, "refuted", believed):
        yield


def _said(item: Any) -> Any:
    """The figure of an item: written down by the model, or the one in its words that it points to."""
    from assistant.model_reader.referee import _number
    from assistant.numerals import find_numerals, fold

    figures = [n.value for n in find_numerals(fold(item.quote)) if n.value]
    inline = figures[item.turn] if len(figures) == item.turns else next(iter(figures), None)
    return _number(item.value) if item.value else inline


@contextmanager
def without_referee() -> Iterator[None]:
    """Whatever the model reads becomes a fact, grounded or not."""
    from assistant.model_reader import referee
    from assistant.report.facts import Evidence, Fact, FactKind, FactStatus

    def believe(judge: Any, item: Any, kind: FactKind, out: Any) -> None:
        place, value = judge.names.place(item.cell), _said(item)
        if place is None or value is None or kind is not FactKind.CELL:
            return
        quote = Evidence(source=judge.source, start=0, end=0, quote="")
        out.facts.append(
            Fact(
                id=f"believed{len(out.facts)}", kind=place.kind, where=place.where, value=value, read_by="model",
                status=FactStatus.STATED, evidence=(quote,),
            )
        )  # fmt: skip

    with patch.object(referee.Referee, "_cell", believe):
        yield


@contextmanager
def without_second_reader() -> Iterator[None]:
    """The model reads alone: nothing the offline reader finds is used."""
    from assistant.drafting import pipeline

    honest = pipeline.read_offline

    def nothing(*arguments: Any, **names: Any) -> Any:
        work, options = honest(*arguments, **names)
        return (replace(work, facts=[], findings=[]) if options.engine == "llm" else work), options

    with patch.object(pipeline, "read_offline", nothing):
        yield


@contextmanager
def without_repair() -> Iterator[None]:
    """The model is asked once and never again."""
    with patch.dict(os.environ, {"NIANBAO_REPAIR_ROUNDS": "0"}):
        yield


@contextmanager
def nothing_off() -> Iterator[None]:
    """Everything is on."""
    yield


BREAKS: Mapping[str, Switch] = {
    "词表缺“重复申请”": without_word,
    f"缺规则 {_RULE}": without_rule,
    "正文槽位接错": with_wrong_slot,
    "不做勾稽推算": without_reconciler,
}
"""Deliberate breaks that the offline suites must notice; that the referee is missing only a lying model shows (``ABLATIONS``)."""

REFEREE = "不设裁判"
ABLATIONS: Mapping[str, Switch] = {
    "完整": nothing_off,
    REFEREE: without_referee,
    "不做勾稽推算": without_reconciler,
    "不用离线读取": without_second_reader,
    "不返工": without_repair,
}
"""Parts whose worth is measured with a model that lies."""
