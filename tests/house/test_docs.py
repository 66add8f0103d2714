"""README and manual speak of what is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from curate.cli.main import COMMANDS, LazyCommands, curate, run
from curate.project.manual import page, topics
from curate.settings import CHOICES, Settings
from curate.tui.commands import COMMANDS as KEYS
from curate.tui.commands import Command
from tests.house.keys_page import key_as_code, page_of_keys

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "curate" / "manual").glob("*.md")),
    *sorted((ROOT / "exports").glob("*/README.md")),
]
FOR_ANNOTATORS = (
    "start", "annotate", "keys", "frames", "candidates", "add", "screen", "trouble",
)  # fmt: skip
SOURCE = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "curate").rglob("*.py")))


def shown_commands(text: str) -> list[str]:
    """The lines of a page that call curate, in code blocks and in code."""
    blocks = re.findall(r"^    (curate [^#\n]*?)(?: {2,}|#|$)", text, re.MULTILINE)
    return [*blocks, *re.findall(r"`(curate [^`]+)`", text)]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_command_on_a_page_exists_with_its_options(path: Path) -> None:
    for line in shown_commands(path.read_text(encoding="utf-8")):
        words = line.split()[1:]
        name = next((w for w in words if not w.startswith("-")), "--help")
        if name == "--help" or name.isupper():
            continue
        assert name in COMMANDS, f"{path.name}: {line}"
        command = curate.get_command(click.Context(curate), name)
        assert command is not None
        if isinstance(command, click.Group):
            continue
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
        for option in re.findall(r"(?<=[\s\[])--[a-z-]+", line):
            assert option in known, f"{path.name}: {line}: no {option}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"curate {name}" in said
    assert len(said.splitlines()) > 3


def test_the_list_of_commands_imports_none() -> None:
    context = click.Context(curate)
    assert isinstance(curate, LazyCommands)
    assert curate.list_commands(context) == list(COMMANDS)


def test_every_page_of_the_manual_has_a_title_and_can_be_read() -> None:
    for topic in topics():
        assert topic.title
        assert page(topic.name).startswith("# ")


@pytest.mark.parametrize("name", FOR_ANNOTATORS)
def test_what_an_annotator_needs_is_there_in_arabic_and_shows_the_same_commands(name: str) -> None:
    english, arabic = page(name), page(name, "ar")
    assert re.search("[\u0621-\u064a]", arabic.partition("\n")[0])
    assert _without_ar(shown_commands(arabic)) == _without_ar(shown_commands(english))
    assert arabic.count("\n## ") == english.count("\n## ")
    assert arabic.count("\n| ") == english.count("\n| ")
    assert arabic.count("\n- ") == english.count("\n- ")


def _without_ar(commands: list[str]) -> list[str]:
    return [command.replace(" --ar", "").strip() for command in commands]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named_on_some_page(name: str) -> None:
    shown = [line for topic in topics() for line in shown_commands(page(topic.name))]
    assert any(re.match(rf"curate( -p \S+)? {name}\b", line) for line in shown)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_keys_is_made_from_the_table_of_commands(language: str) -> None:
    assert page("keys", language) == page_of_keys(language), "python -m tests.house.keys_page"


@pytest.mark.parametrize("command", KEYS, ids=lambda c: c.id)
def test_every_key_of_the_workbench_is_on_the_page_of_keys(command: Command) -> None:
    for language in ("en", "ar"):
        text = page("keys", language)
        assert f"`{command.id}`" in text
        for key in command.keys.split(","):
            assert key_as_code(key, language) in text


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_explained_with_its_values(name: str) -> None:
    row = next(r for r in page("settings").splitlines() if r.startswith(f"| `{name}` |"))
    assert set(CHOICES.get(name, ())) <= set(re.findall(r"`([a-z0-9-]+)`", row.split("|")[2]))


def test_every_variable_on_the_page_of_settings_is_read_by_the_program() -> None:
    named = set(re.findall(r"`(CURATE_[A-Z_]+)`", page("settings")))
    assert named == set(re.findall(r"\"(CURATE_[A-Z_]+)\"", SOURCE))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_message_on_the_page_of_troubles_is_one_that_the_program_says(language: str) -> None:
    rows = page("trouble", language).splitlines()
    cells = [row.split("|")[1] for row in rows if row.startswith("| `")]
    assert len(cells) > 10
    for message in (m for cell in cells for m in re.findall(r"`([^`]+)`", cell)):
        for part in filter(None, (p.strip() for p in message.split("…"))):
            assert part in SOURCE, message


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_pages_that_a_page_points_to_exist(path: Path) -> None:
    for name in re.findall(r"curate help ([a-z]+)", path.read_text(encoding="utf-8")):
        assert page(name)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name}: {target}"
