from __future__ import annotations

from pipeline.blocks import mark_name
from pipeline.publish import as_read, labelled, reference_labels, section_texts
from pipeline.word import Story
from tests.publish.papers import Draft, complex_field, text
from tests.word.fields import FORMS, SIGNS


def _marked(key: str, words: str, number: int) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{mark_name(key)}"/>{text(words)}<w:bookmarkEnd w:id="{number}"/>'


def _paper() -> Story:
    draft = Draft()
    draft.add(_marked("recommendations/note", "That it is noted.", 1))
    draft.add(text("That an officer’s words are kept."))
    draft.add("")
    draft.add(_marked("recommendations/agree", "That it is agreed.", 2))
    field = complex_field(f"REF {mark_name('appendix/COR-1')} \\r \\h", "Appendix 2")
    draft.add(_marked("background/a", "See ", 3) + field + text(" and more."))
    cells = f"<w:tc><w:p>{_marked('actions/1', 'Audit', 4)}</w:p></w:tc><w:tc><w:p>{text('Open')}</w:p></w:tc>"
    draft.body.append(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>")
    return as_read(draft.bytes()).text


def test_a_section_includes_what_an_officer_wrote_between_its_paragraphs() -> None:
    keys = ["recommendations/note", "recommendations/agree"]
    assert section_texts(_paper(), keys) == (
        "That it is noted.", "That an officer’s words are kept.", "That it is agreed.",
    )  # fmt: skip
    assert section_texts(_paper(), ["nothing/here"]) == ()


def test_references_are_told_as_they_are_printed() -> None:
    labels = reference_labels(_paper())
    assert labels == {mark_name("appendix/COR-1"): "Appendix 2"}
    assert labelled(f"See [[{mark_name('appendix/COR-1')}]].", labels) == "See Appendix 2."


def test_what_shows_and_is_not_stored_is_quoted_and_hides_no_reference() -> None:
    draft = Draft()
    field = complex_field(f"REF {mark_name('appendix/COR-1')} \\r \\h", "Appendix 2")
    for piece, _ in (*FORMS, *SIGNS):
        draft.add(text("It is ") + piece + text(": see ") + field)
    read = as_read(draft.bytes()).text
    said = [each.text for each in Story(read.root).paragraphs.values()]
    assert said[: len(FORMS + SIGNS)] == [f"It is {words}: see Appendix 2" for _, words in (*FORMS, *SIGNS)]
    assert set(reference_labels(read).values()) == {"Appendix 2"}
