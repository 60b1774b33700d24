"""Several people's copies of one draft become one: whose words stand, where they part, and that none is lost."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.opc import serialise
from pipeline.revise import (
    Spot,
    join_copies,
    joined_words,
    left_in,
    lost_in,
    normalised,
    open_paper,
    words,
)
from pipeline.word import PARAGRAPH, RUN, TEXT, Element, make, qn
from tests.revise.colleague import Colleague
from tests.revise.joins import KINDS, WHEN, drafts, saved_by, table, tried
from tests.revise.papers import paper, run
from tests.revise.simulate import OLD

SOME = st.lists(
    st.sampled_from(
        ["the", "board", "of", "12", "areas", "is", "green", ".", ",", "officer", "met", "7", "on", "Monday"]
    ),
    max_size=14,
)


def versions(base: str, *texts: str) -> list[list[str]]:
    return [[version.text for version in spot.versions] for spot in joined_words(base, texts)]


@pytest.mark.parametrize(
    ("base", "texts", "expected"),
    [
        # never a value that nobody wrote: not “Green (improving)”
        ("Amber", ("Green", "Amber (improving)"), [["Green", "Amber (improving)"]]),
        ("Amber (improving)", ("Green (improving)", "Amber (worse)"), [["Green (improving", "Amber (worse"]]),
        ("It is good.", ("It is not good.", "It is very good."), [["not ", "very "]]),
        # two figures of one sentence
        ("Of 12 areas 8 are.", ("Of 13 areas 8 are.", "Of 12 areas 9 are."), [["13 areas 8", "12 areas 9"]]),
        # far enough apart
        ("The board met on Monday.", ("The panel met on Monday.", "The board met on Friday."), [["panel"], ["Friday"]]),
        # the same edit of both, once
        ("The board met.", ("The panel met.", "The panel met."), [["panel"]]),
        ("a b c d e", ("x b c d e", "x y c d e"), [["x y"]]),
        # not even of two who agree in half of a value
        ("Amber (improving)", ("Green (improving)", "Green (worse)"), [["Green (improving", "Green (worse"]]),
        ("Amber (improving)", ("Green (improving)", "Amber (improving since May)"),
         [["Green (improving", "Amber (improving since May"]]),
        # whole sentences at one place, one after the other
        ("It works.", ("It works. It is late.", "It works. It is early."), [[" It is late."], [" It is early."]]),
        ("A. C.", ("A. B. C.", "A. C. D."), [[" B."], [" D."]]),
        # one edits and another deletes
        ("The plan is late.", ("The plan is very late.", ""), [["The plan is very late.", ""]]),
        # quotation marks that Word puts in by itself are no edit
        ("the 'plan'", ("the ‘plan’", "the 'plan'"), []),
    ],
)  # fmt: skip
def test_what_two_people_made_of_a_text(base: str, texts: tuple[str, ...], expected: list[list[str]]) -> None:
    assert versions(base, *texts) == expected


def edited(base: list[str], rng: random.Random) -> str:
    parts = list(base)
    for _ in range(rng.randint(1, 3)):
        at, word = rng.randrange(len(parts) + 1), f"{rng.choice(['report', 'due', 'area'])}{rng.randint(0, 99)}"
        if rng.random() < 0.4 or at == len(parts):
            parts.insert(at, word)
        elif rng.random() < 0.6:
            parts[at] = word
        else:
            del parts[at]
    return " ".join(parts)


@given(base=SOME, people=st.integers(2, 4), seed=st.integers(0, 10_000))
def test_no_word_is_lost_and_the_order_of_people_changes_nothing(base: list[str], people: int, seed: int) -> None:
    rng, text = random.Random(seed), " ".join(base)
    texts = [edited(base, rng) for _ in range(people)]
    spots = joined_words(text, texts)
    told = {each for spot in spots for version in spot.versions for each in words(version.text)}
    assert all({*words(each)} <= told | {*words(text)} for each in texts)
    for n, each in enumerate(texts):
        ends = [end for spot in spots for end in spot.spans[n]]
        assert ends == sorted(ends)
        theirs = [(spot.spans[n], v.text) for spot in spots for v in spot.versions if n in v.people]
        assert all(normalised(each[slice(*span)]) == normalised(said) for span, said in theirs)
    for order in itertools.permutations(range(people)):
        other = joined_words(text, [texts[n] for n in order])
        assert told_of(spots, range(people)) == told_of(other, order)


def told_of(spots: Iterable[Spot], numbers: Sequence[int]) -> set[frozenset[tuple[str, frozenset[int]]]]:
    """What is told of each spot: the versions, and the numbers of the people who wrote each."""
    told = ([(normalised(v.text), frozenset(numbers[n] for n in v.people)) for v in spot.versions] for spot in spots)
    return set(map(frozenset, told))


# Whole papers.


@pytest.mark.parametrize("kind", [KINDS[0], KINDS[2], KINDS[3]])
def test_copies_of_a_draft_are_joined_and_brought_up_to_date(kind: str) -> None:
    score = tried(kind, 3)
    assert score.faults == []
    assert score.counts["typed words"] > 20


MANY = {KINDS[0]: 150, KINDS[1]: 60, KINDS[2]: 90, KINDS[3]: 90}


@pytest.mark.deep
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.libreoffice] if kind == KINDS[1] else []) for kind in MANY]
)
def test_many_copies_of_a_draft_are_joined(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is lost, doubled or unsound; what a copy has for whole pages is named, and little else."""
    score = tried(kind, MANY[kind], validate=10)
    with capsys.disabled():
        print(table({kind: score}))
    assert score.faults == []
    pages = sum(score.counts[f"named: {what}"] for what in ("a section of its own", "a header or footer"))
    assert score.counts["refused, named"] - pages <= MANY[kind] // 25


