"""Ask a Label Studio ML backend for candidates: our sentences as tasks, its predictions as ours."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import msgspec

from curate.errors import CurateError, WorldError
from curate.formats.label_studio import task_data
from curate.formats.label_studio_config import label_config
from curate.formats.label_studio_reading import read_answer
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.document import Document, SentenceKind
from curate.model.item import Item, item_id
from curate.model.schema import EventSchema
from curate.sync.addresses import parse_address
from curate.sync.http import Limits, Server
from curate.sync.options import checked_options, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.model.annotation import Argument
    from curate.model.span import Span

NAME: Final = "label-studio-backend"
OPTIONS: Final = {
    "url": "its address, such as http://127.0.0.1:9090",
    "timeout": "seconds to wait for an answer (60)",
}
BATCH: Final = 50
"""Sentences in one request."""
UNSURE: Final = 0.5
"""Score where a backend gives none."""
VERSION: Final = f"{NAME}/1"


class _Prediction(msgspec.Struct):
    """What is read of a prediction."""

    result: list[Any]
    score: float | None = None


class _Answer(msgspec.Struct):
    """What is read of an answer; a task may have several predictions, of which the first counts."""

    results: list[_Prediction | list[_Prediction]]


@dataclass(slots=True)
class LabelStudioBackend:
    """A producer that is somebody's ML backend."""

    schema: EventSchema
    server: Server
    dropped: Counter[str] = field(default_factory=Counter)
    """What was left out of the answers, by reason."""

    @property
    def version(self) -> str:
        """Name and version of the producer."""
        return VERSION

    @property
    def warning(self) -> str | None:
        """What a user should know before texts go there."""
        return self.server.address.warning

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """Its candidates for a document. Raises `WorldError`."""
        found: list[Candidate] = []
        spans = [s.span for s in document.sentences if s.kind is not SentenceKind.BOILERPLATE]
        for at in range(0, len(spans), BATCH):
            part = spans[at : at + BATCH]
            for span, prediction in zip(part, self._predictions(document, part), strict=True):
                if prediction is not None:
                    found += self._candidates(document, span, prediction, len(found))
        return tuple(found)

    def _predictions(self, document: Document, spans: Sequence[Span]) -> list[_Prediction | None]:
        items = [Item(item_id(document.id, span), document.id, span) for span in spans]
        tasks = [
            {"id": number_, "data": task_data(document, item, self.schema)}
            for number_, item in enumerate(items, 1)
        ]
        config = label_config(self.schema)
        asked = {"tasks": tasks, "label_config": config, "project": "curate.1", "params": {}}
        said = self.server.post("predict", asked)
        try:
            answer = msgspec.convert(said, _Answer)
        except msgspec.ValidationError as error:
            raise self._strange(f"its answer holds no predictions: {error}") from error
        if len(answer.results) != len(spans):
            raise self._strange(f"{len(answer.results)} predictions for {len(spans)} tasks")
        return [(r[0] if r else None) if isinstance(r, list) else r for r in answer.results]

    def _strange(self, what: str) -> WorldError:
        return WorldError(f"{self.server.address.url}: {what}", "is it a Label Studio ML backend?")

    def _candidates(
        self, document: Document, span: Span, prediction: _Prediction, given: int
    ) -> Iterator[Candidate]:
        """The candidates of one prediction; its offsets count from the start of the sentence."""
        entries = [e for e in prediction.result if isinstance(e, dict)]
        if len(entries) < len(prediction.result):
            self.dropped["a result is no object"] += len(prediction.result) - len(entries)
        kept = [e for e in entries if self._agrees(e, span.of(document.text))]
        reading = read_answer({"result": kept}, span, self.schema, document.text, NAME)
        for misfit in reading.misfits:
            self.dropped[misfit.reason] += 1
        scores = {
            str(e.get("id")): s for e in kept if (s := _probability(e.get("score"))) is not None
        }
        rest = _probability(prediction.score)
        mentions, frames = reading.annotation.mentions, reading.annotation.frames
        atoms = [*(m.id for m in mentions), *(f.id for f in frames)]
        names = {atom: f"{given + n}" for n, atom in enumerate(atoms, 1)}

        def score(atom: str) -> float:
            return scores.get(atom, UNSURE if rest is None else rest)

        said = f"said by {self.server.address.host}"
        for m in mentions:
            yield MentionCandidate(
                names[m.id], m.span, m.type, m.subtype, score(m.id), VERSION, said, m.attributes
            )
        for f in frames:
            yield FrameCandidate(
                names[f.id], f.type, f.trigger,
                tuple(_filled(a, names) for a in f.arguments),
                score(f.id), VERSION, said, f.attributes,
            )  # fmt: skip

    def _agrees(self, entry: Mapping[str, Any], text: str) -> bool:
        """Whether the words that a region claims to be are those at its offsets."""
        value = entry.get("value")
        if not isinstance(value, dict) or entry.get("type") not in {"labels", "choices"}:
            return True
        start, end, words = value.get("start"), value.get("end"), value.get("text")
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(words, str)):
            return True
        if _bare(words) == _bare(text[max(start, 0) : max(end, 0)]):
            return True
        self.dropped["its words are not those at its offsets"] += 1
        return False


def _filled(argument: Argument, names: Mapping[str, str]) -> Argument:
    """The argument with the new name of its filler."""
    if argument.mention is not None:
        return replace(argument, mention=names[argument.mention])
    if argument.frame is not None:
        return replace(argument, frame=names[argument.frame])
    return argument


def _bare(words: str) -> str:
    """Words without white space: Label Studio writes a line end as two characters."""
    return "".join(words.replace("\\n", "").split())


def _probability(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return min(max(float(value), 0.0), 1.0)


def make(schema: EventSchema, options: Mapping[str, str]) -> LabelStudioBackend:
    """The producer for a backend; `CurateError` names an option that does not hold."""
    given = checked_options(NAME, options, OPTIONS)
    if "url" not in given:
        raise CurateError(f"{NAME} needs an address", "give it with --set url=…")
    limits = Limits(seconds=number(NAME, given, "timeout", 60.0))
    return LabelStudioBackend(schema, Server(parse_address(given["url"]), limits))
