"""A person in front of Label Studio: what hands and eyes do in its real editor, in Chromium."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from tests.labelstudio.server import PASSWORD, USER
from tests.pictures.browser import browsing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.pictures.browser import Browser

Box = tuple[float, float, float, float]
"""Left, top, right, bottom on the page."""

_WORDS: Final = """
(words => {
  const box = document.querySelector('.lsf-richtext__container');
  const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = '';
  while (walk.nextNode()) {
    nodes.push([walk.currentNode, text.length]);
    text += walk.currentNode.data;
  }
  const place = p => {
    const [node, start] = nodes.findLast(n => n[1] <= p);
    return [node, p - start];
  };
  const at = text.indexOf(words);
  if (at < 0) return null;
  const range = document.createRange();
  range.setStart(...place(at));
  const [node, last] = place(at + words.length - 1);
  range.setEnd(node, last + 1);
  const r = range.getBoundingClientRect();
  return [r.left, r.top, r.right, r.bottom];
})
"""
"""Where words of the text stand; the places that JavaScript counts never leave the page."""
_ELEMENT: Final = """
(e => {
  if (!e) return null;
  const r = e.getBoundingClientRect();
  return r.width ? [r.left, r.top, r.right, r.bottom] : null;
})
"""
_NAMED: Final = """
(name => [...document.querySelectorAll('*')].filter(
  e => e.textContent.trim() === name && e.getBoundingClientRect().width
).pop())
"""
_LABEL: Final = (
    "(name => [...document.querySelectorAll('.lsf-label')]"
    ".find(e => e.firstChild?.textContent.trim() === name))"
)
_TEXT: Final = "!!document.querySelector('.lsf-richtext__container')"
_REGIONS: Final = "document.querySelectorAll('.lsf-richtext__container .htx-highlight').length"
_RELATION: Final = "[...document.querySelectorAll('.lsf-relations__item')].pop()"


class Person:
    """Somebody with a mouse and a keyboard."""

    def __init__(self, page: Browser, url: str) -> None:
        self.page = page
        self.url = url

    async def log_in(self) -> None:
        """Type e-mail and password."""
        await self.page.go(f"{self.url}/user/login/", "!!document.querySelector('[name=email]')")
        for field, words in (("email", USER), ("password", PASSWORD)):
            await self._click(f"document.querySelector('[name={field}]')")
            await self.page.write(words)
        await self.page.press("Enter")
        await self.page.until("!location.pathname.startsWith('/user/login')")

    async def open_task(self, project: int, task: int) -> None:
        """Open a task in the editor."""
        await self.page.go(f"{self.url}/projects/{project}/data?task={task}", _TEXT)
        await self.page.until("document.querySelectorAll('.lsf-label').length > 1")
        await asyncio.sleep(1.0)  # the editor lays out its text once more

    async def mark(self, label: str, words: str) -> None:
        """Choose a label and drag over the words from right to left, as they are read."""
        before = await self.page.evaluate(_REGIONS)
        await self._click(f"{_LABEL}({json.dumps(label)})")
        left, top, right, bottom = await self._words(words)
        middle = (top + bottom) / 2
        await self.page.drag((right - 1, middle), ((left + right) / 2, middle), (left + 1, middle))
        await self.page.until(f"{_REGIONS} > {before}")
        await self.page.press("Escape")  # lets the region go

    async def relate(self, source: str, target: str, *roles: str) -> None:
        """Draw a relation between two marked words, and pick its roles in the panel."""
        await self._click_words(source)
        await self.page.press_with_alt("r")
        await self._click_words(target)
        await self._click(f"{_NAMED}('Relations')")
        await self._hover(_RELATION)
        if not roles:
            return
        await self._click(f"{_RELATION}.querySelector('.lsf-relations__action button')")
        await self._click(f"{_RELATION}.querySelector('[data-testid=\"select-trigger-\"]')")
        for role in roles:
            option = f"document.querySelector('[data-testid=\"select-option-{role}\"]')"
            await self.page.until(f"!!{option}")
            await self.page.evaluate(f"{option}.scrollIntoView()")
            await self._click(option)
        await self.page.press("Escape")

    async def submit(self, button: str = "Submit") -> None:
        """Press the button, and wait until the editor has sent the answer."""
        sent = len([u for u in self.page.requested if "/annotations" in u])
        await self._click(f"{_NAMED}({json.dumps(button)})")
        for _ in range(100):
            if len([u for u in self.page.requested if "/annotations" in u]) > sent:
                break
            await asyncio.sleep(0.1)
        await asyncio.sleep(1.0)

    # ------------------------------------------------------------ hands and eyes

    async def _hover(self, element: str) -> None:
        """Point at what a script finds, once it is there: more buttons appear."""
        await self.page.hover(*await self._middle(element))

    async def _click(self, element: str) -> None:
        """Click in the middle of what a script finds, once it is there."""
        await self.page.click(*await self._middle(element))

    async def _click_words(self, words: str) -> None:
        left, top, right, bottom = await self._words(words)
        await self.page.click((left + right) / 2, (top + bottom) / 2)

    async def _middle(self, element: str) -> tuple[float, float]:
        await self.page.until(f"!!{_ELEMENT}({element})")
        left, top, right, bottom = await self.page.evaluate(f"{_ELEMENT}({element})")
        return (left + right) / 2, (top + bottom) / 2

    async def _words(self, words: str) -> Box:
        found: list[float] | None = await self.page.evaluate(f"{_WORDS}({json.dumps(words)})")
        assert found is not None, f"{words} stands nowhere in the editor"
        left, top, right, bottom = found
        return left, top, right, bottom


@asynccontextmanager
async def somebody(url: str, width: int = 1500, height: int = 1000) -> AsyncIterator[Person]:
    """Somebody who has logged in."""
    async with browsing(width, height, gpu="none") as page:
        person = Person(page, url)
        await person.log_in()
        yield person
