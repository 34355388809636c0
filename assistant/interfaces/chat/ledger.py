"""Turns a conversation into a draft: the same turns always give the same draft."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from json import dumps
from threading import Lock

from assistant.drafting.pipeline import DraftOptions, read_offline, settled
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.patches import Patch, apply_patches
from assistant.interfaces.chat.second_reader import facts_of
from assistant.interfaces.chat.turns import Turn
from assistant.office.profile import Profile
from assistant.report import AnnualReport, Level, Scope
from assistant.report.draft import Draft
from assistant.report.facts import Fact

__all__ = ["Ledger", "options_of"]

_KEPT = 128
"""drafts kept in memory; any of them can be made again from its turns"""


class Ledger:
    """Makes drafts out of turns and remembers the last ones. ``load`` gives the text kept under a blob's key."""

    def __init__(
        self, load: Callable[[str], str], lexicon: Lexicon | None = None, profile: Profile | None = None
    ) -> None:
        self._load = load
        said = profile or Profile()
        self._office = DraftOptions(lexicon=lexicon, settings=said.rules, unit=said.unit)
        self._kept: OrderedDict[str, Draft] = OrderedDict()
        self._lock = Lock()

    def draft(self, turns: Sequence[Turn]) -> Draft:
        """The draft after these turns. Never raises for bad facts."""
        key = _key(turns)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._make(turns)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def text(self, turn: Turn) -> str:
        """The text a turn brought."""
        return self._load(turn["blob"]) if turn["blob"] else turn["text"]

    def options(self, turns: Sequence[Turn]) -> DraftOptions:
        """The settings of the draft: the last word on each counts."""
        sources = [self.text(t) for t in turns if t["source"]]
        return options_of(turns, self._previous(turns), sources, self._office)

    def _previous(self, turns: Sequence[Turn]) -> AnnualReport | None:
        blob = next((t["blob"] for t in reversed(turns) if t["kind"] == "previous"), "")
        return AnnualReport.model_validate_json(self._load(blob)) if blob else None

    def _make(self, turns: Sequence[Turn]) -> Draft:
        sources = {t["source"]: self.text(t) for t in turns if t["source"]}
        options = self.options(turns)
        hidden = {t["source"]: [(a, b) for a, b in t["used"]] for t in turns if t["used"]}
        work, _ = read_offline(sources, options, hidden)
        facts = [*_asked_for(turns, work.facts), *_kept(turns, work.facts)]
        patches = [Patch.model_validate(p) for t in turns for p in t["patches"]]
        order = {name: index for index, name in enumerate(sources)}
        return work.finish(apply_patches(facts, patches, order), work.findings)


def _asked_for(turns: Sequence[Turn], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those sure that answer what was asked: question and answer say it together."""
    answers = {t["source"]: t["answers"] for t in turns if t["answers"]}
    return [
        f.model_copy(update={"sure": True})
        if not f.sure and f.evidence and all(_answered(f, answers.get(e.source, ())) for e in f.evidence)
        else f
        for f in facts
    ]


def _answered(fact: Fact, about: Sequence[str]) -> bool:
    """Whether a fact is of a place that was asked about, or of a row or table of it."""
    return any(
        one == "*" or f"{fact.where}.".startswith(f"{one}.") or one.startswith(f"{fact.where}.")
        for one in about
    )


def _kept(turns: Sequence[Turn], read: Sequence[Fact]) -> list[Fact]:
    """What the model added in each turn and the offline reader does not read there itself."""
    own: dict[str, set[tuple[str, str]]] = {}
    for fact in read:
        for place in fact.evidence:
            own.setdefault(place.source, set()).add((fact.kind.value, fact.where))
    return [
        f
        for n, t in enumerate(turns, 1)
        if t["read"]
        for f in facts_of(t["read"], n, own.get(t["source"], set()))
    ]


def options_of(
    turns: Sequence[Turn],
    previous: AnnualReport | None,
    sources: Sequence[str],
    office: DraftOptions | None = None,
) -> DraftOptions:
    """Settings from the profile turns over those of the ``office``; what nobody set follows last year's report and the words
    of the sources."""
    profile: dict[str, object] = {}
    for turn in turns:
        profile.update({k: v for k, v in turn["profile"].items() if v not in (None, "")})
    org, year, level, scope = (profile.get(name) for name in ("org", "year", "level", "scope"))
    said = replace(
        office or DraftOptions(), org=str(org or ""), year=int(str(year)) if year else None,
        level=Level(str(level)) if level else None, scope=Scope(str(scope)) if scope else None, previous=previous,
    )  # fmt: skip
    return settled(said, sources)


def _key(turns: Sequence[Turn]) -> str:
    """What the draft depends on, and nothing that it does not."""
    matter = [
        [
            t["kind"],
            t["source"],
            t["text"],
            t["blob"],
            t["patches"],
            t["used"],
            t["read"],
            t["answers"],
            t["profile"],
        ]
        for t in turns
    ]
    return sha256(dumps(matter, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
