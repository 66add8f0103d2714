"""The headless stages over parts: the same on workers as alone, and nothing lost on the way."""

from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError, FormatError
from curate.project.adding import AddOptions, add
from curate.project.engines import Here, OnDask, dask
from curate.project.headless import suggested
from curate.project.opening import create_project
from curate.project.parts import copies_of_parts, options, pieces, run_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = ["قصفت", "الطائرات", "بلدة", "الغدير", "صباح", "أمس", "وقتلت", "ثلاثة", "مدنيين", "قرب"]


def document(number: int, words: int = 40) -> dict[str, object]:
    draw = random.Random(number)
    text = " ".join(draw.choices(WORDS, k=words)) + f" {number}."
    return {"id": f"d{number}", "text": text, "meta": {"date": "2018-04-20"}}


def write(path: Path, documents: list[dict[str, object]]) -> Path:
    lines = (json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for part in range(4):
        documents = [document(n) for n in range(part * 6, part * 6 + 6)]
        if part == 3:
            documents.append({**document(2), "id": "copy"})
        write(folder / f"{part}.jsonl", documents)
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[OnDask]:
    with dask(workers=2) as engine:
        yield engine


def joined(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.glob("part-*")))


def twice(number: int) -> int:
    return 2 * number


def fails_once(marker: Path) -> str:
    """Ends its worker the first time, as a lack of memory would."""
    if not marker.exists():
        marker.touch()
        os._exit(1)
    return marker.name


def refuses(number: int) -> int:
    raise FormatError(f"part {number} is broken", "mend it")


def test_a_large_file_is_cut_into_pieces_of_whole_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "big.jsonl", [document(n) for n in range(50)])
    found = list(pieces([path], size=2_000))
    assert len(found) > 5
    data = b""
    for piece in found:
        with piece.open() as file:
            content = file.read()
        assert content.endswith(b"\n")
        assert piece.first_line == data.count(b"\n") + 1
        data += content
    assert data == path.read_bytes()


def test_parts_together_are_what_one_run_gives(inputs: Path, tmp_path: Path) -> None:
    report = run_parts("suggest", [inputs], tmp_path / "out", Here(), options(None, "jsonl", None))
    assert (report.parts, report.documents, report.known) == (4, 25, 0)
    assert joined(tmp_path / "out") == b"".join(suggested([inputs]))


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(inputs: Path, tmp_path: Path) -> None:
    setting = options(None, "jsonl", None)
    run_parts("segment", [inputs], tmp_path / "out", Here(), setting)
    whole = joined(tmp_path / "out")
    (tmp_path / "out" / "part-00002.jsonl").unlink()
    report = run_parts("segment", [inputs], tmp_path / "out", Here(), setting)
    assert (report.documents, report.known) == (6, 3)
    assert joined(tmp_path / "out") == whole


def test_an_error_names_the_line_of_the_whole_file(tmp_path: Path) -> None:
    path = write(tmp_path / "big.jsonl", [document(n) for n in range(30)])
    with path.open("ab") as file:
        file.write(b"{broken\n")
    setting = options(None, "jsonl", None)
    with pytest.raises(CurateError, match=r"big\.jsonl:31"):
        run_parts("segment", [path], tmp_path / "out", Here(), setting)


@pytest.mark.slow
def test_two_workers_give_the_bytes_of_one_process(
    inputs: Path, tmp_path: Path, cluster: OnDask
) -> None:
    for stage, name in (("suggest", "jsonl"), ("segment", "jsonl"), ("export", "parquet")):
        setting = options(None, name, None)
        here, there = tmp_path / f"{stage}-here", tmp_path / f"{stage}-there"
        run_parts(stage, [inputs], here, Here(), setting)
        report = run_parts(stage, [inputs], there, cluster, setting)
        assert report.documents == 25
        one, two = (
            {p.relative_to(f).as_posix(): p.read_bytes() for f in (folder,)
             for p in f.rglob("*") if p.is_file()}
            for folder in (here, there)
        )  # fmt: skip
        assert one == two


@pytest.mark.slow
def test_copies_are_the_same_on_workers(inputs: Path, tmp_path: Path, cluster: OnDask) -> None:
    assert copies_of_parts([inputs], tmp_path / "here.jsonl", Here()) == 1
    assert copies_of_parts([inputs], tmp_path / "there.jsonl", cluster) == 1
    found = (tmp_path / "there.jsonl").read_bytes()
    assert found == (tmp_path / "here.jsonl").read_bytes()
    assert json.loads(found) == {"original": "d2", "copies": ["copy"]}


@pytest.mark.slow
def test_a_project_filled_by_workers_is_the_same(
    inputs: Path, tmp_path: Path, cluster: OnDask
) -> None:
    said = []
    for name, on in (("here", None), ("there", cluster)):
        with create_project(tmp_path / f"{name}.curate") as project:
            add(project, [inputs], AddOptions(), cluster=on)
            store = project.store
            said.append([(d.id, store.candidates.of(d.id)) for d in store.documents.all()])
    assert said[0] == said[1]
    assert any(mentions for _, (mentions, _) in said[0])


@pytest.mark.slow
def test_a_job_whose_worker_is_lost_is_done_by_another(tmp_path: Path, cluster: OnDask) -> None:
    assert list(cluster.each(fails_once, [tmp_path / "a"])) == ["a"]
    assert list(cluster.each(twice, range(20))) == [2 * n for n in range(20)]


@pytest.mark.slow
def test_an_error_in_the_input_is_told_as_it_is(cluster: OnDask) -> None:
    with pytest.raises(FormatError, match="part 7 is broken"):
        list(cluster.each(refuses, [7]))


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_told() -> None:
    with (
        pytest.raises(CurateError, match="no Dask scheduler answers"),
        dask(scheduler="tcp://127.0.0.1:9"),
    ):
        pass
