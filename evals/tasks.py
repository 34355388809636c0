"""The pieces of work that are measured: drafting from facts, and checking a finished report."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from assistant.checks import CheckInput, run_rules
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.interfaces.chat.ledger import Ledger
from assistant.interfaces.chat.turns import Event, new_turn
from assistant.interfaces.chat.understand import understand
from assistant.report.draft import Draft
from assistant.report.findings import Finding, Severity
from evals.cases import Case
from evals.lawful import lawful_pair, lawful_report
from evals.mutations import mutate
from evals.printing import as_printed

__all__ = ["Checked", "Drafted", "RuleCase", "check_case", "converse_case", "draft_case", "serious"]


@dataclass(frozen=True)
class Drafted:
    """A draft, what the rules say of it as a finished report, and the time it took."""

    draft: Draft
    findings: tuple[Finding, ...]
    seconds: float


def draft_case(case: Case) -> Drafted:
    """Draft a case offline and check the result as a reviewer would."""
    options = DraftOptions(
        org=case.org, level=case.level, scope=case.scope, year=case.year, previous=case.last_year,
        confirm_zeros=case.zeros == "confirm",
    )  # fmt: skip
    start = time.perf_counter()
    draft = draft_texts(case.materials, options)
    seconds = time.perf_counter() - start
    findings, _ = run_rules(CheckInput(draft.report, case.last_year))
    return Drafted(draft, findings, seconds)


def converse_case(case: Case) -> Drafted:
    """Say a dialogue turn by turn to the conversation behind the chat, and check the draft it ends with."""
    kept: dict[str, str] = {}

    def keep(text: str) -> str:
        kept[str(len(kept))] = text
        return str(len(kept) - 1)

    ledger = Ledger(kept.__getitem__)
    profile = {"org": case.org, "year": case.year, "level": case.level, "scope": case.scope}
    log = [new_turn(Event(kind="profile", profile={k: v for k, v in profile.items() if v is not None}))]
    start = time.perf_counter()
    for text in case.sources.values():
        log.append(understand(log, Event(kind="message", text=text), ledger, keep))
    draft = ledger.draft(log)
    seconds = time.perf_counter() - start
    findings, _ = run_rules(CheckInput(draft.report, case.last_year))
    return Drafted(draft, findings, seconds)


@dataclass(frozen=True)
class RuleCase:
    """A generated report, printed as if published: lawful, or with one deliberate defect that the rule ``code`` must find."""

    seed: int
    code: str = ""

    @property
    def id(self) -> str:
        """The case's name."""
        return f"{self.code or '合规'}-{self.seed}"


@dataclass(frozen=True)
class Checked:
    """What the rules say of a report; ``text`` is the report as printed. ``placed`` is False when the report offers no
    place for the defect."""

    text: str
    findings: tuple[Finding, ...]
    placed: bool
    seconds: float


def check_case(case: RuleCase) -> Checked:
    """Generate the report of a case, put its defect in, and check it."""
    rng = random.Random(f"{case.code} {case.seed}")
    ctx = _lawful(case.seed)
    spoiled = mutate(case.code, ctx, rng) if case.code else ctx
    report = (spoiled or ctx).report
    start = time.perf_counter()
    findings, _ = run_rules(spoiled or ctx)
    seconds = time.perf_counter() - start
    text = report.printed.text if report.printed else ""
    return Checked(text, findings, spoiled is not None, seconds)


def _lawful(seed: int) -> CheckInput:
    """Every third report is on the old form, one in three comes alone, the others with last year's."""
    if seed % 3 == 0:
        return CheckInput(as_printed(lawful_report(seed, form="2019" if seed % 6 == 0 else "2021")))
    last, this = lawful_pair(seed)
    return CheckInput(as_printed(this), previous=last)


def serious(findings: tuple[Finding, ...]) -> list[Finding]:
    """Findings of severity error or warning."""
    return [f for f in findings if f.severity in (Severity.ERROR, Severity.WARNING)]