def with_changes(change: Mapping[str, str], name: str) -> tuple[str, bytes]:
    copy = open_paper(paper(OLD), name)
    for text in copy.body.iter(TEXT):
        for old, new in change.items():
            text.text = (text.text or "").replace(old, new)
    return f"{name}.docx", saved_by(copy.content(), name)


def shown(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(TEXT))


def place(body: Element, words_in_it: str) -> Element:
    return next(each for each in body.iter(PARAGRAPH) if words_in_it in shown(each))


def paragraph(content: bytes, words_in_it: str) -> Element:
    return place(open_paper(content, "a paper").body, words_in_it)


STEADY = "Progress is reviewed each month"
_WORDS_AND_NOTE = "w:t", "w:footnoteReference"


def test_who_edits_what_another_deletes_is_struck_out_under_the_name_of_the_one_who_deleted() -> None:
    name, ann = with_changes({"each month": "each month and each quarter"}, "Ann Lee")
    copy = open_paper(paper(OLD), "Bea Moss")
    copy.body.remove(place(copy.body, STEADY))
    joined = join_copies(paper(OLD), {name: ann, "b.docx": saved_by(copy.content(), "Bea Moss")}, WHEN)
    struck = open_paper(joined.content, "a paper").body.findall(f".//{qn('w:del')}")
    assert {each.get(qn("w:author")) for each in struck} == {"Bea Moss"}
    assert "each month and each quarter" in "".join(t.text or "" for each in struck for t in each.iter(qn("w:delText")))
    [difference] = joined.differences
    assert (difference.why, [version.who for version in difference.versions]) == (
        "edited and deleted",
        ["Ann Lee", "Bea Moss"],
    )
    assert not joined.lost


def test_of_two_versions_of_one_place_the_second_is_a_tracked_change_of_its_author() -> None:
    copies = dict(
        with_changes({"each month": f"each {new}"}, name)
        for name, new in (("Ann Lee", "week"), ("Bea Moss", "quarter"))
    )
    joined = join_copies(paper(OLD), copies, WHEN)
    there = paragraph(joined.content, STEADY.split(" each", maxsplit=1)[0])
    [tracked] = there.findall(qn("w:ins"))
    assert (tracked.get(qn("w:author")), shown(tracked)) == ("Bea Moss", " quarter")
    assert "reviewed each week quarter by" in shown(there)
    assert [d.why for d in joined.differences] == ["same words"]


def test_a_paragraph_that_nobody_touched_stays_byte_for_byte() -> None:
    name, ann = with_changes({"each month": "each week"}, "Ann Lee")
    before, after = (
        paragraph(each, "keep to the terms")
        for each in (paper(OLD), join_copies(paper(OLD), {name: ann}, WHEN).content)
    )
    assert serialise(before) == serialise(after)


@pytest.mark.parametrize("at", ["Progress is", "officer explains"])
def test_of_two_versions_of_one_place_each_stands_as_words_of_its_own(at: str) -> None:
    """Whether the blank before new words counts as theirs, or the one after them."""
    first, second = at.split()
    copies = dict(
        with_changes({at: f"{first} {new} {second}"}, name)
        for name, new in (("Ann Lee", "anew7x"), ("Bea Moss", "again8x"))
    )
    there = paragraph(join_copies(paper(OLD), copies, WHEN).content, "each month")
    assert f"{first} anew7x again8x {second}" in shown(there)


