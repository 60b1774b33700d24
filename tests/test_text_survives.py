"""Whatever officers type arrives in the paper as it is, and harms nothing else of it.

The named rules of `pipeline/text.py` come first (control characters, marks that turn the direction of reading,
codes that are no characters); what they leave must be in the paper to the letter.
"""

# ruff: noqa: E501 - a list of texts is read more easily in rows

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks import Block, Context, Row, Run, Table
from pipeline.render import Properties, render
from pipeline.text import clean
from tests.builders import date
from tests.office import ROOT
from tests.reader import W, read_paper, tables_of, text_of
from tests.render.made import compiled

NAUGHTY = [
    "&", "<", ">", '"', "'", "&amp;", "&lt;b&gt;", "<b>bold</b>", "]]>", "<!-- x", "</w:p>", "</w:t></w:r>", "<![CDATA[x]]>",
    "{{ x }}", "{% for %}", "{# note #}", "{{r block.text }}", "{_{", "}_}", "{_%", "%}", "}}", "{{ 7*7 }}", "${x}", "<%= 1 %>",
    "None", "nan", "NaN", "null", "undefined", "true", "[object Object]", "True", "NaT", "inf", "-1", "1/0", "0x0", "1E+02",
    "Smith & Sons", "P&L <draft>", "a <b and c", "R&D (50% > 40%)", "Ünïcödé ßtraße", "ﬀ ﬁ ﬂ", "½ ¾ €£¥", "naïve café",
    "日本語", "Здравствуйте", "עברית", "العربية", "👩‍👩‍👧‍👦 🏳️‍🌈", "🇬🇧", "e\u0301", "Z̷̡a̴l̵g̸o", "\u200bzero\u200bwidth", "a\u00a0b",
    "soft\u00adhyphen", "non\u2011breaking", "tab\there", "two  blanks", "line\nbreak", "a\n\nb", "C:\\new\\table", "\\x41",
    "'; DROP TABLE actions;--", "=1+1", "@SUM(A1)", "+44 20", "-dash", "http://a.b/?x=1&y=2", "../../etc", "CON", "%s %d %n",
    "[[_cp_abcdef012345]]", "_cp_abcdef012345", "_x000D_", "\ufdfa", "\U0001f600\U00010348", "A" * 10_000, "x" * 300 + " y",
]  # fmt: skip


def context(text: str) -> Context:
    """The text in every place of a paper: header, paragraph, bold words, a table across and one down, a list."""
    down = Row("BV-1", {"area": text, "activity": text, "deadline": text})
    across = (Row("a", {"heading": text, "percent": text}), Row("b", {"heading": "Other", "percent": "1%"}))
    return Context(
        {"board": text, "title": text, "service": text, "item": text, "date": "23 January 2017"},
        {
            "introduction": (Block("introduction/1", (Run("before "), Run(text), Run(" after"))),),
            "recommendations": (Block("recommendations/1", (Run(text),)),),
            "background": (
                Block("background/1", (Run("See "), Run("Appendix 1", appendix="appendix/A"), Run(text))),
                Table("background/t1", "progress", across),
                Table(
                    "background/t2", "action open", (down, Row("BV-2", {"area": "B", "activity": "C", "deadline": "D"}))
                ),
                Block("background/last", (Run("The end."),)),
            ),
            "finance": (Block("finance/1", (Run(text, bold=True), Run(text, italic=True)), "bullet"),),
            "legal": (Block("legal/1", (Run("Legal."),)),),
            "appendices": (Block("appendix/A", (Run(text),), "appendix"),),
            "background_papers": (Block("background_papers/1", (Run(text),)),),
        },
    )


TEMPLATE = compiled((ROOT / "templates/best-value-board/template.docx").read_bytes(), context("x"))


def paragraphs(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = ET.fromstring(parts.read("word/document.xml"))
    return [text_of(each) for each in root.iter(f"{W}p")]


def assert_survives(text: str) -> None:
    """Every place holds the text, and everything else of the paper is there."""
    properties = Properties(title=f"Paper on {text}"[:200], subject=text, author=text, as_at=date("2017-01-13"))
    content = render(TEMPLATE, context(text), properties).content
    found = paragraphs(content)
    assert found.count(text) >= 5
    assert f"before {text} after" in found
    assert f"See Appendix 1{text}" in found
    assert text + text in found
    assert found.count("The end.") == 1
    tables = tables_of(content)
    assert [row[1] for row in tables[0]][1] == text
    assert [tables[1][0][0], tables[1][1][0]] == [text, text]
    assert tables[2][1:] == [[text, text, text], ["B", "C", "D"]]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        core = ET.fromstring(parts.read("docProps/core.xml"))
    subject = core.find("{http://purl.org/dc/elements/1.1/}subject")
    assert subject is not None
    assert subject.text == (text or None)


def tidy(text: str) -> str:
    """A text as it leaves the reader: cleaned, and with a tab as Word keeps it."""
    return re.sub(r"\t", " ", clean(text).text)


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text[:24]))
def test_a_naughty_text_arrives_as_it_is(text: str) -> None:
    assert_survives(tidy(text))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_text_arrives_as_it_is(text: str) -> None:
    cleaned = tidy(text)
    if cleaned:
        assert_survives(cleaned)


def test_the_reader_of_these_tests_would_notice_a_loss() -> None:
    content = render(TEMPLATE, context("kept"), Properties(title="x", as_at=date("2017-01-13"))).content
    assert "lost" not in read_paper(content)
    with pytest.raises(AssertionError):
        assert paragraphs(content).count("lost") >= 5
