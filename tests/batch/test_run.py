"""A batch drafts every unit once, keeps what is done, and no unit's failure touches another."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant import BatchOptions, draft_batch
from assistant.batch import UnitInput, UnitResult, UnitState
from assistant.batch.pools import LocalPool, WorkerLost
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.errors import UsageError
from assistant.report.draft import Draft
from tests.batch.support import facts_of, folder_of, outcome

_DRAFT = DraftOptions(year=2024, confirm_zeros=True)


def _options(output: Path | None = None, **changes: Any) -> BatchOptions:
    settings: dict[str, Any] = {"draft": _DRAFT, "formats": ("json",), "jobs": 1, "output": output}
    return BatchOptions(**{**settings, **changes})


def _units(count: int) -> list[UnitInput]:
    return [UnitInput(f"第{n}镇", {"input": facts_of(n)}) for n in range(count)]


def _by_number(results: list[UnitResult]) -> list[UnitResult]:
    return sorted(results, key=lambda result: result.number)


async def _thinking(texts: Mapping[str, str], options: DraftOptions) -> Draft:
    """Stands in for a model: drafts in this process."""
    await asyncio.sleep(0)
    return draft_texts(texts, options)


def test_without_a_folder_the_drafts_come_back(tmp_path: Path) -> None:
    results = _by_number(list(draft_batch(_units(3), _options())))
    assert [result.org for result in results] == ["第0镇", "第1镇", "第2镇"]
    for number, result in enumerate(results):
        assert result.draft is not None
        assert result.draft.report.table3["new_received"]["total"] == number + 2
    assert list(tmp_path.iterdir()) == []


def test_the_same_run_can_be_awaited() -> None:
    async def collect() -> list[UnitResult]:
        return [result async for result in draft_batch(_units(2), _options())]

    assert len(asyncio.run(collect())) == 2
    # a second loop in the same process works as well as the first
    assert len(asyncio.run(collect())) == 2


def test_a_unit_that_cannot_be_read_is_listed_and_the_rest_are_drafted(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", 2)
    (source / "坏局.docx").write_bytes(b"PK\x03\x04 not a package")
    (source / "空局.txt").write_text(" \n", encoding="utf-8")
    results = {result.org: result for result in draft_batch(source, _options(tmp_path / "out"))}
    failed = {org for org, result in results.items() if result.state is UnitState.FAILED}
    assert failed == {"坏局", "空局"}
    assert all(results[org].problem for org in failed)
    assert not (tmp_path / "out" / "坏局").exists()
    assert len([r for r in results.values() if r.state is UnitState.DONE]) == 2


def test_an_error_of_the_program_stays_with_its_unit() -> None:
    async def faulty(texts: Mapping[str, str], options: DraftOptions) -> Draft:
        if options.org == "第1镇":
            raise ZeroDivisionError("division by zero")
        return await _thinking(texts, options)

    results = _by_number(list(draft_batch(_units(3), _options(drafter=faulty))))
    assert [result.state for result in results] == [UnitState.DONE, UnitState.FAILED, UnitState.DONE]
    assert "ZeroDivisionError" in results[1].problem


def test_a_lost_worker_takes_only_its_own_work_with_it() -> None:
    async def work() -> list[object]:
        pool = LocalPool(2)
        jobs = [pool.run(abs, -1), pool.run(os._exit, 3), pool.run(abs, -2)]
        answers = await asyncio.gather(*jobs, return_exceptions=True)
        answers.append(await pool.run(abs, -3))
        await pool.close()
        return list(answers)

    first, lost, second, later = asyncio.run(work())
    assert (first, second, later) == (1, 2, 3)
    assert isinstance(lost, WorkerLost)


def test_only_so_many_units_wait_for_a_model_at_once() -> None:
    waiting = most = 0

    async def counted(texts: Mapping[str, str], options: DraftOptions) -> Draft:
        nonlocal waiting, most
        waiting += 1
        most = max(most, waiting)
        for _ in range(5):
            await asyncio.sleep(0)
        waiting -= 1
        return draft_texts(texts, options)

    assert len(list(draft_batch(_units(6), _options(drafter=counted, calls=2)))) == 6
    assert 1 <= most <= 2


def test_resuming_redoes_only_what_changed(tmp_path: Path) -> None:
    source, output = folder_of(tmp_path / "in", 3), tmp_path / "out"
    list(draft_batch(source, _options(output)))
    before = outcome(output)
    (source / "清源县第2镇人民政府.txt").write_text(facts_of(7), encoding="utf-8")
    results = _by_number(list(draft_batch(source, _options(output, resume=True))))
    assert [result.kept for result in results] == [True, False, True]
    changed = {name for name, content in outcome(output).items() if before.get(name) != content}
    # the overview names the figures of each unit that wait to be confirmed
    assert {name.split("/")[0] for name in changed} <= {"清源县第2镇人民政府", "总览.html"}
    assert any(name.startswith("清源县第2镇人民政府/") for name in changed)


def test_other_settings_redo_everything(tmp_path: Path) -> None:
    source, output = folder_of(tmp_path / "in", 2), tmp_path / "out"
    list(draft_batch(source, _options(output)))
    other = _options(output, resume=True, draft=DraftOptions(year=2024))
    assert [result.kept for result in draft_batch(source, other)] == [False, False]


def test_a_lost_database_is_made_again_from_the_folders(tmp_path: Path) -> None:
    source, output = folder_of(tmp_path / "in", 2), tmp_path / "out"
    list(draft_batch(source, _options(output)))
    (output / ".nianbao" / "state.sqlite").unlink()
    assert [result.kept for result in draft_batch(source, _options(output, resume=True))] == [True, True]


def test_results_are_never_overwritten_unasked(tmp_path: Path) -> None:
    source, output = folder_of(tmp_path / "in", 1), tmp_path / "out"
    list(draft_batch(source, _options(output)))
    with pytest.raises(UsageError, match="--resume"):
        list(draft_batch(source, _options(output)))


def test_what_a_person_changed_is_kept(tmp_path: Path) -> None:
    source, output = folder_of(tmp_path / "in", 1), tmp_path / "out"
    (first,) = draft_batch(source, _options(output))
    report = output / first.key / "年报.json"
    report.write_text("改过", encoding="utf-8")
    (again,) = draft_batch(source, _options(output, resume=True))
    assert again.kept
    assert again.edited
    assert report.read_text(encoding="utf-8") == "改过"
    (source / f"{first.org}.txt").write_text(facts_of(9), encoding="utf-8")
    (third,) = draft_batch(source, _options(output, resume=True))
    assert not third.kept
    assert (output / "被替换的旧稿" / f"{first.key}-1" / "年报.json").read_text(encoding="utf-8") == "改过"


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    output = tmp_path / "out"
    running = iter(draft_batch(_units(2), _options(output)))
    next(running)
    with pytest.raises(UsageError, match="另一个"):
        list(draft_batch(_units(2), _options(output, resume=True)))
    list(running)


def test_an_interrupted_run_keeps_what_is_done(tmp_path: Path) -> None:
    output = tmp_path / "out"
    run = iter(draft_batch(_units(6), _options(output)))
    done = {next(run).number, next(run).number}
    run.close()  # type: ignore[attr-defined]  # what Ctrl-C in the caller's loop does to a generator
    page = (output / "总览.html").read_text(encoding="utf-8")
    assert "--resume" in page
    kept = {result.number for result in draft_batch(_units(6), _options(output, resume=True)) if result.kept}
    assert done <= kept


def test_units_of_one_name_get_a_folder_each(tmp_path: Path) -> None:
    units = [UnitInput("水利局", {"input": facts_of(n)}) for n in range(2)]
    results = _by_number(list(draft_batch(units, _options(tmp_path / "out"))))
    assert [result.key for result in results] == ["水利局", "水利局（2）"]
    assert (tmp_path / "out" / "水利局（2）" / "年报.json").exists()


def test_last_years_report_is_carried_over(tmp_path: Path) -> None:
    (first,) = draft_batch(
        [
            UnitInput(
                "水利局", {"input": "2023年新收申请3件，都是自然人，予以公开2件，结转下年度1件，其余都是0。"}
            )
        ],
        _options(tmp_path / "last", draft=DraftOptions(year=2023, confirm_zeros=True)),
    )
    assert first.state is UnitState.DONE
    facts = {"input": "2024年新收申请1件，自然人，予以公开2件，没有结转下年。"}
    (result,) = draft_batch([UnitInput("水利局", facts)], _options(previous=tmp_path / "last"))
    assert result.previous == "年报.json"
    assert result.draft is not None
    assert result.draft.report.table3["carried_over"]["natural_person"] == 1


def test_the_plan_writes_nothing(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", 2)
    units = list(draft_batch(source, _options(tmp_path / "out")).plan())
    assert len(units) == 2
    assert not (tmp_path / "out").exists()


def test_a_cluster_gives_the_same_results(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", 5)
    list(draft_batch(source, _options(tmp_path / "local")))
    list(draft_batch(source, _options(tmp_path / "dask", runner="dask")))
    assert outcome(tmp_path / "dask") == outcome(tmp_path / "local")


@pytest.mark.parametrize(
    "changes", [{"runner": "mars"}, {"jobs": -1}, {"formats": ("odt",)}, {"previous": Path("/nowhere")}]
)
def test_settings_that_make_no_sense_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="；"):
        draft_batch(_units(1), _options(**changes))


def test_ctrl_c_while_units_are_under_way_keeps_what_is_done(tmp_path: Path) -> None:
    output, begun = tmp_path / "out", 0

    async def interrupted(texts: Mapping[str, str], options: DraftOptions) -> Draft:
        nonlocal begun
        begun += 1
        if begun == 4:
            signal.raise_signal(signal.SIGINT)
        return await _thinking(texts, options)

    done: set[int] = set()
    # a test run in the background inherits that SIGINT is ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def work() -> None:
        for result in draft_batch(_units(6), _options(output, drafter=interrupted, calls=1)):
            done.add(result.number)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert not (output / ".nianbao" / "work").exists()
    assert "总览" in {path.stem for path in output.iterdir()}
    again = list(draft_batch(_units(6), _options(output, drafter=interrupted, resume=True)))
    assert len(again) == 6
    assert done <= {result.number for result in again if result.kept}


def test_the_page_brings_the_review_page_as_in_draft(tmp_path: Path) -> None:
    (result,) = draft_batch(_units(1), _options(tmp_path / "out", formats=("html",)))
    assert result.files == ("年报.html", "年报.review.html")
    page = (tmp_path / "out" / result.key / "年报.review.html").read_text(encoding="utf-8")
    assert "新收申请2件" in re.sub("<[^>]+>", "", page)
    index = (tmp_path / "out" / "总览.html").read_text(encoding="utf-8")
    assert ">来源</a>" in index


def test_the_review_page_can_be_asked_for_alone(tmp_path: Path) -> None:
    (result,) = draft_batch(_units(1), _options(tmp_path / "out", formats=("review",)))
    assert result.files == ("年报.review.html",)
