"""Tags that would keep a computer busy for ever, or fill its memory: refused soon, in the check as in the filling."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pipeline import bounds
from pipeline.blocks import Block, Context
from pipeline.bounds import OutOfBounds
from pipeline.check import check_template
from pipeline.formats import Formats
from pipeline.kinds import Records
from pipeline.language import OPERATIONS
from pipeline.language import sentence as worded
from pipeline.problems import PaperError, Problem
from pipeline.render import fill, frames_of, render
from pipeline.report import load_report, settings_in
from pipeline.transform import vocabulary
from tests.builders import action, sentence, told
from tests.documents import new_document
from tests.office import ROOT
from tests.often import each_time
from tests.render.made import PROPERTIES, compiled, context, paragraph, saved

VOCABULARY = vocabulary(load_report(ROOT / "templates" / "best-value-board"))
SOON = 2
"""Seconds of the processor."""
DEEP = 500
IN_BOTH = (
    "{{ '%999999999d' % 1 }}",
    "{{ 99**99**99 }}",
    "{{ 'a' * 10**9 }}",
    "{{ 'a' * 999999999 }}",
    "{{ (1,) * 999999999 }}",
    "{{ [1] * 999999999 }}",
    "{{ 'a'.zfill(999999999) }}",
    "{{ 'a'.ljust(999999999) }}",
    "{{ 'a'.center(999999999) }}",
    "{{ '\t'.expandtabs(999999999) }}",
    "{{ '{:999999999}'.format(1) }}",
    "{{ 'aaaa'.replace('a', 'a' * 999999999) }}",
    "{{ title | indent(999999999) }}",
    "{{ title | wordwrap(1) }}",
    "{{ title | center(999999999) }}",
    "{{ range(10**9) | join }}",
    "{{ " + "(" * DEEP + "1" + ")" * DEEP + " }}",
    "{{ " + "[" * DEEP + "1" + "]" * DEEP + " }}",
    "{{ " + "not " * DEEP + "1 }}",
    "{{ " + " + ".join("1" * DEEP) + " }}",
    "{{ " + "9" * 5000 + " }}",
)
IN_A_TEMPLATE = (
    "{% set a = title %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "{% set a = [1] %}" + "{% set a = [a, a] %}" * 60 + "{{ a ~ 'x' }}",
    "{% set a = [1] %}" + "{% set a = a + a %}" * 60 + "{{ a | length }}",
    "{% set a %}x{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60 + "{{ a }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% for a in title recursive %}{{ loop(title) }}{% endfor %}",
    "{% for a in title %}" * 6 + "x" + "{% endfor %}" * 6,
    "{% for a in title %}" * 25 + "x" + "{% endfor %}" * 25,
    "{% if title %}" * 200 + "x" + "{% endif %}" * 200,
    "{{ title " + "| join('" + "x" * 700 + "')" * 1 + " | join('" + "x" * 700 + "') }}",
)


@contextmanager
def soon() -> Iterator[None]:
    """Fails where what it holds takes more than two seconds of the processor."""
    before = time.process_time()
    yield
    assert time.process_time() - before < SOON


def templated(tag: str) -> bytes:
    document = new_document()
    document.add_paragraph(tag)
    return saved(document)


def filling(tag: str) -> tuple[Problem, ...]:
    """What keeps a paper from being made with a tag."""
    try:
        template = compiled(templated(tag))
        render(template, context(title="An update on the plan, its actions and their dates"), PROPERTIES)
    except PaperError as found:
        return found.problems
    return ()


OFTEN = (*IN_BOTH, *IN_A_TEMPLATE)[::3]


@pytest.mark.parametrize("tag", each_time([*IN_BOTH, *IN_A_TEMPLATE], OFTEN), ids=lambda tag: tag[:40])
def test_a_template_is_refused_soon_by_its_place_and_its_tag(tag: str) -> None:
    with soon():
        problems = filling(tag)
    assert {each.code for each in problems} <= {
        "T003",
        "T004",
        "T011",
        "T012",
        "T014",
        "T015",
        "T016",
        "T017",
        "T048",
        "T055",
        "T159",
    }
    for each in problems:
        assert each.place.file == "template.docx"
        assert each.place.near.startswith(("at “{{", "at “{%"))
        assert len(str(each)) < 500
        assert each.cure
    assert problems


@pytest.mark.parametrize("tag", each_time([*IN_BOTH, *IN_A_TEMPLATE[3:6]], OFTEN), ids=lambda tag: tag[:40])
def test_the_check_of_a_template_refuses_it_as_soon(tag: str) -> None:
    with soon():
        found = check_template(templated(tag), "template.docx")
    assert {each.code for each in found} & {"T001", "T011", "T012", "T015", "T016", "T017", "T048"}


@pytest.mark.parametrize("tag", IN_BOTH, ids=lambda tag: tag[:40])
def test_wording_is_refused_soon_by_its_cell_and_its_words(tag: str) -> None:
    with soon():
        problems = told(Records(), sentence(tag)).problems
    assert [(each.code, each.place.cell) for each in problems] == [("W201", "F2")]
    assert tag[:60] in problems[0].message
    assert len(str(problems[0])) < 500


@pytest.mark.parametrize("tag", IN_BOTH, ids=lambda tag: tag[:40])
def test_the_check_of_wording_refuses_it_as_soon(tag: str) -> None:
    with soon():
        found = worded(tag, "", VOCABULARY)
    assert isinstance(found, tuple)
    assert {each.code for each in found} & {"W110", "W111", "W112", "W115", "W116"}


def test_what_only_the_data_can_tell_is_seen_as_it_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "PART", 30_000)
    monkeypatch.setattr("pipeline.render.paper.PART", 30_000)
    (problem,) = filling("{% for block in background %}" + "x" * 6000 + "{% endfor %}")
    assert (problem.code, "30,000 bytes" in problem.message) == ("T159", True)


@pytest.mark.parametrize(
    "work",
    [
        lambda: OPERATIONS["join"].work(Formats(), ["ab"] * 1000, "x" * 1000),
        lambda: OPERATIONS["listed"].work(Formats(), ["x" * 1000] * 1000),
    ],
)
def test_each_operation_has_its_bounds(work: Callable[[], object]) -> None:
    with pytest.raises(OutOfBounds):
        work()


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ 7 + 1 - 2 }}", "6"), ("{{ 'a' ~ title }}", "aplan"), ("{{ title | start }}", "Plan"),
        ("{% set a = title ~ '!' %}{{ a }}", "plan!"), ("{{ background | length }}", "2"),
        ("{% if title == 'plan' %}{% set a = 'x' %}{% else %}{% set a = 'y' %}{% endif %}{{ a }}", "x"),
        ("{% for block in background if block.style == '' %}{{ loop.index }}{% endfor %}", "12"),
        ("{% for block in background %}{{ block.key }}{% if not loop.last %}, {% endif %}{% endfor %}", "a, b"),
        ("{{ 'yes' if title in ('plan', 'other') else 'no' }}", "yes"),
    ],
)  # fmt: skip
def test_what_papers_need_is_filled_in(tag: str, words: str) -> None:
    paper = Context({"title": "plan"}, {"background": (paragraph("a", "A"), paragraph("b", "B"))})
    template = compiled(templated(tag), paper, marks=False)
    made = fill(template, frames_of(template, paper))["word/document.xml"].content
    assert f">{words}<".encode() in made


def many(text: str) -> list[Problem]:
    """The problems of a sentence said for each of a thousand actions with long texts."""
    actions = tuple(action(f"A-{n}", "Property", activity="plan " * 6000) for n in range(1000))
    with soon():
        made = told(Records(actions=actions), sentence(text, for_each="action", key="each"))
    assert sum(len(each.text) for each in made.context.sections["background"] if isinstance(each, Block)) < 21_000_000
    return list(made.problems)


@pytest.mark.deep
@pytest.mark.parametrize("text", ["{{ action.activity }}" * 2, "{{ action.activity ~ '' }}{{ action.activity ~ 'x' }}"])
def test_what_is_said_of_many_rows_is_bounded_as_a_whole(text: str) -> None:
    problems = many(text)
    assert [(each.code, each.place.cell) for each in problems] == [("W201", "F2")]
    assert "the paper would be longer than 20,000,000 characters" in problems[0].message
    assert many("{{ action.ref }}") == []


def test_many_fields_of_one_sentence_are_bounded_together() -> None:
    actions = (action("A-1", "Property", activity="plan " * 6000),)
    with soon():
        made = told(Records(actions=actions), sentence("{{ action.activity }}" * 1000, for_each="action", key="each"))
    assert "more than 200,000 characters would come of it" in made.problems[0].message


def test_lists_made_from_lists_are_bounded_and_only_the_cause_is_told() -> None:
    def settings(number: int, first: str) -> str:
        lists = (f'[lists."l{n}"]\nfrom = "{f"l{n - 1}" if n else first}"\n' for n in reversed(range(number)))
        return '[fields]\ntitle = "Plan"\n' + "".join(lists)

    with soon(), pytest.raises(PaperError) as refused:
        settings_in(settings(5000, "letter received"), ROOT)
    assert "“lists” holds 5,000 tables." in [each.message for each in refused.value.problems]
    known = settings_in(settings(200, "letter received"), ROOT)
    with soon():
        assert told(Records(), sentence("All is well.", show_when="no l199"), of=known).problems == ()
    with soon(), pytest.raises(PaperError) as unmade:
        told(Records(), sentence("All is well."), of=settings_in(settings(200, "letters"), ROOT))
    assert [(each.code, each.place.near) for each in unmade.value.problems] == [("W101", "[lists.l0]")]


def test_conditions_without_end_are_checked_soon() -> None:
    with soon():
        for each in (" and ".join(f"ab{n}" for n in range(4000)), "no " * 9000, "x" * 32_000):
            assert told(Records(), sentence("All is well.", show_when=each)).problems
