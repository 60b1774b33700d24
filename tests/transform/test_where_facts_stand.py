"""Where a fact stands in its paragraph: known as the paragraph is put together, so that words that stand twice are told
apart.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipeline.blocks import Block, Fact
from pipeline.kinds import Records, changed
from pipeline.office import standing_of
from pipeline.transform import Transformed
from tests.builders import letter, sentence, told, update
from tests.office import office

SAMPLES = [("best-value-board", "2017-01-23"), ("recommendation-tracker", "2027-01-19")]
UPDATES = Records(updates=(update(6, "2016-09-19"),))
LETTERS = Records(
    letters=(
        letter("A", "2016-12-02", "in", "Minister", "Mayor", appendix_title="Letter"),
        letter("B", "2016-12-15", "out", "Mayor", "Minister", in_reply_to="A", appendix_title="Answer"),
    )
)


def paragraphs(sections: Iterable[Iterable[object]]) -> Iterator[Block]:
    """The paragraphs of some sections."""
    return (block for blocks in sections for block in blocks if isinstance(block, Block))


def misplaced(block: Block) -> list[Fact]:
    """The facts of a paragraph that do not stand where they say."""
    return [fact for fact in block.facts if block.text[fact.start : fact.end] != fact.text]


def only(made: Transformed) -> Block:
    """The one paragraph of the background."""
    (block,) = paragraphs([made.context.sections["background"]])
    return block


@pytest.mark.parametrize(("report", "meeting"), SAMPLES)
def test_every_fact_of_the_samples_stands_where_it_says(report: str, meeting: str, tmp_path: Path) -> None:
    context = standing_of(office(tmp_path, report).order(meeting)).context
    found = list(paragraphs(context.sections.values()))
    assert sum(len(block.facts) for block in found) > 20
    assert [fact for block in found for fact in misplaced(block)] == []
    first = next(block for block in found if block.facts)
    moved = first._replace(facts=tuple(fact._replace(start=fact.start + 1) for fact in first.facts))
    assert misplaced(moved), "a fact a letter further on is found"


def test_a_word_of_the_wording_is_not_the_figure_that_reads_alike() -> None:
    block = only(told(UPDATES, sentence("The six monthly update was the {{ last_update.number | words }}th of six.")))
    figure, whole = block.facts
    assert block.text == "The six monthly update was the sixth of six."
    assert (figure.text, figure.start) == ("six", block.text.index("sixth"))
    assert (whole.text, whole.start, whole.how) == (block.text, 0, "wording")


def test_blanks_that_are_left_out_move_what_stands_after_them() -> None:
    wording = "  No.  {{ ' ' ~ last_update.number ~ '  ' }}\n of {{ last_update.submitted | day }} "
    block = only(told(UPDATES, sentence(wording)))
    assert block.text == "No. 6 of 19 September 2016"
    assert [(fact.text, fact.start) for fact in block.facts] == [
        ("6", 4), ("19 September 2016", 9), (block.text, 0)]  # fmt: skip


def test_a_sentence_that_joins_another_stands_after_it() -> None:
    first, second = sentence("Update {{ last_update.number }}."), sentence("It has {{ last_update.number }} parts.")
    block = only(told(UPDATES, first, changed(second, joins=True)))
    assert [(fact.text, fact.start) for fact in block.facts] == [
        ("6", 7), ("Update 6.", 0), ("6", 17), ("It has 6 parts.", 10)]  # fmt: skip
    assert misplaced(block) == []


def test_a_reference_stands_as_it_reads_and_moves_what_follows() -> None:
    wording = "See {{ letter.in_reply_to.appendix }}, {{ letter.appendix }} and the {{ letter.sender }}."
    block = only(told(LETTERS, sentence(wording, for_each="letter sent")))
    assert block.text == "See Appendix 1, Appendix 2 and the Mayor."
    assert [(fact.text, fact.start) for fact in block.facts] == [
        ("Appendix 1", 4), ("Appendix 2", 16), ("Mayor", 35), (block.text, 0)]  # fmt: skip


def test_facts_stand_where_they_say_in_sentences_of_every_kind() -> None:
    """Sentences put together by chance from words, blanks of all kinds, values that read alike and references."""
    pieces = [
        "six", "6", ".", " ", "  ", "\n", "\t ", "{{ letter.sender }}", "{{ ' ' ~ letter.recipient ~ ' ' }}",
        "{{ letter.appendix }}", "{{ letter.in_reply_to.appendix }}", "({{ letter.in_reply_to.appendix }})",
        "{{ letter.date | day }}", "{{ 'x' if letter.sender }}", "{{ '' if letter.sender else 'y' }}", "Mayor",
    ]  # fmt: skip
    chance, tried = random.Random(13), 0
    for _ in range(400):
        rows = [sentence("".join(chance.choices(pieces, k=chance.randint(1, 9))) + "!", for_each="letter sent")]
        rows += [changed(rows[0], key=f"{n}", joins=chance.random() < 0.7) for n in range(2)]
        for block in paragraphs(told(LETTERS, *rows).context.sections.values()):
            tried += len(block.facts)
            assert misplaced(block) == []
            assert all(fact.text == fact.text.strip(" ") for fact in block.facts)
    assert tried > 2000
