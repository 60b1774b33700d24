"""A template that passes can be filled, and nothing of it is lost; shown by filling it."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.section import WD_SECTION
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.check import check_template
from pipeline.problems import Level
from tests.check.template.faults import leftovers, structure, tags
from tests.check.template.faults.listing import FAULTS
from tests.check.template.faults.making import OFFER, put, saved, say, sound, table
from tests.check.template.filling import losses
from tests.often import each_time

LISTED = (leftovers, structure, tags)
KEPT = ["Background", "Finance comments", "The end."]
STEPS = ["{%p if title %}", "{%p else %}", "{%p endif %}", "{%p for one in letter %}", "{%p endfor %}",
         "{% if title %}", "{% endif %}", "{% else %}", "{% for one in letter %}", "{% endfor %}", "{{ title }}",
         "{%tr for one in letter %}", "{%tr endfor %}", "{%- if title %}", "{%- endif %}",
         "{% if title -%}", "{% endif -%}", "{%tr if title %}", "{%tr endif %}", "{#p remark #}", "{# remark #}",
         "{%r if title %}",
         "{%r endif %}", "{%tc if title %}", "{%tc endif %}"]  # fmt: skip
BLOCKS = [("{%p if title %}", "{%p endif %}"), ("{%p for one in letter %}", "{%p endfor %}"),
          ("{% if title %}", "{% endif %}"), ("{% for one in letter %}", "{% endfor %}"), ("", "")]  # fmt: skip


PASSING = [name for name, fault in FAULTS.items() if not any(line.startswith("error") for line in fault.lines)]
"""Those that are answered with no error, which test_faults.py holds to the letter."""


def passes(content: bytes) -> bool:
    return all(p.level is not Level.ERROR for p in check_template(content, "template.docx", OFFER))


@pytest.mark.parametrize("name", each_time([name for name in PASSING if name != "no_field_at_all"], PASSING[::3]))
def test_a_template_of_the_list_that_passes_loses_nothing(name: str) -> None:
    assert losses(FAULTS[name].make(), KEPT) == []


@pytest.mark.parametrize("line", ["{%p if title %}{# why #}", "{# why #} {%p if title %}"])
def test_a_remark_that_goes_with_its_line_is_no_loss(line: str) -> None:
    paper = sound()
    say(paper, line, "Text.", "{%p endif %}")
    assert check_template(saved(paper), "template.docx", OFFER) == []
    assert losses(saved(paper), KEPT) == []


def test_the_sound_template_loses_nothing() -> None:
    assert losses(saved(sound()), KEPT) == []


SURE_LOSSES = ["condition_into_a_cell", "condition_out_of_a_cell", "cell_left_empty", "table_left_without_rows",
               "row_left_without_cells", "text_beside_a_line_tag", "minus_sign_that_eats_words", "condition_never_ends",
               "minus_sign_after_a_line_that_goes", "minus_sign_before_a_line_that_goes", "two_conditions_in_one_line",
               "section_break_in_a_tag_line", "section_break_in_a_condition", "header_left_without_lines",
               "cell_left_with_a_table_last", "row_loop_in_one_row", "percent_in_a_prefixed_tag"]  # fmt: skip


@pytest.mark.parametrize("name", each_time(SURE_LOSSES, SURE_LOSSES[::4]))
def test_control_what_the_check_calls_a_loss_is_one(name: str) -> None:
    assert losses(FAULTS[name].make(), ["Subject to approval", "These words", *KEPT][0 if "beside" in name else 1 :])


def texts() -> st.SearchStrategy[list[str]]:
    """Lines of a document: steps anywhere, and a word (made unique later) before, between or after them."""
    line = st.lists(st.one_of(st.sampled_from(STEPS), st.just("word")), min_size=1, max_size=3).map(" ".join)
    return st.lists(line, min_size=0, max_size=3)


def wrapped() -> st.SearchStrategy[list[str]]:
    """Lines inside a block that is opened and closed rightly more often than not."""
    return st.builds(
        lambda block, inner: [text for text in (block[0], *inner, block[1]) if text],
        st.sampled_from(BLOCKS),
        st.lists(
            st.sampled_from(["word", "{{ title }}", "word {{ service }}", "{% if title %}word{% endif %}"]), max_size=3
        ),
    )


SECTION = st.just("section")
GRID = st.lists(st.lists(st.one_of(wrapped(), wrapped(), texts()), min_size=2, max_size=2), min_size=1, max_size=4)
DOCUMENT = st.lists(st.one_of(wrapped(), wrapped(), texts(), GRID, SECTION), min_size=1, max_size=4)


class Writer:
    """Writes the items into a document; knows which words stand outside every block, by counting in order."""

    def __init__(self) -> None:
        self.paper = docx.Document(io.BytesIO(saved(sound())))
        self.depth = self.count = 0
        self.sure: list[str] = []

    def line(self, text: str) -> str:
        parts = []
        for part in text.replace("word", "\0word\0").split("\0"):
            piece = part
            if part == "word":
                self.count += 1
                piece = f"word{self.count:03d}x"
                if not self.depth:
                    self.sure.append(piece)
            self.depth += part.count("if title") + part.count("for one") - part.count("endif") - part.count("endfor")
            parts.append(piece)
        return "".join(parts)

    def item(self, item: object) -> None:
        if item == "section":
            self.paper.add_section(WD_SECTION.NEW_PAGE)
        elif isinstance(item, list) and item and isinstance(item[0], list):
            self.grid(item)
        elif isinstance(item, list):
            for text in item:
                self.paper.add_paragraph(self.line(text))

    def grid(self, rows: list[list[list[str]]]) -> None:
        made = table(self.paper, *[[""] * len(row) for row in rows])
        for row, cells in zip(made.rows, rows, strict=True):
            for cell, texts in zip(row.cells, cells, strict=True):
                for number, text in enumerate(texts):
                    paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                    paragraph.text = self.line(text)


@pytest.mark.parametrize("examples", [8, pytest.param(1000, marks=pytest.mark.deep)])
def test_a_random_template_that_passes_loses_nothing_and_a_good_share_passes(examples: int) -> None:
    verdicts: list[bool] = []

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
              database=None)  # fmt: skip
    @given(DOCUMENT)
    def look(items: list[object]) -> None:
        writer = Writer()
        for item in items:
            writer.item(item)
        content = saved(writer.paper)
        verdicts.append(passes(content))
        if verdicts[-1]:
            assert losses(content, writer.sure + KEPT[:2]) == []

    look()
    assert 0.2 < sum(verdicts) / len(verdicts) < 0.8


def test_a_tag_that_word_has_split_over_runs_is_read_as_one() -> None:
    paper = sound()
    put(paper, "<w:p><w:r><w:t>Kept {</w:t></w:r><w:r><w:t>{ ti</w:t></w:r><w:r><w:t>tle }} here</w:t></w:r></w:p>")
    assert passes(saved(paper))
    assert losses(saved(paper), [*KEPT, "Kept ", " here"]) == []


def test_a_table_wholly_of_rows_passes_inside_a_condition_on_its_list() -> None:
    paper = sound()
    say(paper, "{%p if letter %}")
    table(paper, ["{%tr for one in letter %}", ""], ["{{ one.key }}", "x"], ["{%tr endfor %}", ""])
    say(paper, "{%p endif %}")
    assert passes(saved(paper))
    assert losses(saved(paper), KEPT) == []
