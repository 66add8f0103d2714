"""Hypothesis strategies: text of every kind that a grid of cells must bear, and views for it."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

ALPHABET = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىئؤإأآءةلاللأپچژگکیڕۆێڵەھ"
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u06d6\u0640\u0640"
    "   \u00a0\u202f\u3000\t\n\r\u0085\u2028\u2029\v\f\x1c"
    "()[]{}«»‹›<>،؛؟!.:-/%$+'\"–…"
    "0123456789٠١٢٣۴۵abcXYZé\u0301אב"
    "\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
    "😀👍🏽🇸🇾中한ᄒ\u1161\u0600۝❤\ufe0fक\u093f"
    "\x00\x07\x1b\x7f\x9b\ue000\ufffe\ud800\U000e0041\u2630"
)  # fmt: skip
"""Letters with and without forms, marks, tatweel, spaces, line ends, brackets, numbers of three
kinds, other scripts, every bidi control, joiners, emoji, and what must never reach a terminal."""

texts = st.one_of(
    st.text(st.sampled_from(ALPHABET), max_size=90),
    st.text(st.sampled_from("لاأب \u064e\u0650\u0651(1a\n"), max_size=90),
    st.text(max_size=30),
)
widths = st.integers(1, 60)
splits = st.frozensets(st.integers(0, 90), max_size=8)

thorough = settings(max_examples=2000, deadline=None)
"""As many examples as a promise of the layout is tried with."""
