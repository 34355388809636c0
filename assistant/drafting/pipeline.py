"""The functions every interface calls: draft a report from facts, check a finished one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.assembly import Assembly, assemble
from assistant.assembly.questions import questions_of
from assistant.checks import CheckInput, RuleSettings, run_rules
from assistant.checks.together.previous import wrong_previous
from assistant.documents.limits import check_length
from assistant.drafting.engines import Engine, draft_with_model, wants_model
from assistant.drafting.figures import all_figures, settle
from assistant.drafting.starting import Started, start_from
from assistant.extraction.identity import unit_named, year_named, years_named
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.sources import Masks, read_sources
from assistant.forms import form_for_year
from assistant.model_reader.judgement import Work
from assistant.office.profile import UnitSettings
from assistant.prose import compose, preamble_of, title_of
from assistant.reading.material import Material, recognised
from assistant.report import AnnualReport, Level, Scope, UnitProfile
from assistant.report.draft import Draft, ModelUse
from assistant.report.facts import Fact, FactKind, FactStatus
from assistant.report.findings import Finding, Question, Severity

if TYPE_CHECKING:
    from assistant.office.model_settings import ModelSettings

__all__ = [
    "DraftOptions",
    "Sources",
    "draft_facts",
    "draft_text",
    "draft_texts",
    "draft_texts_async",
    "read_offline",
    "settled",
]

Sources = Mapping[str, str | Material]
"""texts by name, or files as :func:`assistant.reading.material.read_material` reads them"""

_FINISHED_ONLY = ("NUMBER_MISSING",)
"""rules about finished text: in a draft the open places are questions"""
_ORDER = {Severity.ERROR: 0, Severity.ASK: 1, Severity.WARNING: 2, Severity.INFO: 3}


@dataclass(frozen=True)
class DraftOptions:
    """What a caller may set about a draft; everything has a sensible default."""

    org: str = ""
    level: Level | None = None
    scope: Scope | None = None
    year: int | None = None
    previous: AnnualReport | None = None
    confirm_zeros: bool = False
    lexicon: Lexicon | None = None
    settings: RuleSettings = field(default_factory=RuleSettings)
    unit: UnitSettings = field(default_factory=UnitSettings)
    """the reporting body as nianbao.toml describes it; ``org``, ``level`` and ``scope`` win over it"""
    engine: Engine = Engine.AUTO
    """who reads the facts; ``auto`` uses a model when one is configured and answers"""
    model: ModelSettings | None = None
    """settings of the model; by default those of the environment and nianbao.toml"""
    rewrite: bool = True
    """let the model word the prose, where its settings allow it too"""
    locked: tuple[str, ...] = ()
    """sentences of the user that no model may reword"""

    def profile(self) -> UnitProfile:
        """The reporting body as far as it is known."""
        found = UnitProfile.infer(self.org or self.unit.name, self.level, self.scope)
        said = replace(self.unit, level=self.level or self.unit.level, scope=self.scope or self.unit.scope)
        return said.over(found)


def draft_text(text: str, options: DraftOptions | None = None) -> Draft:
    """Draft a report from one raw text. Never raises for bad facts: they become findings and questions."""
    return draft_texts({"input": text}, options)


def draft_texts(sources: Sources, options: DraftOptions | None = None) -> Draft:
    """Draft a report from several named sources; offsets of the evidence point into each of them.

    A finished report of this year among them, recognised by what it holds, starts the draft: its cells are statements, its
    prose stays as it is. Safe to call where an event loop runs. ModelNotReady only when the engine ``llm`` is asked for and no model is configured.
    """
    work, options = read_offline(sources, options or DraftOptions())
    if not wants_model(options.engine, options.model):
        return work.finish(work.facts, work.findings)
    from assistant.llm.running import run_sync

    return run_sync(draft_with_model(work, options.engine, options.model))


async def draft_texts_async(sources: Sources, options: DraftOptions | None = None) -> Draft:
    """:func:`draft_texts` for callers with an event loop: the model is awaited there."""
    work, options = read_offline(sources, options or DraftOptions())
    if not wants_model(options.engine, options.model):
        return work.finish(work.facts, work.findings)
    return await draft_with_model(work, options.engine, options.model)


def settled(options: DraftOptions, texts: Iterable[str]) -> DraftOptions:
    """The options with the reporting body and the year where nobody set them: those of the unit's settings, what the material
    calls itself, else last year's report and the year after it."""
    texts, previous = list(texts), options.previous
    org = options.org or options.unit.name or (previous.org.name if previous is not None else "")
    org = org or next(filter(None, map(unit_named, texts)), "")
    year = options.year if options.year is not None else year_named(texts)
    if year is None and previous is not None and previous.year is not None and not years_named(texts):
        year = previous.year + 1
    return replace(options, org=org, year=year)


def read_offline(
    sources: Sources, options: DraftOptions, hidden: Masks | None = None
) -> tuple[Work, DraftOptions]:
    """What the offline reader finds, and the options with the body and the year that the sources name.

    Every way of use reads here, its sources in their order. ``hidden`` are spans of sources that are no facts, as
    :func:`assistant.extraction.sources.read_sources` takes them. InputError when the sources are longer than anybody writes
    them.
    """
    check_length(given.text if isinstance(given, Material) else given for given in sources.values())
    materials = {
        name: given if isinstance(given, Material) else recognised(given, name)
        for name, given in sources.items()
    }
    started, options = _started(materials, options)
    year, profile = options.year, options.profile()
    texts = {name: material.text for name, material in materials.items()}
    reading = read_sources(started.raw, hidden=hidden, year=year, profile=profile, lexicon=options.lexicon)
    facts = [*started.facts, *reading.facts]
    findings = [*started.findings, *reading.findings]
    figures = all_figures(reading.figures, {n: t for n, t in texts.items() if n not in started.raw}, texts)

    def finish(ledger: Sequence[Fact], remarks: Sequence[Finding]) -> Draft:
        draft = draft_facts(ledger, texts, options, remarks)
        return draft.model_copy(update={"figures": settle(figures, draft.facts, draft.cells)})

    work = Work(
        {name: texts[name] for name in started.raw},
        facts,
        findings,
        year,
        profile,
        finish,
        options.lexicon,
        options.rewrite,
        options.locked,
        options.settings,
    )
    return work, options


