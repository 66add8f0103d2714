"""Bytes become text unchanged, or an error that names the byte and the way out."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.errors import TextError
from curate.text.decoding import Decoded, decode

NEWS = (
    "أعلنت إدارة الميناء صباح الأحد إغلاق الأرصفة الثلاثة بعد حريق اندلع في مستودع للحبوب،"
    " وقالت إن خمسة عمال أصيبوا بجروح.\r\n\r\nونقل المصابون إلى المشفى؛ هل من مزيد؟\n"
)


def test_utf8_is_read_as_it_is() -> None:
    assert decode(NEWS.encode()) == Decoded(NEWS, "utf-8")


def test_only_the_byte_order_mark_is_dropped() -> None:
    assert decode(codecs.BOM_UTF8 + NEWS.encode()) == Decoded(NEWS, "utf-8", had_bom=True)
    doubled = codecs.BOM_UTF8 * 2 + NEWS.encode()
    assert decode(doubled).text == "\ufeff" + NEWS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_with_a_mark(encoding: str) -> None:
    assert decode(("\ufeff" + NEWS).encode(encoding)) == Decoded(NEWS, encoding, had_bom=True)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_concluded_and_said(encoding: str) -> None:
    assert decode(NEWS.encode(encoding)) == Decoded(NEWS, encoding, guessed=True)


@pytest.mark.parametrize(
    ("name", "codec"), [("windows-1256", "cp1256"), ("iso-8859-6", "iso8859_6")]
)
@pytest.mark.parametrize("length", [40, 120, len(NEWS)])
def test_the_arabic_code_pages_are_concluded_and_said(name: str, codec: str, length: int) -> None:
    text = NEWS[:length]
    assert decode(text.encode(codec)) == Decoded(text, name, guessed=True)


def test_windows_1256_may_hold_latin_letters_and_curly_quotes() -> None:
    text = "قال “مدير الميناء” إن شركة Acme ستعيد البناء خلال شهر – أو شهرين…"
    assert decode(text.encode("cp1256")) == Decoded(text, "windows-1256", guessed=True)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Où est passé l'élève ? Déjà rentré à l'hôtel, très énervé.", "cp1252"),
        ("Сегодня в порту начался пожар, пострадали пять рабочих.", "cp1251"),
        ("Σήμερα ξέσπασε πυρκαγιά στο λιμάνι, τραυματίστηκαν πέντε.", "cp1253"),
        ("היום פרצה שריפה בנמל וחמישה פועלים נפצעו קל.", "cp1255"),
        ("ปวดหัวมากวันนี้ไม่ไปทำงาน", "cp874"),
    ],
)
def test_other_languages_are_not_taken_for_arabic(text: str, codec: str) -> None:
    with pytest.raises(TextError, match="is not UTF-8"):
        decode(text.encode(codec))


def test_a_damaged_byte_in_utf8_is_named_and_not_guessed_around() -> None:
    data = NEWS.encode()
    broken = data[:200] + b"\xff" + data[200:]
    with pytest.raises(TextError) as caught:
        decode(broken, name="port.txt")
    assert "port.txt" in caught.value.message
    assert "0xFF at offset 200" in caught.value.message
    assert "--encoding" in (caught.value.remedy or "")


def test_a_cut_off_last_letter_is_named() -> None:
    data = "الميناء".encode()
    with pytest.raises(TextError, match=f"0xD8 at offset {len(data) - 2} "):
        decode(data[:-1])


def test_the_line_of_the_byte_is_told() -> None:
    with pytest.raises(TextError, match=r"\(line 3\)"):
        decode("سطر أول\nسطر ثان\nسطر ".encode() + b"\xfe")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"SQLite format 3\x00", "a database"),
        (b"\x1f\x8b\x08\x00", "compressed"),
    ],
)
def test_well_known_files_that_are_no_text_are_called_by_name(data: bytes, what: str) -> None:
    with pytest.raises(TextError, match=what):
        decode(data)


@pytest.mark.parametrize("data", [b"abc\x00def", bytes(range(256)), b"\x00" * 8, b"\x80\x00\xff"])
def test_binary_data_is_refused_with_the_place_of_its_first_nul(data: bytes) -> None:
    with pytest.raises(TextError, match=rf"binary.*offset {data.index(0)}"):
        decode(data)


def test_an_encoding_that_is_named_settles_the_matter() -> None:
    assert decode(NEWS.encode("cp1256"), encoding="windows-1256") == Decoded(NEWS, "windows-1256")
    assert decode(NEWS.encode("utf-16"), encoding="utf-16").text == NEWS
    assert decode("\ufeff".encode() + NEWS.encode(), encoding="utf-8") == Decoded(
        NEWS, "utf-8", had_bom=True
    )


def test_a_named_encoding_that_does_not_fit_is_refused_with_the_byte() -> None:
    with pytest.raises(TextError, match=r"0xFF at offset 1 .* is not iso8859-6"):
        decode(b"a\xffb", encoding="iso-8859-6")


@pytest.mark.parametrize("name", ["klingon", "", "hex", "rot13", "a\x00b"])
def test_a_name_that_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(TextError, match="encoding"):
        decode(b"abc", encoding=name)


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"") == Decoded("", "utf-8")


@given(st.text(st.characters(exclude_characters="\x00\x06", exclude_categories=["Cs"])))
def test_every_text_in_utf8_comes_back_unchanged(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"%PDF-", b"PK\x03\x04", b"BZh", b"GIF8", b"{\\rtf")):
        expected = text.removeprefix("\ufeff")
        assert decode(data) == Decoded(expected, "utf-8", had_bom=text.startswith("\ufeff"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_remedy(data: bytes) -> None:
    try:
        text, remedy = decode(data).text, None
    except TextError as error:
        text, remedy = None, error.remedy
    assert text is not None or remedy


@given(
    st.lists(st.sampled_from(NEWS.split()), min_size=8),
    st.sampled_from(["cp1256", "iso8859_6", "utf-16-le", "utf-16-be"]),
)
def test_arabic_words_in_any_known_encoding_come_back_unchanged(
    words: list[str], codec: str
) -> None:
    text = " ".join(words)
    assert decode(text.encode(codec)).text == text
