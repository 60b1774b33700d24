from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.revise import Edit, Likeness, edits, normalised, three_way, tokens, took, words

texts = st.lists(
    st.sampled_from(["Amber", "Green", "24", "31", "of", "is", "97%", ".", "(improving)", "plan"]), max_size=14
).map(" ".join)


def applied(text: str, changes: tuple[Edit, ...]) -> str:
    for edit in sorted(changes, key=lambda e: (e.start, e.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@given(texts, texts)
def test_the_edits_from_one_text_to_another_give_the_other(old: str, new: str) -> None:
    assert normalised(applied(old, edits(old, new))) == normalised(new)


@given(texts, texts, texts)
def test_a_merge_keeps_every_word_of_theirs_that_ours_did_not_mean_to_change(base: str, theirs: str, ours: str) -> None:
    offer = three_way(base, theirs, ours)
    if offer is None:
        return
    kept = words(applied(theirs, offer))
    own = [word for word in words(theirs) if word not in words(base)]
    assert [word for word in own if word not in kept] == []


@given(texts, texts)
def test_without_an_edit_of_theirs_the_merge_is_ours(base: str, ours: str) -> None:
    offer = three_way(base, base, ours)
    assert offer is not None
    assert normalised(applied(base, offer)) == normalised(ours)


def test_two_changed_figures_in_one_sentence_are_never_combined() -> None:
    assert three_way("24 of the actions in the plan of 31 are done.", "25 of the actions in the plan of 31 are done.",
                 "24 of the actions in the plan of 32 are done.") is None  # fmt: skip


def test_a_word_beside_a_changed_word_is_never_combined_with_it() -> None:
    assert three_way("The status is Amber", "The status is Amber (improving)", "The status is Green") is None


def test_changes_in_two_sentences_stand_together() -> None:
    offer = three_way("24 are done. The rest is due in May.", "24 are done. The rest is due in June.",
                  "27 are done. The rest is due in May.")  # fmt: skip
    assert offer == (Edit(0, 2, "27"),)


@pytest.mark.parametrize("typed", ["With help", "Each month", "For its health"])
def test_a_word_that_only_ends_as_an_ordinal_does_is_no_figure(typed: str) -> None:
    base, ours = (
        "The Council sent its update on 19 September 2016.",
        "The Council sent its update on 20 September 2016.",
    )
    theirs = f"{typed} the Council sent its update on 19 September 2016."
    assert applied(theirs, three_way(base, theirs, ours) or ()) == theirs.replace("19", "20")


@pytest.mark.parametrize("typed", ["For the twentieth time", "On the fourth day", "In the sixteenth month"])
def test_an_ordinal_is_a_figure(typed: str) -> None:
    base, ours = (
        "The Council sent its update on 19 September 2016.",
        "The Council sent its update on 20 September 2016.",
    )
    assert three_way(base, f"{typed} the Council sent its update on 19 September 2016.", ours) is None


def test_figures_percentages_and_references_are_whole_words() -> None:
    assert [t for t in tokens("£1,250.50 is 97% of [[_cp_0123456789ab]].") if t.strip()] == [
        *("£", "1,250.50", "is", "97%", "of", "[[_cp_0123456789ab]]", ".")
    ]


@pytest.mark.parametrize(
    ("theirs", "taken"),
    [
        ("27 of 31 are done.", True),
        ("By now, 27 of 31 are done, the lead officer says.", True),
        ("Of the 31 no fewer than 27 are done.", False),  # in another order it cannot be told, and a person is asked
        ("24 of 31 are done.", False),
        ("Some 24 of 31 are done.", False),
        ("24 or 27 of 31 are done.", False),
        ("Most are done.", False),
        ("", False),
    ],
)
def test_a_text_took_a_change_where_it_holds_the_new_value_and_not_the_old(theirs: str, taken: bool) -> None:
    assert took("24 of 31 are done.", theirs, "27 of 31 are done.") is taken


def test_a_text_took_two_changes_only_where_it_took_both() -> None:
    before, after = "24 are done. The rest is due in May.", "27 are done. The rest is due in June."
    assert took(before, "27 are done. All others are due in June.", after)
    assert not took(before, "27 are done. All others are due in May.", after)


def test_how_alike_two_texts_are_is_the_share_of_words_that_stand_in_both_in_order() -> None:
    like = Likeness()
    assert like("one two three four", "one two three five") == pytest.approx(0.75)
    assert like("one two", "one two") == 1
    assert like("one two", "three four") == 0
    assert like("one two three four", "one two three five", 0.8) == 0, "below what is asked for it is not worked out"


def test_what_is_between_two_changed_words_is_changed_with_them_only_where_it_is_blank() -> None:
    assert edits("24 31 done", "25 32 done") == (Edit(0, 5, "25 32"),)
    assert edits("24 of 31 done", "25 of 32 done") == (Edit(0, 2, "25"), Edit(6, 8, "32"))


def test_other_quotation_marks_and_dashes_are_no_change() -> None:
    assert edits("the Council's “plan” – done", 'the Council’s "plan" - done') == ()
