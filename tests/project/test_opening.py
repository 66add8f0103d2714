"""Finding, making and opening projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import NotAProject, ProjectError, SchemaError
from curate.formats.schema_file import load_schema, shipped_schema_text
from curate.model.item import ItemUnit
from curate.project.opening import create_project, find_project, open_project, read_schema

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_made_project_is_opened_with_its_schema_and_unit(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.curate", unit="paragraph") as made:
        schema = made.schema
        assert made.unit is ItemUnit.PARAGRAPH
    with open_project(tmp_path / "p.curate") as opened:
        assert opened.schema == schema == read_schema()
        assert opened.unit is ItemUnit.PARAGRAPH
        assert opened.store.settings["schema.name"] == schema.name
        assert opened.store.settings["schema.version"] == schema.version


def test_a_pack_is_kept_with_the_schema_that_it_extends(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(shipped_schema_text("conflict-events-ext"))
    with create_project(tmp_path / "p.curate", file) as made:
        schema = made.schema
    file.unlink()
    with open_project(tmp_path / "p.curate") as opened:
        assert opened.schema == schema
    with create_project(tmp_path / "q.curate", shipped_schema_text()) as made:
        assert made.schema == read_schema()


def test_a_schema_with_problems_makes_no_project(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("format: curate-schema/1\nname: x\nname: y\n")
    with pytest.raises(SchemaError, match=r"bad\.yaml"):
        create_project(tmp_path / "p.curate", file)
    with pytest.raises(SchemaError, match=r"nowhere\.yaml"):
        create_project(tmp_path / "p.curate", tmp_path / "nowhere.yaml")
    assert names(tmp_path) == {"bad.yaml"}


def test_a_project_is_never_made_over_another_file_or_without_its_folder(tmp_path: Path) -> None:
    (tmp_path / "p.curate").write_text("mine")
    with pytest.raises(ProjectError, match="there already"):
        create_project(tmp_path / "p.curate")
    assert (tmp_path / "p.curate").read_text() == "mine"
    with pytest.raises(ProjectError, match="there is no folder"):
        create_project(tmp_path / "missing" / "p.curate")
    assert names(tmp_path) == {"p.curate"}


def test_the_project_is_the_one_named_then_the_variable_then_the_only_one(tmp_path: Path) -> None:
    one = tmp_path / "one.curate"
    create_project(one).close()
    assert find_project(environment={}, folder=tmp_path) == one
    assert find_project(environment={"CURATE_PROJECT": "x.curate"}, folder=tmp_path).name == (
        "x.curate"
    )
    assert find_project(one, environment={"CURATE_PROJECT": "x.curate"}) == one
    assert find_project(tmp_path / "one", environment={}) == one
    (tmp_path / "two.curate").touch()
    with pytest.raises(ProjectError, match=r"2 projects .*one\.curate, two\.curate") as caught:
        find_project(environment={}, folder=tmp_path)
    assert "-p" in str(caught.value.remedy)
    with pytest.raises(ProjectError, match="no project in") as caught:
        find_project(environment={}, folder=tmp_path / "..")
    assert "curate init" in str(caught.value.remedy)


def test_what_is_no_project_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "p.curate").write_text("نص")
    with pytest.raises(NotAProject):
        open_project(tmp_path / "p.curate")
    with pytest.raises(ProjectError, match="there is no project"):
        open_project(tmp_path / "q.curate")
    assert names(tmp_path) == {"p.curate"}


def test_a_project_whose_schema_no_longer_holds_names_the_project(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.curate") as made:
        made.store.settings["schema.text"] = "format: curate-schema/1\nname: [1"
    with pytest.raises(SchemaError, match=r"p\.curate"):
        open_project(tmp_path / "p.curate")


def test_the_compiled_schema_is_the_one_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    create_project(path).close()
    with open_project(path) as opened:
        text = opened.store.schema_text
        assert opened.schema == load_schema(text.encode(), "text")
        opened.store.settings["schema.compiled"] = "of another curate"
    with open_project(path) as again:
        assert again.schema == load_schema(text.encode(), "text")
        assert again.store.settings.text("schema.compiled") != "of another curate"
