"""The command line on a real disk that is full: one clear line, nothing half-written.

``make test-servers`` mounts a file system of 8 MiB; where none may be mounted, the kernel limits the
size of files instead (and Prefect's server, which would feel that too, is started before).
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from demo import manifest
from flows import embedded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from demo.world import World

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("disk")]
NOW = manifest.load().weekly
ROOT = Path(__file__).parents[2]


@dataclass
class Disk:
    """A folder on the disk that can be filled, and what a program must do first to feel that."""

    folder: Path
    home: Path
    prefect: str = ""
    feel: Callable[[], None] | None = None

    def fill(self, free: int) -> None:
        """Leave some bytes."""
        if not self.prefect:
            size = shutil.disk_usage(self.folder).free - free
            (self.folder / "filler").write_bytes(bytes(size))
        else:
            limits = (free, resource.RLIM_INFINITY)
            self.feel = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    def clear(self) -> None:
        """Make room again."""
        (self.folder / "filler").unlink(missing_ok=True)
        self.feel = None


@pytest.fixture
def disk(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    mounted = os.environ.get("SOCIALAUDIT_TEST_SMALL_DISK")
    if not mounted:
        with embedded.server(tmp_path / "prefect") as url:
            yield Disk(tmp_path, home, url)
        return
    yield Disk(Path(mounted), home)
    for left in Path(mounted).iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def audit(world: World, disk: Disk, report: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(disk.home)}
    if disk.prefect:
        more |= {"PREFECT_API_URL": disk.prefect, "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    return subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "socialaudit", "audit", str(world.council_file())),
            *("--now", NOW.isoformat(), "--out", str(report)),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment | world.environment() | more,
        preexec_fn=disk.feel,
    )


def assert_one_line(done: subprocess.CompletedProcess[str], start: str) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(start), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def contents(report: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in report.iterdir()}


@pytest.mark.parametrize("free", [20_000, 600_000])
def test_a_store_without_room_is_told_in_one_line_and_the_run_goes_on_later(
    world: World, disk: Disk, free: int
) -> None:
    more = {"SOCIALAUDIT_DATABASE_URL": f"sqlite:///{disk.folder / 'audit.db'}"}
    report = world.out / "report"
    disk.fill(free)
    assert_one_line(audit(world, disk, report, **more), "socialaudit: cannot ")
    assert not report.exists()
    disk.clear()
    again = audit(world, disk, report, **more)
    assert (again.returncode, len(contents(report))) == (10, 6), again.stderr


def test_a_report_without_room_is_told_in_one_line_and_leaves_the_files_of_before(
    world: World, disk: Disk
) -> None:
    report = disk.folder / "report"
    assert audit(world, disk, report).returncode == 10
    before = contents(report)
    disk.fill(40_000)
    done = audit(world, disk, report)
    assert_one_line(done, f"socialaudit: cannot write the report into {report}: ")
    assert contents(report) == before
    disk.clear()
    assert audit(world, disk, report).returncode == 10
