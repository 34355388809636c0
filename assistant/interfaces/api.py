"""The Python API: draft, check, check_many, read, render."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from assistant.checks.check_report import check_report
from assistant.drafting.engines import Engine
from assistant.drafting.pipeline import DraftOptions, Sources, draft_facts, draft_texts, draft_texts_async
from assistant.errors import UsageError
from assistant.office.profile import Profile, UnitSettings, find_profile
from assistant.report import AnnualReport, Level, Scope
from assistant.report.draft import CheckResult, Draft
from assistant.report.facts import FactStatus

if TYPE_CHECKING:
    from assistant.checks.together.previous import Pairing

__all__ = ["DraftArguments", "check", "check_many", "draft", "draft_async", "read", "render", "revise"]

_REMARKS = ("SCOPE_MISMATCH", "AMBIGUOUS_MAP", "CORRECTED", "UNIT")
"""what the reader remarked about the words; the rules cannot find it again"""


class DraftArguments(TypedDict, total=False):
    """What :func:`draft` and :func:`draft_async` may be told beside the facts."""

    org: str
    year: int | None
    level: str | Level | None
    scope: str | Scope | None
    previous: AnnualReport | str | Path | None
    """last year's report, or the file it is in"""
    confirm_zeros: bool
    """record 其余为 0 for cells nothing speaks of"""
    engine: str | Engine
    """offline, llm or auto (the default: a model where one is configured and answers)"""
    profile: str | Path | None
    """a nianbao.toml whose [unit] and [rules] hold; unlike the command, the API looks for none by itself"""


Facts = str | Path | Sequence[Path] | Mapping[str, str | Path]
"""raw facts: a text, a file, several files, or texts and files by source name"""


def draft(facts: Facts, **arguments: Unpack[DraftArguments]) -> Draft:
    """Draft a report from raw facts, see :data:`Facts`; what else may be said is in DraftArguments.

    A finished report of this year among the facts starts the draft. InputError for a file that cannot be read. ``Draft.model`` says who read. Bad facts never raise; ValueError for an unknown level, scope or engine, ModelNotReady for
    ``llm`` without a configured model, UsageError for a profile that is missing or does not fit.
    """
    return draft_texts(_sources(facts), _options(**arguments))


async def draft_async(facts: Facts, **arguments: Unpack[DraftArguments]) -> Draft:
    """:func:`draft` for callers with an event loop: the model is awaited there instead of in a loop of its own."""
    return await draft_texts_async(_sources(facts), _options(**arguments))


def _sources(facts: Facts) -> Sources:
    from assistant.reading.material import read_material

    if isinstance(facts, str):
        return {"input": facts}
    if isinstance(facts, Mapping):
        return {
            name: one if isinstance(one, str) else read_material(one, name) for name, one in facts.items()
        }
    paths = [facts] if isinstance(facts, Path) else facts
    return {path.name: read_material(path) for path in paths}


def _options(**arguments: Any) -> DraftOptions:
    """Options as the pipeline wants them; TypeError for an argument that does not exist."""
    unknown = sorted(set(arguments) - set(DraftArguments.__annotations__))
    if unknown:
        raise TypeError(f"draft() got an unexpected keyword argument {unknown[0]!r}")
    kinds = {"level": Level, "scope": Scope, "engine": Engine}
    given = {name: value for name, value in arguments.items() if value not in (None, "")}
    read: dict[str, Any] = {
        name: kinds[name](value) if name in kinds else value for name, value in given.items()
    }
    if isinstance(read.get("previous"), str | Path):
        read["previous"] = _report(read["previous"])
    if "profile" in read:
        said = _profile(read.pop("profile"))
        read |= {"settings": said.rules, "unit": said.unit}
    return DraftOptions(**read)


def _profile(path: str | Path | None) -> Profile:
    return find_profile(None, Path(path)) if path else Profile()


def revise(
    result: Draft,
    words: str,
    *,
    previous: AnnualReport | str | Path | None = None,
    profile: str | Path | None = None,
) -> Draft:
    """The draft after a change asked for in words: 把自然人改成4, 第三方那一件挪到部分公开, 刚才那句不算, 其余都是0, 都对.

    ``previous`` is last year's report and ``profile`` the nianbao.toml, if the draft was made with them. The change is kept
    as a fact with its quote (source 更正1, 更正2, …). UsageError when the words ask for no change or fit several figures; its
    message names the choices.
    """
    from assistant.extraction.patch_words import read_patches
    from assistant.extraction.patches import apply_patches

    number = sum(name.startswith("更正") for name in result.sources) + 1
    source = f"更正{number}"
    asked = next((q for q in result.questions if q.code == "CONFIRM"), None)
    understood = read_patches(words, source, result, asked=asked)
    if understood.question is not None:
        choices = f"可选：{'；'.join(understood.question.choices)}" if understood.question.choices else ""
        raise UsageError(f"{understood.question.text}{choices}")
    if not understood.patches:
        raise UsageError(f"“{words}”没有要求更正什么；例如：把自然人改成4")
    sources = {**result.sources, source: words}
    order = {name: index for index, name in enumerate(sources)}
    # whether statements contradict is judged anew on the changed ledger
    restated = {FactStatus.CONFLICTING: FactStatus.STATED}
    ledger = [f.model_copy(update={"status": restated.get(f.status, f.status)}) for f in result.facts]
    changed = apply_patches(ledger, understood.patches, order)
    added = [
        f.model_copy(update={"id": f"r{number}.{n}"}) for n, f in enumerate(changed[len(ledger) :], start=1)
    ]
    org = result.report.org
    # what the draft knows about its body stays, whoever said it
    unit = UnitSettings(
        level=org.level,
        kind=org.kind,
        scope=org.scope,
        may_make_rules=org.may_make_rules,
        contact=org.contact,
    )
    options = DraftOptions(
        org=org.name,
        year=result.report.year,
        previous=None if previous is None else _report(previous),
        unit=unit,
        settings=_profile(profile).rules,
    )
    remarks = [f for f in result.findings if f.code in _REMARKS]
    return draft_facts([*changed[: len(ledger)], *added], sources, options, remarks)


