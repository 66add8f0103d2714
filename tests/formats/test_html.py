from __future__ import annotations

import pytest

from curate.errors import TextError
from curate.formats.html import read_page

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>هدنة في البلدة</title>
<meta property="article:published_time" content="2018-04-20"></head><body><nav>الرئيسية</nav>
<article><h1>هدنة في البلدة</h1>
<p>قالت مصادر محلية إن الطرفين اتفقا على وقف القصف ثلاثة أيام قابلة للتمديد، بوساطة وجهاء.</p>
<p>وأضافت المصادر أن قذيفتين سقطتا صباح اليوم على الحي الغربي من دون إصابات بين المدنيين.</p>
</article><script>alert(1)</script><footer>جميع الحقوق محفوظة</footer></body></html>"""


@pytest.mark.slow
def test_the_article_is_told_from_what_is_around_it() -> None:
    (record,) = read_page(PAGE.encode(), "p.html")
    text = record.document.text
    assert "وقف القصف" in text
    assert "alert" not in text
    assert "الحقوق" not in text
    assert record.document.meta["date"] == "2018-04-20"
    assert record.document.meta["title"] == "هدنة في البلدة"


@pytest.mark.slow
def test_a_page_without_an_article_is_told() -> None:
    with pytest.raises(TextError, match=r"p\.html holds no article"):
        list(read_page(b"<html></html>", "p.html"))


def test_a_page_beyond_measure_is_refused() -> None:
    with pytest.raises(TextError, match="20,000,001 bytes"):
        list(read_page(b" " * 20_000_001, "p.html"))
