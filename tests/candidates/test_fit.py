"""What is proposed could be accepted as it is: every role and attribute is one of its type."""

from __future__ import annotations

from pathlib import Path

import pytest

from curate.candidates.warm import producer_for
from curate.formats.schema_file import shipped_schema
from curate.model.candidate import FrameCandidate
from curate.model.document import Document
from curate.shipped import shipped
from curate.text.sentences import segment

ARTICLES = sorted(Path(str(shipped("seeds"))).glob("articles/*.txt"))


@pytest.mark.slow
def test_every_role_of_a_proposed_frame_is_a_role_of_its_type() -> None:
    schema = shipped_schema()
    producer = producer_for(schema)
    seen = 0
    for path in ARTICLES:
        text = path.read_text(encoding="utf-8")
        found = producer.propose(Document("d", text, {}, segment(text)))
        types = {c.id: c.type for c in found}
        for frame in (c for c in found if isinstance(c, FrameCandidate)):
            roles = schema.event_types[frame.type].roles
            for argument in frame.arguments:
                seen += 1
                assert argument.role in roles, (path.name, frame.type, argument.role)
                role = schema.roles[argument.role]
                if argument.frame is not None:
                    assert role.takes_event(types[argument.frame])
    assert seen > 500
