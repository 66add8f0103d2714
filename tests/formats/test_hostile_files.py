"""What a file must not be able to do: run, reach out, grow without end, or lead out of a folder."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.errors import FormatError
from curate.formats.doors import InFile, Setting
from curate.formats.registry import FORMATS
from curate.formats.schema_file import shipped_schema
from curate.formats.tables import csv_line, safe, unsafe
from curate.formats.xmi_reading import check_xml

SETTING = Setting(shipped_schema())
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<x>&b;</x>"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>"""


TABLE = '# newdoc id = d\n# doc_text = "قصفت"\n# token\tstart\tend\tNER\n'
WIDE = BOMB.decode().replace("?>", " encoding='utf-16'?>", 1).encode("utf-16")


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, WIDE])
def test_xml_that_declares_a_document_type_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError, match="document type"):
        check_xml(content, "x.xmi")


@pytest.mark.slow
def test_xmi_with_entities_is_refused_before_it_is_read() -> None:
    folder = Path(__file__).parents[2] / "exports" / "xmi"
    types = InFile("TypeSystem.xml", partial(Path.read_bytes, folder / "TypeSystem.xml"))
    read = FORMATS["xmi"].read_files
    assert read is not None
    with pytest.raises(FormatError, match="document type"):
        list(read([types, InFile("a.xmi", lambda: BOMB)], SETTING))
    with pytest.raises(FormatError, match=r"a\.xmi:1"):
        list(read([types, InFile("a.xmi", lambda: b"<x")], SETTING))
    with pytest.raises(FormatError, match="no TypeSystem"):
        list(read([InFile("a.xmi", lambda: b"<x/>")], SETTING))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_a_cell_is_never_run_and_reads_back_exactly(cell: str) -> None:
    written = safe(cell)
    assert unsafe(written) == cell
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    (row,) = csv.reader(io.StringIO(csv_line([cell, 7]), newline=""))
    assert [unsafe(row[0]), row[1]] == [cell, "7"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["parquet", "spacy"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"\x00" * 64, b"not what it says"])
def test_what_is_no_such_file_is_told(name: str, content: bytes) -> None:
    chosen = FORMATS[name]
    assert chosen.read_files is not None
    file = InFile(f"x{chosen.suffixes[0]}", lambda: content)
    with pytest.raises(FormatError, match=r"x\."):
        list(chosen.read_files([file], SETTING))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("conll2003", "قصفت\n", "x:1"),
        ("conll2003", "-DOCSTART- -X- -X- O\n\nقصفت -X- -X- PER\n", "x:3"),
        ("bio", "قصفت\t0\t4\tO\n", "x:1"),
        ("bio", f"{TABLE}قصفت\t0\n", "x:4"),
        ("bio", f"{TABLE}قصفت\t0\t9\tB-PER\n", "0–9"),
        ("conllup", "1\tقصفت\n", "x:1"),
        ("conllup", "# newdoc id = d\n# doc_text = قصفت\n" + "\t".join("1a________***"), "x:1"),
        ("label-studio", "{}", "no Label Studio tasks"),
    ],
)  # fmt: skip
def test_a_broken_line_is_told_with_its_place(name: str, content: str, said: str) -> None:
    read = FORMATS[name].read
    assert read is not None
    setting = Setting(shipped_schema(), name="x")
    with pytest.raises(FormatError) as caught:
        list(read(content.encode().splitlines(keepends=True), setting))
    assert said in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("#FORMAT=other\n", r"x\.tsv:1"),
        ("#FORMAT=WebAnno TSV 3.3\n#T_RL=x|y|BT_z\n", r"x\.tsv:2"),
        ("#FORMAT=WebAnno TSV 3.3\n#T_SP=a|kind\n\n#Text=قصفت\n1-1\t0-4\n", r"x\.tsv:5"),
        ("#FORMAT=WebAnno TSV 3.3\n#T_SP=a|kind\n\n#Text=قصفت\n1-1\t0-9\tقصفت\tPER\t\n", "no part"),
    ],
)
def test_a_broken_webanno_file_is_told_with_its_place(content: str, said: str) -> None:
    read = FORMATS["webanno-tsv"].read_files
    assert read is not None
    with pytest.raises(FormatError, match=said):
        list(read([InFile("x.tsv", content.encode)], SETTING))


def test_a_table_with_a_broken_row_is_told_with_its_place() -> None:
    read = FORMATS["csv"].read_files
    assert read is not None
    heading = "document,text,meta,sentences,file,start,end\n"
    files = {
        "documents.csv": f'{heading}d,قصفت,,"[[0,9',
        "annotations.csv": "document,annotator,start,end,status,note,reason\n",
    }
    listed = [InFile(name, content.encode) for name, content in files.items()]
    with pytest.raises(FormatError, match=r"documents\.csv:2"):
        list(read(listed, SETTING))


def test_offsets_cannot_make_a_text_grow_without_end() -> None:
    rows = "# tok\tstart\tend\tNER\nقصفت\t99999999999\t99999999999\tO\n"
    read = FORMATS["bio"].read
    assert read is not None
    with pytest.raises(FormatError, match="are missing before"):
        list(read(rows.encode().splitlines(keepends=True), SETTING))
    content = "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=قصفت\n1-1\t99999999999-99999999999\tقصفت\t\n"
    files = FORMATS["webanno-tsv"].read_files
    assert files is not None
    with pytest.raises(FormatError, match="are missing before"):
        list(files([InFile("x.tsv", content.encode)], SETTING))
