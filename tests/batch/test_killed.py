"""Each unit's result is written exactly once, at whatever moment the batch is killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.support import folder_of, outcome

_ROOT = Path(__file__).parents[2]
_UNITS = 8


def _run(source: Path, output: Path, last: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.batch.killed", str(source), str(output), str(last)]
    return subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, check=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int]:
    """The input, the result of a run that nobody disturbed, and how many steps it took."""
    home = tmp_path_factory.mktemp("whole")
    source = folder_of(home / "in", _UNITS)
    done = _run(source, home / "out", 0)
    assert done.returncode == 0, done.stderr
    results, steps = map(int, done.stdout.split())
    assert results == _UNITS
    return source, home / "out", steps


@pytest.mark.parametrize("seed", range(10))
def test_a_killed_batch_goes_on_where_it_stood(
    whole: tuple[Path, Path, int], tmp_path: Path, seed: int
) -> None:
    source, expected, steps = whole
    # one point in each tenth of the run, so that beginning, middle and end are all tried
    last = 1 + (seed * steps) // 10 + random.Random(seed).randrange(max(1, steps // 10))
    killed = _run(source, tmp_path / "out", min(last, steps))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    resumed = _run(source, tmp_path / "out", 0)
    assert resumed.returncode == 0, resumed.stderr
    assert outcome(tmp_path / "out") == outcome(expected)
    assert not list((tmp_path / "out" / ".nianbao").glob("work"))


def test_a_batch_killed_again_and_again_still_ends(whole: tuple[Path, Path, int], tmp_path: Path) -> None:
    source, expected, steps = whole
    for last in (steps // 4, steps // 3, steps // 2):
        _run(source, tmp_path / "out", last)
    assert _run(source, tmp_path / "out", 0).returncode == 0
    assert outcome(tmp_path / "out") == outcome(expected)