def test_what_several_put_into_one_paragraph_besides_words_stands_in_one_paragraph_at_its_place() -> None:
    copies = {}
    for name, act in (("Ann Lee", "note"), ("Bea Moss", "note"), ("Cid Nye", "picture")):
        opened = open_paper(paper(OLD), name)
        hand = Colleague(opened, 0, {}, name=name)
        hand.rng = random.Random(name)
        getattr(hand, act)(place(opened.body, STEADY))
        copies[f"{name}.docx"] = saved_by(opened.content(), name)
    joined = join_copies(paper(OLD), copies, WHEN)
    assert (joined.lost, joined.differences) == ((), ())
    body = open_paper(joined.content, "a paper").body
    [there] = [each for each in body.iter(PARAGRAPH) if STEADY in shown(each)]
    assert [len(list(there.iter(qn(tag)))) for tag in ("w:footnoteReference", "w:drawing")] == [2, 1]


def test_a_note_of_one_stands_at_its_place_in_what_another_typed() -> None:
    opened = open_paper(paper(OLD), "Ann Lee")
    Colleague(opened, 0, {}, name="Ann Lee").note(place(opened.body, STEADY))
    there = place(opened.body, STEADY)
    words, note = (next(run for run in there.iter(RUN) if run.find(qn(tag)) is not None) for tag in _WORDS_AND_NOTE)
    text = words.find(TEXT)
    assert text is not None
    ahead, behind = (text.text or "").split(" each")
    text.text = ahead
    tail = run(f" each{behind}")
    note.addnext(tail)
    name, bea = with_changes({"Progress": "All progress", "each month": "each long month"}, "Bea Moss")
    joined = join_copies(paper(OLD), {"a.docx": saved_by(opened.content(), "Ann Lee"), name: bea}, WHEN)
    [found] = [
        each for each in open_paper(joined.content, "a").body.iter(PARAGRAPH) if "each long month" in shown(each)
    ]
    before = [leaf.tag for leaf in found.iter(TEXT, qn(_WORDS_AND_NOTE[1]))]
    assert shown(found).startswith("All progress is reviewed each long month")
    at = before.index(qn(_WORDS_AND_NOTE[1]))
    assert "".join(leaf.text or "" for leaf in list(found.iter(TEXT))[:at]) == "All progress is reviewed"
    assert joined.differences == ()


def test_pages_counted_anew_in_a_footer_keep_no_copy_from_being_joined() -> None:
    old = drafts().old
    copy = open_paper(old, "Ann Lee")
    next(t for t in copy.body.iter(TEXT) if "the update" in (t.text or "")).text = "In the letter of oddword."
    [footer] = copy.related("footer")
    assert copy.parts[footer].count(b"<w:t>1</w:t>") == 2
    copy.parts[footer] = copy.parts[footer].replace(b"<w:t>1</w:t>", b"<w:t>3</w:t>")
    assert join_copies(old, {"a.docx": copy.content()}, WHEN).lost == ()
    assert left_in(old, copy.content(), old) == ()
    copy.parts[footer] = copy.parts[footer].replace(b"Page ", b"Leaf ")
    assert left_in(old, copy.content(), old) == ("the footer",)


def test_a_list_and_a_style_of_somebodys_own_come_along() -> None:
    copy = open_paper(paper(OLD), "Ann Lee")
    styles = copy.tree("styles")
    assert styles is not None
    own = make("w:style", type="paragraph", styleId="Quote1")
    own.append(make("w:name", val="Our quote"))
    styles.append(own)
    copy.parts[copy.related("styles")[0]] = serialise(styles)
    at = place(copy.body, STEADY)
    quoted = make("w:p")
    properties = make("w:pPr")
    properties.append(make("w:pStyle", val="Quote1"))
    quoted.append(properties)
    quoted.append(run("It was said so."))
    at.addnext(quoted)
    joined = join_copies(paper(OLD), {"a.docx": saved_by(copy.content(), "Ann Lee")}, WHEN)
    there = paragraph(joined.content, "It was said so.")
    style = there.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    assert style is not None
    assert style.get(qn("w:val")) == "Quote1"
    known = open_paper(joined.content, "a paper").tree("styles")
    assert known is not None
    assert "Our quote" in [name.get(qn("w:val")) for name in known.iter(qn("w:name"))]


def test_what_would_be_lost_is_told() -> None:
    """The control of the proof: a joined draft that lacks something is not handed over."""
    copy = open_paper(paper(OLD), "Ann Lee")
    next(t for t in copy.body.iter(TEXT) if STEADY in (t.text or "")).text = "Progress is unknownword."
    assert "unknownword" in lost_in(paper(OLD), [copy.content()], paper(OLD))
    assert lost_in(paper(OLD), [paper(OLD)], paper(OLD)) == ()
