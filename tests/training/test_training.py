from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from socialaudit.tone import model
from training import fit, sources, talk
from training.__main__ import MEANINGS, WEIGHTS, header, main

if TYPE_CHECKING:
    from pathlib import Path

SETS = {
    "dynahate_train.csv": "text,hate\n" + "vile people,1\nkind people,0\n" * 10,
    "hatemojibuild_train.csv": "text,label_gold,split\nvile,1,train\nkind,0,dev\n",
    "edos_train.csv": "text,label_sexist,split\nvile [USER],sexist,train\nkind,not sexist,dev\n",
    "davidson_train.csv": "label,text\n1,you pig\n2,nice day\n",
    "sms_ham_half.csv": "text\n" + "see you at six\n" * 5,
    "youtube_ham_half.csv": "text\nlovely song\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    named = sources.named()
    for source in named.values():
        path = tmp_path / source["file"]
        path.write_text(SETS[source["file"]], "utf-8")
        source["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(sources, "named", lambda: named)
    return tmp_path


def test_a_changed_source_is_refused(folder: Path) -> None:
    (folder / "edos_train.csv").write_text("text\nother", "utf-8")
    with pytest.raises(sources.SourceChanged, match=r"edos_train\.csv"):
        list(sources.published(folder))


def test_rows_say_what_their_source_says_and_no_more(folder: Path) -> None:
    rows = list(sources.published(folder))
    assert {r.source: set(r.labels) for r in rows} == {
        "dynahate": {"hate"},
        "hatemojibuild": {"hate"},
        "edos": {"hate"},
        "davidson": {"abuse"},
        "sms": {"hate", "abuse"},
        "youtube": {"hate", "abuse"},
    }
    assert [r.source for r in rows if r.held_out] == [
        *["dynahate"] * 2,
        "hatemojibuild",
        "edos",
        "sms",
    ]
    assert "[USER]" not in "".join(r.text for r in rows)


def test_the_set_without_a_licence_file_can_be_left_out(folder: Path) -> None:
    (folder / "dynahate_train.csv").unlink()
    assert "dynahate" not in {
        r.source for r in sources.published(folder, without=frozenset({"dynahate"}))
    }
    titles = [s["title"] for s in json.loads(header({}, frozenset({"dynahate"})))["sources"]]
    assert len(titles) == len(sources.named()) - 1
    assert not any("Dynamically" in title for title in titles)


def test_weights_are_made_from_the_folder_and_can_be_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = list(sources.own())[::40]
    monkeypatch.setattr(sources, "own", lambda: few)
    made = []
    for name in ("first", "second"):
        main(["--data", str(folder), "--out", str(tmp_path / name)])
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    said, heads = model.load(made[0])
    assert set(heads) == {"hate", "abuse"}
    assert [s["sha256"] for s in said["sources"]] == [s["sha256"] for s in sources.named().values()]


def test_the_committed_weights_were_made_from_this_talk_and_these_sources() -> None:
    said = json.loads(WEIGHTS.read_bytes().partition(b"\n")[0])
    for path in (talk.TRAINING, talk.HELD_OUT, MEANINGS):
        assert said["own"][path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
    known = {source["sha256"] for source in sources.named().values()}
    assert {source["sha256"] for source in said["sources"]} <= known


def test_the_lowest_point_of_a_bowl_is_found() -> None:
    wanted = np.array([3.0, -2.0, 0.5])
    steep = np.array([1.0, 10.0, 100.0])

    def loss(at: fit.Reals) -> tuple[float, fit.Reals]:
        return float((steep * (at - wanted) ** 2).sum()) + 1, 2 * steep * (at - wanted)

    assert fit.lowest(loss, np.zeros(3), 100) == pytest.approx(wanted, abs=1e-2)


def test_a_regression_tells_two_kinds_apart() -> None:
    texts = ["dogs are kind", "dogs are vile", "cats are kind", "cats are vile"]
    labels = np.array([0.0, 1.0, 0.0, 1.0])
    matrix = fit.Matrix.of(texts)
    found = fit.regression(matrix, labels, np.ones(4), strength=10.0, rounds=30)
    said = matrix.times(found[:-1]) + found[-1]
    assert ((said > 0) == (labels == 1)).all()


def test_no_source_drowns_another() -> None:
    found = fit.importance(["a"] * 100 + ["own talk"], [1] * 101, own=2.0)
    assert found.mean() == pytest.approx(1)
    assert found[-1] == pytest.approx(found[0] * 20)


def test_a_template_gives_the_same_sentences_every_time(tmp_path: Path) -> None:
    path = tmp_path / "talk.toml"
    path.write_text(
        '[slots]\nG = "Jews;Sikhs"\n[[talk]]\nphenomenon = "a"\neach = 9\nhateful = true\n'
        'lines = """\n{G} {are|were} here\nplain\n"""\n',
        "utf-8",
    )
    made = talk.read(path)
    assert made == talk.read(path)
    assert {s.text for s in made} == {
        "Jews are here",
        "Jews were here",
        "Sikhs are here",
        "Sikhs were here",
        "Plain",
    }
    assert {s.target for s in made} == {"Jews", "Sikhs", ""}
    assert all(s.hateful and not s.abusive for s in made)
