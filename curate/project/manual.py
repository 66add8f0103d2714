"""The manual's pages: the same for `curate help TOPIC` and F1."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from curate.errors import CurateError

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the manual."""

    name: str
    title: str
    """Its first heading."""


def topics(language: str = "en") -> list[Topic]:
    """Every page, `start` first, then by name."""
    folder = files("curate").joinpath("manual")
    names = sorted(
        p.name.removesuffix(".md")
        for p in folder.iterdir()
        if p.name.endswith(".md") and not p.name.endswith(".ar.md")
    )
    names.sort(key=lambda name: name != "start")
    return [Topic(name, _title(page(name, language))) for name in names]


def page(name: str, language: str = "en") -> str:
    """Return a page as Markdown, in Arabic where there is an Arabic page and it is asked for.

    Raises `CurateError` when there is no such page.
    """
    folder = files("curate").joinpath("manual")
    known = {p.name for p in folder.iterdir()}
    wanted = [f"{name}.ar.md"] if language == "ar" else []
    for file in (*wanted, f"{name}.md"):
        if file in known and not file.startswith("."):
            return folder.joinpath(file).read_text(encoding="utf-8")
    names = ", ".join(sorted(n.removesuffix(".md") for n in known if n.count(".") == 1))
    raise CurateError(f"the manual has no page {name!r}", f"there are: {names}")


def reading_lines(text: str) -> Iterator[tuple[str, str]]:
    """A page without its markup: lines with their looks, `heading`, `quote` for code, `plain`.

    Rows of tables become lines; the row that only rules them is left out.
    """
    for written in text.splitlines():
        is_code = written.startswith("    ")
        line = written if is_code else written.replace("**", "")
        if line.startswith("#"):
            yield line.lstrip("# "), "heading"
        elif is_code:
            yield line, "quote"
        elif line.startswith("|"):
            if line.strip("|-"):
                yield " — ".join(cell.strip() for cell in line.strip("|").split(" | ")), "plain"
        else:
            yield line, "plain"


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip()