def _started(materials: Mapping[str, Material], options: DraftOptions) -> tuple[Started, DraftOptions]:
    """The finished reports among the materials, and the options with the body and the year settled."""
    raw = [m.text for m in materials.values() if m.finished is None]
    known = settled(options, raw)
    started = start_from(materials, known.year)
    if started.previous is not None and options.previous is None:
        options = replace(options, previous=started.previous)
    report = started.report
    if report is not None:
        options = replace(
            options,
            org=options.org or options.unit.name or report.org.name,
            year=known.year if known.year is not None else report.year,
        )
    return started, settled(options, raw)


def draft_facts(
    facts: Iterable[Fact], sources: Mapping[str, str], options: DraftOptions, findings: Sequence[Finding] = ()
) -> Draft:
    """Draft a report from a ledger that was read before and perhaps corrected since.

    ``sources`` are the texts the evidence points into; ``findings`` what the reader remarked. Never raises for bad facts.
    """
    form, profile, previous = form_for_year(options.year), options.profile(), options.previous
    if previous is not None:
        shell = AnnualReport(form=form.version, org=profile, year=options.year)
        if wrong_previous(shell, previous, options.settings.renamed):
            # what another unit or another year carried forward is not ours; a rule says that the file is the wrong one
            previous = None
    assembly = assemble(
        facts,
        form=form,
        year=options.year,
        profile=profile,
        previous=previous,
        confirm_zeros=options.confirm_zeros,
    )
    return _finish(assembly, findings, sources, options)


def _finish(
    assembly: Assembly, findings: Sequence[Finding], sources: Mapping[str, str], options: DraftOptions
) -> Draft:
    report = assembly.report
    prose = compose(report, assembly.facts)
    report = report.model_copy(
        update={"title": title_of(report), "preamble": prose.preamble or preamble_of(report)}
    ).with_sections(prose.sections)
    checked, open_rules = run_rules(
        CheckInput(
            report, _last_year(options.previous, assembly.prior), options.settings, facts=assembly.facts
        ),
        ignore=_FINISHED_ONLY,
    )
    questions = [*_of_the_unit(report, sources), *questions_of(assembly), *prose.questions]
    everything = _unique([*findings, *assembly.findings, *_mapped(assembly), *checked])
    return Draft(
        report=report,
        cells=assembly.cells,
        aggregates=assembly.aggregates,
        findings=tuple(everything),
        not_assessable=open_rules,
        questions=_distinct_questions(questions),
        activities=tuple(f for f in assembly.facts if f.kind is FactKind.ACTIVITY),
        facts=assembly.facts,
        sources=dict(sources),
        slots=prose.slots,
        model=ModelUse(engine="offline"),
    )


def _of_the_unit(report: AnnualReport, sources: Mapping[str, str]) -> Iterable[Question]:
    """Which body and which year: without the year no figure of the material can be told from last year's."""
    if not report.org.name:
        text = "请告诉我单位全称（例如：清源县水利局、司寨乡人民政府）。"
        yield Question(code="PROFILE", about=("org",), text=text)
    if report.year is None:
        years = years_named(sources.values())
        found = f"材料中写有{'、'.join(f'{y}年' for y in years)}，" if years else ""
        example = "" if years else "（例如：2025年）"
        yield Question(
            code="PROFILE",
            about=("year",),
            text=f"{found}这是哪一年度的年报？{example}",
            choices=tuple(f"{y}年" for y in years),
        )


def _last_year(previous: AnnualReport | None, prior: AnnualReport | None) -> AnnualReport | None:
    """Last year's report; figures the message gives for last year complete it."""
    if previous is None or prior is None:
        return previous or prior
    changes = {
        key: value
        for key, value in prior.filled()
        if previous.layout.has(key) and previous.value(key) is None
    }
    return previous.with_cells(changes)


def _mapped(assembly: Assembly) -> list[Finding]:
    """Everyday wording that was taken for a statutory row, for the clerk to see."""
    out = []
    for fact in assembly.facts:
        if (
            fact.kind is FactKind.CELL
            and fact.mapped_from
            and fact.status is FactStatus.STATED
            and fact.value
        ):
            key = fact.where.split(".")
            form = assembly.report.layout
            name = form.table(key[0]).row(key[1]).name
            if fact.mapped_from in name or key[1] in (
                "new_received",
                "result_total",
                "carried_over",
                "carried_forward",
            ):
                continue
            out.append(
                Finding(
                    code="MAPPED",
                    severity=Severity.INFO,
                    where=fact.where,
                    message=f"“{fact.mapped_from}”按法定口径归入“{name}”",
                    expected=fact.value,
                    got=fact.value,
                    evidence=fact.evidence,
                )
            )
    return out


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for one thing, errors first."""
    seen: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.code, finding.where, str(finding.got)), finding)
    return sorted(seen.values(), key=lambda f: _ORDER[f.severity])


def _distinct_questions(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple({(q.code, q.about): q for q in questions}.values())
