from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from demo import manifest
from flows.alone import Budget, End, Ended, audit_alone
from flows.batching import due
from socialaudit.store import Store
from tests.flows.councils import council_with

if TYPE_CHECKING:
    import pytest

    from demo.world import World

MONDAY = manifest.load().weekly


def audited(council: Path, **budget: int) -> Ended:
    return audit_alone(str(council), MONDAY, Budget(**budget), fixed=True)


def subjects(world: World) -> list[str]:
    return [m.split(b"Subject: ")[1].split(b"\r\n")[0].decode() for m in world.mailbox.messages()]


def test_a_council_is_audited_and_told_in_a_process_of_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = world.council_file()
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(council.parent))
    assert due([council.stem], MONDAY) == [council.stem]
    ended = audited(council)
    assert (ended.council, ended.end, ended.words) == (str(council), End.DONE, "")
    assert len(world.mailbox.messages()) == 1
    assert due([council.stem], MONDAY) == []


def test_a_file_that_cannot_be_read_ends_its_own_council_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[council", "utf-8")
    ended = audited(broken)
    assert ended.end is End.FAILED
    assert "broken.toml" in ended.words


def test_a_council_that_takes_too_long_is_ended_and_told(world: World) -> None:
    slow = council_with(world, (world.servers["facebook"].url, "http://127.0.0.1:9"))
    ended = audited(slow, seconds=1)
    assert (ended.end, ended.words) == (End.FAILED, "it was ended, at the latest after 1 s")
    (subject,) = subjects(world)
    assert "No check" in subject


def test_a_council_that_wants_too_much_memory_is_ended_and_told(world: World) -> None:
    ended = audited(world.council_file(), megabytes=3)
    assert ended.end is End.FAILED
    assert len(world.mailbox.messages()) == 1


def test_a_council_that_another_run_holds_is_passed_over(world: World) -> None:
    council = world.council_file()
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.claim(manifest.load().council.id):
        ended = audited(council)
    store.close()
    assert (ended.end, world.mailbox.messages()) == (End.BUSY, [])


def test_a_process_that_is_killed_is_told_and_frees_the_council(world: World) -> None:
    council = world.council_file()
    ended: list[Ended] = []
    thread = threading.Thread(target=lambda: ended.append(audited(council)))
    thread.start()
    until = time.monotonic() + 60
    while not (claimed := claims(world)) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(claimed[0], signal.SIGKILL)
    thread.join()
    assert ended[0].end is End.FAILED
    assert audited(council).end is End.DONE


def claims(world: World) -> list[int]:
    """Processes that hold a council: those with a claim's file open."""
    file = world.out.resolve() / f"socialaudit.db.{manifest.load().council.id}.lock"
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            held = [one.readlink() for one in (process / "fd").iterdir()]
        except OSError:
            continue
        if file in held:
            found.append(int(process.name))
    return found
