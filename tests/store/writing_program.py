"""A program of its own that adds mentions to a project and says each id after its commit.

`python -m tests.store.writing_program PROJECT ANNOTATOR COUNT`
"""

from __future__ import annotations

import sys
from pathlib import Path

from curate.store.store import Store
from tests.store.building import decided, item_ids, with_mention


def main(path: str, annotator: str, count: int) -> None:
    with Store.open(Path(path)) as opened:
        items = item_ids(opened)
        have = opened.journal.count()
        for number in range(count):
            item = items[number % len(items)]
            name = f"{annotator}-{have}-{number}"
            opened.journal.write(
                decided(opened, item, with_mention(opened, item, name, annotator), name)
            )
            print(name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