def read(source: str | Path | bytes, name: str = "") -> AnnualReport:
    """Read a finished report (json, txt, md, html, docx, xlsx, pdf); InputError when it cannot be read."""
    from assistant.reading import read_report

    return read_report(source, name)


def check(
    report: AnnualReport | Draft | str | Path,
    *,
    previous: AnnualReport | str | Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    profile: str | Path | None = None,
) -> CheckResult:
    """Check a finished report, or the file it is in; ``previous`` is last year's, or its file.

    A draft, whose words may have been changed since, is checked by what it rests on: a figure that nobody gave is found.
    UsageError for an unknown rule code, or a ``profile`` (a nianbao.toml whose [unit] and [rules] hold) that is missing or does
    not fit; InputError when a file cannot be read.
    """
    said = _profile(profile)
    return check_report(
        report.report if isinstance(report, Draft) else _report(report),
        file=str(report) if isinstance(report, str | Path) else "",
        previous=None if previous is None else _report(previous),
        settings=said.rules,
        select=select,
        ignore=ignore,
        unit=said.unit,
        facts=report.facts if isinstance(report, Draft) else None,
    )


def _report(given: AnnualReport | str | Path) -> AnnualReport:
    return given if isinstance(given, AnnualReport) else read(given)


def check_many(
    reports: str | Path | Iterable[AnnualReport | str | Path],
    *,
    previous: str | Path | Iterable[AnnualReport | str | Path] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    profile: str | Path | None = None,
) -> list[CheckResult]:
    """Check reports that belong together: each by itself and beside the others, results in their order.

    What shows only between reports is found too: the same text in sibling units, a government's sum that is not that of
    its units, units of the roster without a report. ``reports`` are reports, files, or a folder with all its files;
    ``previous`` are last year's in the same ways, and each unit gets its own by name and year. ``profile`` as in
    :func:`check`. InputError when a file cannot be read, UsageError as in :func:`check`.
    """
    from assistant.checks.check_report import Given, check_together

    said = _profile(profile)
    pairing = None if previous is None else _pairing(previous)
    given = []
    for report, path in _all(reports):
        known = said.unit.laid_over(report)
        last = None if pairing is None else pairing.find(
            known.org.name, known.year, said.rules.renamed, other_years=True
        )  # fmt: skip
        reason = "" if pairing is None or last is not None else "提供的上年报告里没有本单位的"
        folder = None if path is None else path.absolute().parent
        file = "" if path is None else str(path)
        given.append(Given(report, file, last, reason, folder, said.rules, said.unit))
    return check_together(given, select, ignore)


def _all(
    given: str | Path | Iterable[AnnualReport | str | Path],
) -> list[tuple[AnnualReport, Path | None]]:
    """Reports with the files they come from; a folder stands for the readable files in it."""
    from assistant.interfaces.cli.files import expand_paths

    found: list[tuple[AnnualReport, Path | None]] = []
    for one in [given] if isinstance(given, str | Path) else given:
        if isinstance(one, AnnualReport):
            found.append((one, None))
        else:
            found += [(read(path), path) for path in expand_paths([str(one)])]
    return found


def _pairing(previous: str | Path | Iterable[AnnualReport | str | Path]) -> Pairing[AnnualReport]:
    """Last year's reports, to be found by unit: by what they say, then by what their files are called."""
    from assistant.batch.lastyear import earlier_in
    from assistant.checks.together.previous import Earlier, Pairing

    found = _all(previous)
    said = [Earlier(report.org.name, report.year, report) for report, _ in found]
    root = Path(previous) if isinstance(previous, str | Path) else Path()
    return Pairing([*said, *earlier_in(root, {path: report for report, path in found if path is not None})])


def render(report: AnnualReport | Draft, fmt: str) -> str | bytes:
    """Print a report: text for txt, md, html, json; bytes for docx, xlsx, pdf.

    In a draft the figures are marked that nobody has confirmed yet; its JSON is the whole draft.
    """
    if isinstance(report, Draft):
        from assistant.printing.drafts import print_draft

        return print_draft(report, fmt)
    from assistant.printing.reports import render as print_report

    return print_report(report, fmt)
