from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.formats.names import file_stem, id_of_stem

DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"com{n}" for n in range(10)),
    *(f"lpt{n}" for n in range(10)),
}
ANY = st.one_of(
    st.text(st.characters(exclude_characters="\x00")),
    st.text("aA.~%/\\-2e", max_size=8),
    st.sampled_from(
        ["..", "../../x", "CON", "nul.txt", "a/b", "", ".", "C:\\x", "مقالة 1", "a" * 300]
    ),
)


@given(ANY)
def test_a_name_is_one_safe_part_of_a_path(identity: str) -> None:
    stem = file_stem(identity)
    assert re.fullmatch(r"[A-Za-z0-9_.~%-]+", stem)
    assert not stem.startswith(".")
    assert not stem.endswith(".")
    assert stem.partition(".")[0].casefold() not in DEVICES
    assert len(stem) <= 120


@given(ANY, ANY)
def test_two_ids_never_share_a_name_even_where_case_is_not_kept(one: str, other: str) -> None:
    if one != other:
        assert file_stem(one).casefold() != file_stem(other).casefold()


@given(ANY)
def test_a_name_tells_its_id_unless_it_was_too_long(identity: str) -> None:
    found = id_of_stem(file_stem(identity))
    assert found == identity or (found is None and len(file_stem(identity)) > 60)


@pytest.mark.parametrize(("identity", "stem"), [("field-01", "field-01"), ("SYR-1", "SYR-1~7")])
def test_plain_ids_stay_readable(identity: str, stem: str) -> None:
    assert file_stem(identity) == stem
