"""The examples read by small parsers of the published formats, and held against curate JSONL.

The parsers are written from the formats' own descriptions and share nothing with the writers.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import conllu
import pytest

ROOT = Path(__file__).parents[2] / "exports"
ARTICLES = {"field-01", "scrape-03", "talks-01"}
Json = dict[str, Any]


def lines(path: str) -> list[Json]:
    return [json.loads(x) for x in (ROOT / path).read_text(encoding="utf-8").splitlines()]


def plain(words: str) -> str:
    """Words without blanks, which tokens do not hold."""
    return re.sub(r"\s+", "", words)


class Gold:
    """What curate JSONL says of the three articles."""

    def __init__(self) -> None:
        self.documents = [d for d in lines("jsonl/example.jsonl") if d["id"] in ARTICLES]
        self.mentions: Counter[tuple[str, str]] = Counter()
        self.frames: Counter[tuple[str, str]] = Counter()
        self.arguments: Counter[tuple[str, str, str]] = Counter()
        for annotation in chain.from_iterable(d["annotations"] for d in self.documents):
            words = {m["id"]: m["text"] for m in annotation["mentions"]}
            for mention in annotation["mentions"]:
                self.mentions[mention["type"], plain(mention["text"])] += 1
            for frame in annotation["frames"]:
                self.frames[frame["type"], plain(frame["trigger"]["text"])] += 1
                for argument in frame.get("arguments", []):
                    if "mention" in argument:
                        filler = plain(words[argument["mention"]])
                        self.arguments[frame["type"], argument["role"], filler] += 1


@pytest.fixture(scope="module")
def gold() -> Gold:
    return Gold()


def test_oneie(gold: Gold) -> None:
    mentions: Counter[tuple[str, str]] = Counter()
    frames: Counter[tuple[str, str]] = Counter()
    arguments: Counter[tuple[str, str, str]] = Counter()
    for sentence in lines("oneie/corpus.oneie.json"):
        tokens = sentence["tokens"]
        assert all(tokens)
        known = {}
        for m in sentence["entity_mentions"]:
            words = "".join(tokens[m["start"] : m["end"]])
            assert words == plain(m["text"])
            mentions[m["entity_type"], words] += 1
            known[m["id"]] = words
        for e in sentence["event_mentions"]:
            trigger = e["trigger"]
            words = "".join(tokens[trigger["start"] : trigger["end"]])
            assert words == plain(trigger["text"])
            frames[e["event_type"], words] += 1
            for a in e["arguments"]:
                arguments[e["event_type"], a["role"], known[a["entity_id"]]] += 1
    assert (mentions, frames, arguments) == (gold.mentions, gold.frames, gold.arguments)


def test_dygie(gold: Gold) -> None:
    mentions: Counter[tuple[str, str]] = Counter()
    types: Counter[str] = Counter()
    roles: Counter[tuple[str, str, str]] = Counter()
    for document in lines("dygie/corpus.dygie.jsonl"):
        tokens = list(chain.from_iterable(document["sentences"]))
        parallel = ("ner", "relations", "events", "_char_offsets", "_trigger_spans")
        assert {len(document[k]) for k in parallel} == {len(document["sentences"])}
        first = 0
        for number, sentence in enumerate(document["sentences"]):
            end = first + len(sentence)
            for start, last, kind in document["ner"][number]:
                assert first <= start <= last < end
                mentions[kind, "".join(tokens[start : last + 1])] += 1
            for (trigger, kind), *fillers in document["events"][number]:
                assert first <= trigger < end
                types[kind] += 1
                for start, last, role in fillers:
                    assert first <= start <= last < end
                    roles[kind, role, "".join(tokens[start : last + 1])] += 1
            first = end
    assert mentions == gold.mentions
    assert types == Counter(kind for kind, _ in gold.frames.elements())
    assert gold.arguments <= roles


def test_rams(gold: Gold) -> None:
    frames: Counter[tuple[str, str]] = Counter()
    roles: Counter[tuple[str, str, str]] = Counter()
    for event in lines("rams/corpus.rams.jsonl"):
        tokens = list(chain.from_iterable(event["sentences"]))
        assert 1 <= len(event["sentences"]) <= 5
        ((start, last, ((kind, _),)),) = event["evt_triggers"]
        frames[kind, "".join(tokens[start : last + 1])] += 1
        spans = {(a, b, label[0][0]) for a, b, label in event["ent_spans"]}
        for trigger, (a, b), label in event["gold_evt_links"]:
            assert trigger == [start, last]
            assert (a, b, label) in spans
            role = re.fullmatch(r"evt\d{3}arg\d{2}(\w+)", label)
            assert role
            roles[kind, role[1], "".join(tokens[a : b + 1])] += 1
    assert frames == gold.frames
    wanted = Counter((kind, role.lower(), words) for kind, role, words in gold.arguments.elements())
    assert wanted <= roles


def test_wikievents(gold: Gold) -> None:
    mentions: Counter[tuple[str, str]] = Counter()
    frames: Counter[tuple[str, str]] = Counter()
    arguments: Counter[tuple[str, str, str]] = Counter()
    documents = lines("wikievents/corpus.wikievents.jsonl")
    for document, coref in zip(documents, lines("wikievents/coref.jsonl"), strict=True):
        assert coref["doc_key"] == document["doc_id"]
        tokens = document["tokens"]
        cut = [word for sentence, _ in document["sentences"] for word in sentence]
        assert [word for word, _, _ in cut] == tokens
        assert all(document["text"][a:b] == word for word, a, b in cut)
        known = {}
        for m in document["entity_mentions"]:
            known[m["id"]] = words = "".join(tokens[m["start"] : m["end"]])
            mentions[m["entity_type"], words] += 1
        assert sorted(chain.from_iterable(coref["clusters"])) == sorted(known)
        assert len(coref["informative_mentions"]) == len(coref["clusters"])
        for e in document["event_mentions"]:
            t = e["trigger"]
            frames[e["event_type"], "".join(tokens[t["start"] : t["end"]])] += 1
            for a in e["arguments"]:
                arguments[e["event_type"], a["role"], known[a["entity_id"]]] += 1
    assert (mentions, frames, arguments) == (gold.mentions, gold.frames, gold.arguments)


def test_maven_arg(gold: Gold) -> None:
    mentions: Counter[tuple[str, str]] = Counter()
    frames: Counter[tuple[str, str]] = Counter()
    for document in lines("maven-arg/corpus.maven.jsonl"):
        text = document["document"]
        ids = set()
        for entity in document["entities"]:
            ids.add(entity["id"])
            for m in entity["mention"]:
                start, end = m["offset"]
                assert text[start:end] == m["mention"]
                mentions[entity["type"], plain(m["mention"])] += 1
        for event in document["events"]:
            for m in event["mention"]:
                start, end = m["offset"]
                assert text[start:end] == m["trigger_word"]
                frames[event["type"], plain(m["trigger_word"])] += 1
            for filler in chain.from_iterable(event["argument"].values()):
                if "entity_id" in filler:
                    assert filler["entity_id"] in ids
                else:
                    start, end = filler["offset"]
                    assert text[start:end] == filler["content"]
    assert (mentions, frames) == (gold.mentions, gold.frames)


def test_web_annotation(gold: Gold) -> None:
    texts = {d["id"]: d["text"] for d in gold.documents}
    mentions: Counter[tuple[str, str]] = Counter()
    frames: Counter[tuple[str, str]] = Counter()
    for path in (ROOT / "web-annotation").rglob("*.jsonld"):
        collection = json.loads(path.read_text(encoding="utf-8"))
        text = texts[collection["label"]]
        items = collection["first"]["items"]
        assert collection["total"] == len(items)
        ids = {item["id"] for item in items}
        assert len(ids) == len(items)
        for item in items:
            if item["motivation"] == "linking":
                assert item["target"] in ids
                continue
            position, quotation = item["target"]["selector"]
            exact = text[position["start"] : position["end"]]
            assert exact == quotation["exact"]
            around = quotation["prefix"] + exact + quotation["suffix"]
            assert around in text
            what, kind = item["body"][0]["source"].split(":")[-2:]
            named = re.search(r":(entity|event):(\w+)", item["body"][0]["source"])
            assert named, (what, kind)
            counter = mentions if named[1] == "entity" else frames
            counter[named[2], plain(exact)] += 1
    assert (mentions, frames) == (gold.mentions, gold.frames)


def test_acled_columns() -> None:
    with (ROOT / "acled-csv" / "events.acled.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert len(rows[0]) == 31
    for row in rows:
        assert row["event_type"]
        assert row["sub_event_type"]
        assert row["fatalities"] == "" or row["fatalities"].isdigit()
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_conllu_plus_by_its_own_reader(gold: Gold) -> None:
    content = (ROOT / "conllup" / "corpus.conllup").read_text(encoding="utf-8")
    texts = {d["id"]: d["text"] for d in gold.documents}
    triggers: dict[tuple[str, str], list[str]] = {}
    kinds: dict[tuple[str, str], str] = {}
    document = ""
    for sentence in conllu.parse(content):
        document = sentence.metadata.get("newdoc id", document)
        for token in sentence:
            start, end = map(int, token["misc"]["TokenRange"].split(":"))
            assert texts[document][start:end] == token["form"]
            for cell in filter(lambda c: c != "*", token["ce:trigger"].split(";")):
                name, _, kind = cell.partition(":")
                kinds.setdefault((document, name), kind)
                triggers.setdefault((document, name), []).append(token["form"])
    found = Counter((kinds[key], "".join(words)) for key, words in triggers.items())
    assert found == gold.frames


def test_conll2003_has_four_columns_and_sound_tags() -> None:
    content = (ROOT / "conll2003" / "corpus.conll").read_text(encoding="utf-8")
    before = "O"
    for line in content.splitlines():
        if not line:
            before = "O"
            continue
        _, _, _, tag = line.split(" ")
        if tag.startswith("I-"):
            assert before[2:] == tag[2:]
        before = tag
    assert content.count("-DOCSTART-") == 3
