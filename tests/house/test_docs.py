"""README and manual speak of what is there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from curate.cli.main import COMMANDS, LazyCommands, curate, run
from curate.project.manual import page, topics

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "curate" / "manual").glob("*.md")),
    *sorted((ROOT / "exports").glob("*/README.md")),
]


def shown_commands(text: str) -> list[str]:
    """The lines of a page that call curate, in code blocks and in code."""
    blocks = re.findall(r"^    (curate [^#\n]*?)(?:\s{2,}|#|$)", text, re.MULTILINE)
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


@pytest.mark.parametrize("name", ["start", "add"])
def test_what_an_annotator_needs_first_is_there_in_arabic(name: str) -> None:
    assert re.search("[\u0621-\u064a]", page(name, "ar").partition("\n")[0])


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name}: {target}"
