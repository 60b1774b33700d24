"""Figures in sentences: what is read of each, and which of them contradict what the paper's facts give."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import figures
from tests.rules.examples import Example, report_in, told_of

FIGURES = {
    "It costs £412k.": [("amount", "£412k", 412_000)],
    "It costs £ 1.25 million, or £1,250,000.00 in all.": [
        ("amount", "£ 1.25 million", 1_250_000),
        ("amount", "£1,250,000.00", 1_250_000),
    ],
    "Some 93.5% (or 93 per cent) agreed.": [
        ("percentage", "93.5%", Decimal("93.5")),
        ("percentage", "93 per cent", 93),
    ],
    "All six areas and 1,200 local residents.": [("count", "six areas", 6), ("count", "1,200 local residents", 1200)],
    "The third six monthly update was sent.": [("ordinal", "third update", 3), ("count", "", 0)],
    "The 21st report came.": [("ordinal", "21st report", 21)],
    "It met on 23 January 2017 and in March 2017.": [],
    "See paragraph 3.6, Appendix 2, section 15 and Part 2 areas.": [],
    "The actions BV-131 and 12/2016 in 2016/17 at 9.30 am.": [],
    "One area is late; no areas are lost.": [],
}


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_is_read_with_what_it_is_of(text: str) -> None:
    wanted = [each for each in FIGURES[text] if each[1]]
    assert [(figure.kind, figure.text, figure.value) for figure in figures(text)] == wanted


@given(st.text(alphabet="£0123456789,.%km abcs-/", max_size=60))
def test_any_text_is_read_and_each_figure_stands_where_it_says(text: str) -> None:
    for figure in figures(text):
        assert text[figure.start :].startswith(figure.text.split()[0][:1])
        assert figure.value >= 0


def of(background: str, comment: str, folder: Path, before: str = "") -> list[str]:
    words = {"Background": background, "Comment": comment, "Before": before}
    found = told_of(Example(words=words), report_in(folder / "board"), folder)
    return [problem.code for problem in found if problem.code in ("P166", "P167", "P168", "P169")]


@pytest.mark.parametrize(
    ("background", "comment", "codes"),
    [
        ("The plan has six areas.", "There are seven areas.", ["P166"]),
        ("The plan has six areas.", "All five areas are late.", ["P166"]),
        ("The plan has six areas.", "Five areas are late.", []),
        ("The plan has six areas.", "Seven other areas were looked at.", []),
        ("The plan has six areas; two areas are late.", "The two areas are late.", []),
        ("Grants cost £421,000.", "Grants cost £412,000.", ["P167"]),
        ("Grants cost £421,000.", "Grants cost £42.1k.", ["P167"]),
        ("Grants cost £421,000.", "Grants cost £421k.", []),
        ("Grants cost £421,000.", "Grants cost £0.4m.", []),
        ("Grants cost £421,000.", "Grants cost £500k.", []),
        ("Grants cost £421,000.", "Roads cost £412k.", []),
        ("Grants are 93% spent.", "Grants are 39% spent.", ["P167"]),
        ("The Leader met inspectors on 6 December 2016.", "Inspectors met the Leader on 6 December 2015.", ["P169"]),
        ("The Leader met the inspectors on 6 December 2016.", "The inspectors met the Leader on 19 December 2016.", []),
        ("The Leader met the inspectors on 6 December 2016.", "The bins were emptied on 7 December 2016.", []),
    ],
)  # fmt: skip
def test_what_contradicts_the_facts_is_told(background: str, comment: str, codes: list[str], tmp_path: Path) -> None:
    assert of(background, comment, tmp_path) == codes


@pytest.mark.parametrize(
    ("before", "now", "comment", "codes"),
    [
        ("Grants are 93% spent.", "Grants are 96% spent.", "The grants are 93% spent.", ["P168"]),
        ("Grants are 93% spent.", "Grants are 93% spent.", "The grants are 93% spent.", []),
        ("Grants are 93% spent.", "Grants are 96% spent.", "Roads are 93% built.", []),
        ("This is the third update.", "This is the fourth update.", "The third update shows progress.", ["P168"]),
        ("The plan has six areas.", "The plan has seven areas.", "The six areas are in hand.", ["P168"]),
        ("Grants are 93% spent.", "Grants are 96% spent, after 93% in May.", "The grants were 93% spent.", []),
    ],
)
def test_a_figure_of_the_last_paper_is_told(
    before: str, now: str, comment: str, codes: list[str], tmp_path: Path
) -> None:
    assert of(now, comment, tmp_path, before) == codes
