"""Repairs a report in its own file, round by round, and proves each round by reading the new file back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.checks import apply_certain
from assistant.documents.places import Change, Unreachable, edited
from assistant.fixing.originals import Original, open_original
from assistant.fixing.shown import Shown, shown
from assistant.report import AnnualReport
from assistant.report.draft import CheckResult
from assistant.report.facts import to_number
from assistant.report.findings import Edit, Finding

__all__ = ["Left", "Mended", "Repair", "mend"]

_ROUNDS = 6
"""a repair may uncover another one, such as a misprint inside half-width brackets"""

Check = Callable[[AnnualReport], CheckResult]


@dataclass(frozen=True)
class Repair:
    """A finding that was repaired, and what of the report changed."""

    finding: Finding
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Left:
    """A finding with a certain repair that was not made, and why (Chinese, no full stop)."""

    finding: Finding
    reason: str


@dataclass
class Mended:
    """A repaired file: its bytes, what was repaired, what was left, and what the rules say now.

    ``suffix`` is the new file's; ``rebuilt`` says that the file itself cannot be changed and was laid out anew.
    """

    data: bytes
    suffix: str
    result: CheckResult
    made: list[Repair] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    rebuilt: bool = False


@dataclass(frozen=True)
class _State:
    original: Original
    result: CheckResult


def mend(data: bytes, name: str, suffix: str, check: Check) -> Mended:
    """Make every certain repair that has a place in the file, is gone afterwards, and brings no new finding.

    ``check`` judges a report; accepted findings are left alone. InputError when the file cannot be read.
    """
    original = open_original(data, name)
    mended = Mended(data, suffix, check(original.report))
    state = _State(original, mended.result)
    for _ in range(_ROUNDS):
        wanted = _certain(state.result, mended.left)
        if not wanted:
            break
        done = _round(state, wanted, check, mended)
        if done is None:
            break
        state = done
    if original.kind == "pdf" and mended.made:
        return _rebuilt(state, mended, check)
    mended.data, mended.result = state.original.data, state.result
    if mended.made and original.kind == "docx":
        mended.suffix = ".docx"
    return mended


def _certain(result: CheckResult, left: Sequence[Left]) -> list[Finding]:
    known = {_identity(one.finding) for one in left}
    return [
        f
        for f in result.findings
        if f.fix is not None and f.fix.certain and f.accepted is None and _identity(f) not in known
    ]


def _round(state: _State, wanted: list[Finding], check: Check, mended: Mended) -> _State | None:
    """All repairs at once; if that does not hold, one by one, so that a single bad one spoils no other."""
    try:
        after, made = _attempt(state, wanted, check)
    except Unreachable:
        return _one_by_one(state, wanted, check, mended)
    mended.made += made
    return after if made else None


def _one_by_one(state: _State, wanted: list[Finding], check: Check, mended: Mended) -> _State | None:
    begin = state
    open_ones = {_identity(finding) for finding in wanted}
    while open_ones:
        # offsets have moved since the last repair: take the finding as it stands now
        finding = next((f for f in state.result.findings if _identity(f) in open_ones), None)
        if finding is None:
            break
        open_ones.discard(_identity(finding))
        try:
            state, made = _attempt(state, [finding], check)
            mended.made += made
        except Unreachable as reason:
            mended.left.append(Left(finding, str(reason)))
    return state if state is not begin else None


def _attempt(state: _State, wanted: list[Finding], check: Check) -> tuple[_State, list[Repair]]:
    """The state after some repairs, and after those of the findings that they uncover.

    Unreachable when a repair has no place in the file, does not hold when it is read back, or brings a new finding.
    """
    after, applied = _step(state, wanted, check)
    made = [_repair(state.original, finding) for finding in applied]
    for _ in range(_ROUNDS):
        uncovered = _new(state.result, after.result)
        if not uncovered or any(f.fix is None or not f.fix.certain for f in uncovered):
            break
        further, more = _step(after, uncovered, check)
        made += [_repair(after.original, finding) for finding in more]
        after = further
    _prove(state.result, after.result, made)
    return after, made


def _step(state: _State, wanted: list[Finding], check: Check) -> tuple[_State, tuple[Finding, ...]]:
    """The file with some repairs made, read back."""
    original = state.original
    repaired, applied = apply_certain(original.report, wanted)
    if not applied:
        return state, ()
    if original.kind == "pdf":
        after = Original(original.data, original.name, "pdf", repaired)
    else:
        changes = _changes(original, applied)
        after = open_original(original.rewritten(changes, repaired), original.name)
        if after.text != edited(original.text, [(c.start, c.end, c.text) for c in changes]):
            raise Unreachable("改后的文件与预期不符，没有改动")
    if (after.report.tables, after.report.sections) != (repaired.tables, repaired.sections):
        raise Unreachable("改后的文件与预期不符，没有改动")
    return _State(after, check(after.report)), applied


def _new(before: CheckResult, after: CheckResult) -> list[Finding]:
    """Findings of a place and code that had fewer before."""
    known = Counter((f.code, f.where) for f in before.findings)
    found = []
    for finding in after.findings:
        known[finding.code, finding.where] -= 1
        if known[finding.code, finding.where] < 0:
            found.append(finding)
    return found


def _prove(before: CheckResult, after: CheckResult, made: Sequence[Repair]) -> None:
    """Unreachable when a repaired finding still stands or a new one came."""
    old, now = (Counter(map(_identity, result.findings)) for result in (before, after))
    for repair in made:
        identity = _identity(repair.finding)
        if now[identity] and now[identity] >= old[identity]:
            raise Unreachable("照此改动以后这个问题仍在，没有改动")
    if uncovered := _new(before, after):
        raise Unreachable(f"照此改动会带来新的问题（{uncovered[0].code}），没有改动")


def _identity(finding: Finding) -> tuple[str, ...]:
    words = [evidence.quote for evidence in finding.evidence]
    return finding.code, finding.where, finding.message, str(finding.expected), str(finding.got), *words


def _changes(original: Original, applied: Sequence[Finding]) -> list[Change]:
    """The repairs as changes of the document's text; JSON takes the repaired report instead."""
    if original.kind == "json":
        return []
    changes: dict[Change, None] = {}
    for finding in applied:
        edits = finding.fix.edits if finding.fix is not None else ()
        if sum(e.value is None and not e.where for e in edits) < sum(
            bool(e.value is None and e.where) for e in edits
        ):
            raise Unreachable("在原文件中找不到这处文字")
        changes.update((change, None) for edit in edits if (change := _change(original, edit)))
    return list(changes)


def _change(original: Original, edit: Edit) -> Change | None:
    if edit.value is not None:
        return original.figure(edit.where, str(to_number(edit.value)))
    if edit.where or edit.start is None or edit.end is None:
        return None
    return Change(edit.start, edit.end, edit.text)


def _repair(original: Original, finding: Finding) -> Repair:
    return Repair(finding, tuple(shown(original.report, finding)))


def _rebuilt(state: _State, mended: Mended, check: Check) -> Mended:
    """The repaired report laid out anew as a Word document, for files that cannot be changed."""
    from assistant.printing.reports import render
    from assistant.reading import read_report

    content = render(state.original.report, "docx")
    mended.data = content if isinstance(content, bytes) else content.encode()
    mended.suffix, mended.rebuilt = ".docx", True
    mended.result = check(read_report(mended.data, f"{state.original.name}.docx"))
    return mended
