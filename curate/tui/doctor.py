"""Say how this terminal shows Arabic, and what to do, in English and Arabic."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

from curate.text.layout import Layout
from curate.tui.doctor_words import SENTENCES
from curate.tui.terminal import BidiChoice, choose_plan
from curate.tui.terminal_advice import ADVICE, TMUX_LINES, Advice
from curate.tui.terminal_probe import locale_is_utf8, probe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curate.text.layout import Direction
    from curate.tui.bidi_mode import TerminalPlan
    from curate.tui.terminal_probe import Probe

FORMS: Final = "fe8e fe92 feee fee0 fedf feff fefb"
"""Presentation forms that a font must have, in hexadecimal: alef, beh, waw, lam, lam-alefs."""

SAMPLE: Final = "قالت لينا (المديرة) إنّ 12 طالبًا زاروا BBC"

OSC_52: Final = {
    "kitty": "takes",
    "foot": "takes",
    "alacritty": "takes",
    "ghostty": "takes",
    "wezterm": "takes",
    "windows terminal": "takes",
    "browser": "takes",
    "xterm": "takes_if",
    "tmux": "takes_if",
    "iterm2": "takes_if",
    "vte 7": "takes_not",
    "konsole 22": "takes_not",
    "mlterm": "takes_not",
    "urxvt": "takes_not",
    "st": "takes_not",
    "putty": "takes_not",
    "qterminal": "takes_not",
    "terminal.app": "takes_not",
}
"""Kind of terminal (and version, where newer ones may differ) → whether it lets programs copy."""

OSC_52_SETTINGS: Final = {
    "xterm": "XTerm*disallowedWindowOps: 20,21,SetXprop",
    "tmux": "set -s set-clipboard on",
    "iterm2": "Applications in terminal may access clipboard",
}


def report(
    plan: TerminalPlan,
    probe: Probe,
    env: Mapping[str, str],
    fonts: Sequence[str] | None = None,
) -> list[str]:
    """Return what was found and what to do, one line each: first English, then Arabic.

    Lines are as stored: `printable` makes them fit for a terminal. `fonts` are the monospaced
    ones that hold Arabic's joined forms; None: nobody can say.
    """
    return [
        *_report_in("en", plan, probe, env, fonts),
        "",
        *_report_in("ar", plan, probe, env, fonts),
    ]


def _report_in(
    language: str,
    plan: TerminalPlan,
    probe: Probe,
    env: Mapping[str, str],
    fonts: Sequence[str] | None,
) -> list[str]:
    def say(name: str, values: Mapping[str, str]) -> str:
        return SENTENCES[name].in_language(language).format_map(values)

    def section(name: str, findings: Iterable[tuple[str, Mapping[str, str]]]) -> list[str]:
        return [say(name, {}), *(f"  {say(*finding)}" for finding in findings)]

    advice = [f"  {line}" for line in _advice(language, plan.advice)]
    clipboard, values = _clipboard(plan)
    return [
        *section("heading", _found(plan, probe)),
        *section("around", _around(env, fonts)),
        f"  {say('clipboard', {'takes': say(clipboard, values)})}",
        f"  {say('sample', {})}",
        f"    {SAMPLE}",
        say("todo", {}),
        *(advice or [f"  {say('nothing', {})}"]),
    ]


def _found(plan: TerminalPlan, probe: Probe) -> Iterable[tuple[str, Mapping[str, str]]]:
    """Say what the terminal is and how it is treated."""
    yield "terminal", {"terminal": plan.terminal}
    if probe.asked and not probe.late:
        kind = probe.kind.replace(";", ",") or "—"
        mode = "—" if probe.mode_8 is None else str(probe.mode_8)
        yield "answers", {"name": probe.name or "—", "kind": kind, "mode": mode}
    else:
        yield "silent", {}
    yield "visual" if plan.reorder else "by_terminal", {"because": plan.because}
    if plan.switch is not None:
        yield "switch", {}
        if plan.through:
            yield "through", {"through": plan.through}
    yield "marks" if plan.marks else "no_marks", {}
    if not plan.certain:
        yield "uncertain", {}


def _around(
    env: Mapping[str, str], fonts: Sequence[str] | None
) -> Iterable[tuple[str, Mapping[str, str]]]:
    """Say what else the look depends on."""
    yield "utf8" if locale_is_utf8(env) else "not_utf8", {}
    yield "colours", {"colours": colours(env)}
    if fonts is None:
        yield "fonts_unknown", {}
    elif fonts:
        yield "fonts", {"fonts": ", ".join(fonts)}
    else:
        yield "no_fonts", {}


def _clipboard(plan: TerminalPlan) -> tuple[str, Mapping[str, str]]:
    kind = plan.terminal.split(" in ")[0] if plan.through else plan.terminal
    name = next((known for known in OSC_52 if kind.startswith(known)), "")
    return OSC_52.get(name, "takes_maybe"), {"setting": f"`{OSC_52_SETTINGS.get(name, '')}`"}


def colours(env: Mapping[str, str]) -> str:
    """Return how many colours the terminal says it has."""
    if env.get("NO_COLOR"):
        return "none (NO_COLOR)"
    if env.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 777 216"
    term = env.get("TERM", "")
    return "256" if "256color" in term or term.startswith("xterm-") else "16"


def _advice(language: str, advice: Sequence[Advice]) -> Iterable[str]:
    for each in advice:
        yield ADVICE[each].in_language(language)
        if each is Advice.TMUX:
            yield from (f"  {line}" for line in TMUX_LINES)


def examine(env: Mapping[str, str], width: int, *, to_terminal: bool) -> list[str]:
    """Return the whole report of the terminal we are on; `to_terminal` off: as stored."""
    answers = probe(env)
    plan = choose_plan(BidiChoice.AUTO, env, ask=False, answers=answers)
    lines = report(plan, answers, env, fonts_with_forms())
    return printable(lines, plan, width) if to_terminal else lines


def fonts_with_forms() -> list[str] | None:
    """Ask fontconfig for the monospaced fonts that hold `FORMS`; None where it is not there."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with our own words
            ["fc-list", f":spacing=mono:charset={FORMS}", "family"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=5.0,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    return sorted({line.split(",")[0].strip() for line in done.stdout.splitlines() if line.strip()})


def printable(
    lines: Sequence[str], plan: TerminalPlan, width: int, direction: Direction = "auto"
) -> list[str]:
    """Return the lines as this terminal must get them outside the app, wrapped at `width`.

    Outside the app nothing is switched: a terminal that reorders gets the text as stored.
    """
    reorder = not plan.plain_reorders
    rows: list[str] = []
    for line in lines:
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        layout = Layout(text, width - indent, reorder=reorder, direction=direction)
        for row in layout.lines:
            first = row.glyphs[0].cell if row.glyphs else 0
            margin = first if row.rtl and reorder else indent
            rows.append(" " * margin + "".join(glyph.text for glyph in row.glyphs))
    return rows
