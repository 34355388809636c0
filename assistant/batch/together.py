"""Checks the drafts of one run beside each other, when all of them are there: siblings' texts and figures, governments' sums."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.batch.units import UnitResult
from assistant.checks import CheckInput, RuleSettings, run_rules
from assistant.checks.together.areas import same_unit
from assistant.checks.together.batches import BESIDE, Batch
from assistant.checks.together.siblings import Sibling
from assistant.report.findings import Finding

__all__ = ["Together"]


class Together:
    """The units of a run as their neighbours see them; a few kilobytes each, whatever their drafts hold."""

    def __init__(self, settings: RuleSettings) -> None:
        self._settings = settings
        self._units: list[tuple[int, str, Sibling]] = []

    def add(self, result: UnitResult) -> None:
        """Take in a unit, if it has a draft."""
        if result.sibling is not None:
            self._units.append((result.number, result.key, result.sibling))

    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """What shows between the units, by the names of their folders; units of which nothing is to be said are left out."""
        if len(self._units) < 2:
            return {}
        # units come in as they are done; what is said must not depend on that
        self._units.sort(key=lambda unit: unit[0])
        batch = Batch([sibling for _, _, sibling in self._units])
        found = {}
        for number, (_, key, sibling) in enumerate(self._units):
            beside = batch.beside(number, self._settings.roster)
            context = CheckInput(sibling.bare, settings=self._settings, beside=beside)
            if findings := run_rules(context, select=BESIDE)[0]:
                found[key] = findings
        return found

    def missing(self) -> list[str]:
        """Units of the roster that the run has no draft of."""
        names = [sibling.org.name for _, _, sibling in self._units]
        return [one for one in self._settings.roster if not any(same_unit(one, name) for name in names)]
