"""Breaks the program on purpose and lists which cases turn red for it (``python -m evals.breaks [--all] [NAME …]``).

Exit status 1 when a break turns nothing red: then nobody would notice if the part were gone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from assistant.extraction.lexicon import default_lexicon, default_units
from assistant.extraction.tokens import Tokenizer
from evals.attacks import attack, attack_cases
from evals.cases import Case
from evals.harness import run_suite
from evals.reading_cases import cells_amiss
from evals.removals import Part, constructions, guards, readers, steps, watched, without_notion, words
from evals.suites import SUITES, drafted
from evals.switches import ABLATIONS, BREAKS, REFEREE, Switch
from evals.tasks import draft_case

__all__ = ["Net", "emptied", "lied_to", "newly_red", "removed"]

_SHOWN = 12
_AWAY = "去掉 "
_SPARE: frozenset[str] = frozenset()
"""parts behind which another one hears the same: no case was found that needs them. One that a case needs leaves the
list, and a part that is not on it must be needed by a case"""
_FEW = 3
"""cases that are enough to show that a break is noticed"""


def failing(switch: Switch | None = None) -> dict[str, set[str]]:
    """Failing cases by suite, with a switch thrown; sealed suites are left out."""
    suites = [suite for suite in SUITES.values() if not suite.sealed]
    if switch is None:
        return {suite.name: set(run_suite(suite).failing) for suite in suites}
    with switch():
        return {suite.name: set(run_suite(suite).failing) for suite in suites}


def newly_red(before: dict[str, set[str]], switch: Switch) -> dict[str, list[str]]:
    """Cases that fail with the switch thrown and did not before, by suite."""
    after = failing(switch)
    return {name: sorted(after[name] - before[name]) for name in after if after[name] - before[name]}


def lied_to(limit: int | None = None) -> list[str]:
    """Cases into whose draft a lying model gets a false figure without the referee, and does not with it.

    The referee stands between a model and the draft, so only a model can show that it is missing.
    """
    cases = attack_cases(reader=False)[:limit]
    guarded = {case for case, _ in attack(cases, [0]).through}
    with ABLATIONS[REFEREE]():
        open_ = {case for case, _ in attack(cases, [0]).through}
    return sorted(open_ - guarded)


class Net:
    """The green cases, and which parts of the reader each of them reaches: only these can turn red without the part."""

    def __init__(self, parts: Sequence[Part], cases: Iterable[Case] | None = None) -> None:
        self.cases = {case.id: case for case in (_drafted() if cases is None else cases)}
        self.reached: dict[str, list[str]] = {}
        self._right: set[str] = set()
        self._green: dict[str, bool] = {}
        self._said: dict[tuple[str, str], list[str]] = {}
        for case in self.cases.values():
            self._look(case, parts)

    def _look(self, case: Case, parts: Sequence[Part]) -> None:
        def note(name: str) -> None:
            found = self.reached.setdefault(name, [])
            if case.id not in found[-1:]:
                found.append(case.id)

        with watched(parts, note):
            if not _is_amiss(case):
                self._right.add(case.id)

    def red(self, switch: Switch, names: Iterable[str], limit: int | None = _FEW) -> list[str]:
        """Which of the cases turn red, ``limit`` of them at most: by their cells, which is quick, and where these show
        nothing by everything that is judged of a draft."""
        names = list(names)
        quick = [self.cases[name] for name in names if name in self._right]
        with switch():
            red = list(islice((case.id for case in quick if _is_amiss(case)), limit))
        if red:
            return red
        green = [self.cases[name] for name in names if self.green(name)]
        with switch():
            return list(islice((case.id for case in green if not _passes(case)), limit))

    def green(self, name: str) -> bool:
        """Whether a case passes with nothing taken away."""
        if name not in self._green:
            self._green[name] = _passes(self.cases[name])
        return self._green[name]

    def naming(self, kind: str, key: str) -> list[str]:
        """The cases in which a word of the lexicon's notion stands."""
        if not self._said:
            for case in self.cases.values():
                tokens = Tokenizer(default_lexicon(), default_units(), case.year, case.form.version).tokens(
                    case.text
                )
                for notion in {(e.kind, e.key) for token in tokens for e in token.entries}:
                    self._said.setdefault(notion, []).append(case.id)
        return self._said.get((kind, key), [])


def _is_amiss(case: Case) -> bool:
    """Whether the cells of a case are not as expected; a reader that fails for want of the part is that too."""
    try:
        return bool(cells_amiss([case]))
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
        return True


def _passes(case: Case) -> bool:
    return not run_suite(drafted("net", [case])).failing


def _drafted() -> list[Case]:
    """The cases of every open suite that drafts in one go."""
    open_ = [suite for suite in SUITES.values() if not suite.sealed and suite.task is draft_case]
    return [case for suite in open_ for case in suite.cases()]


def removed(net: Net, chosen: Sequence[Part], limit: int | None) -> Iterator[tuple[str, list[str]]]:
    """Each part taken away by itself, and the cases that turn red."""
    for part in chosen:
        yield f"{_AWAY}{part.name}", net.red(part, net.reached.get(part.name, []), limit)


def emptied(
    net: Net, chosen: Sequence[tuple[str, str]], limit: int | None
) -> Iterator[tuple[str, list[str]]]:
    """Each notion of the lexicon without its words, and the cases that turn red."""
    for kind, key in chosen:
        yield (
            f"清空词条 {kind}.{key}",
            net.red(partial(without_notion, kind, key), net.naming(kind, key), limit),
        )


def switched() -> Iterator[tuple[str, list[str]]]:
    """The five breaks of other parts, and the cases that turn red."""
    before = failing()
    for name, switch in BREAKS.items():
        yield (
            name,
            [f"{suite}/{case}" for suite, cases in newly_red(before, switch).items() for case in cases],
        )
    yield f"{REFEREE}（模型说谎）", lied_to()


def main(arguments: Sequence[str]) -> int:
    """Break, print, judge; status 1 when a break is not noticed."""
    parser = argparse.ArgumentParser(prog="python -m evals.breaks", description="逐个弄坏，看哪些用例变红。")
    parser.add_argument("names", nargs="*", metavar="名称", help="只弄坏名称含有这些字的部分；省略时全部")
    parser.add_argument("--all", action="store_true", help=f"列出变红的全部用例，否则每处找到 {_FEW} 个为止")
    options = parser.parse_args(arguments)
    limit = None if options.all else _FEW

    def meant(name: str) -> bool:
        return not options.names or any(word in name for word in options.names)

    every: list[Part] = [*readers(), *steps(), *constructions(), *guards()]
    parts = [part for part in every if meant(part.name)]
    notions = [notion for notion in words() if meant(".".join(notion))]
    net = Net(parts)
    unseen = []
    rounds = [
        removed(net, parts, limit),
        emptied(net, notions, limit),
        *([] if options.names else [switched()]),
    ]
    for name, red in chain.from_iterable(rounds):
        spare = name.removeprefix(_AWAY) in _SPARE
        unseen += [name] if spare == bool(red) else []
        more = f" 等 {len(red)} 个" if len(red) > _SHOWN else ""
        print(f"{name}：{'、'.join(red[:_SHOWN]) + more if red else '没有用例变红'}", flush=True)
    print(
        f"与预期不同：{'、'.join(unseen)}"
        if unseen
        else f"每一处弄坏都有用例变红（{len(_SPARE)} 处另有读法读得出的除外）"
    )
    return int(bool(unseen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
