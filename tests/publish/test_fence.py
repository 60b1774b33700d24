"""What rows that may not be public say is found in whatever goes out, and what is openly known is not."""

from __future__ import annotations

import time

import pytest

from pipeline.kinds import Letter, Withheld
from pipeline.problems import Place
from pipeline.publish import Fence, fence_round

OPEN = (
    "The Council has an improvement plan, and reports to the Secretary of State every month.",
    "COR-041", "Mayor", "A budget of £120,000 was agreed with Brightwell Partners.",
)  # fmt: skip


def row(number: int = 7, **texts: str) -> Withheld:
    record = Letter(
        key="COR-077", ref="COR-077", date=None, direction="in", sender=texts.get("sender", ""), recipient=""
    )  # type: ignore[arg-type]
    return Withheld(
        kind="letters", key="COR-077", source=Place("log.xlsx", "Log", f"A{number}"), paragraph="3",
        mark=Place("log.xlsx", "Log", f"N{number}"), texts=texts, record=record,
    )  # fmt: skip


def around(**texts: str) -> Fence:
    return fence_round([row(**texts)], lambda: OPEN)


@pytest.mark.parametrize(("withheld", "said"), [
    ("Settle with the other side", "We shall SETTLE, with the\u00a0other side."),
    ("the council’s offer to “buy-back” the yard", "It is the Council's offer to \"buy‑back\" the yard that counts."),
    ("They would settle early, provided that the lease of the yard ends with the year and no costs are claimed.",
     "Members heard that no costs are claimed provided that the lease of the yard ends with the year."),
    ("an offer of £45,000 to settle", "It will cost £45,000.00 in all."),
    ("45000", "a sum of 45,000 was named"),
    ("see COR-088", "as in COR 088"),
    ("spoke to Jane Fairweather about it", "Jane Fairweather said so."),
    ("Kestrel settlement", "the Kestrel settlement"),
    ("an offer of £0.4m to settle", "£400,000 was offered"), ("an offer of £412,000 to settle", "£0.412 million"),
    ("an offer of £412k to settle", "£412 000"), ("£1.25m", "about £1,250,000 in all"),
    ("spoke to Jane Fairweather about it", "Fairweather, Jane"),
    ("spoke to Jane Fairweather about it", "J. Fairweather"),
    ("spoke to Jane Fairweather about it", "Ms Fairweather’s claim"), ("spoke to Zoë Müller about it", "Zoe Muller"),
    ("Kestrel settlement agreed early", "the Kestrel settle-\nment agreed early"),
    ("Kestrel settlement agreed early", "Kestrel settle\u200bment agreed early"),
    ("ring 07700 900123 for more", "07700900123"), ("Zoë\u200d Müller-Smyth of the yard", "zoe muller-smyth"),
    ("NI number QQ 12 34 56 C", "QQ123456C"),
    ("It was said that the lease of Alder may end at any time and so on and so on",
     "The lease of Alder may go on."),
    ("their number is 123 456 789 now", "no. 123456789"),
    ("write to jane.f@example.org now", "jane.f@example.org"), ("the flat at E1 6AN is empty", "E1 6AN"),
])  # fmt: skip
def test_what_a_withheld_row_says_is_found(withheld: str, said: str) -> None:
    assert around(points=withheld).said_in(said)


@pytest.mark.parametrize("said", ["a letter from Kestrel", "Kestrel Ltd wrote", "KESTREL"])
def test_the_name_of_whoever_wrote_is_found(said: str) -> None:
    assert around(sender="Kestrel").said_in(said)


@pytest.mark.parametrize(("withheld", "said"), [
    ("reports to the Secretary of State every month", "It reports to the Secretary of State every month."),
    ("a budget of £120,000", "£120,000 was agreed"), ("Brightwell Partners", "Brightwell Partners agreed"),
    ("COR-041", "COR-041 came"), ("23 January 2017", "on 23 January 2017"),
    ("in the year 2017", "2017 was a good year"),
    ("On hold", "It is on hold for now."), ("Chief Executive", "The Chief Executive said so."),
    ("no costs are claimed by anybody", "no costs arise"), ("3", "3 letters"), ("Mayor", "the Mayor"),
    ("Ofsted", "as Ofsted said"),
    ("a budget of £0.12m", "£120,000 was agreed"), ("Wren Agreement", "the Council’s agreement"),
    ("spoke to Alder Yard", "a yard"), ("they spoke to Kestrel about the lease of it", "Kestrel said so."),
    ("ring 07700 900123 for more", "107700900123"),
    ("they spoke to Jane Brightwell about it all", "as Mr Brightwell said"), ("NI number QQ 12 34 56 C", "QQ123456CD"),
    ("the annual report of the council to members", "the annual reports of councils"),
    ("They met at the end of the month to speak of several matters and of nothing else at all",
     "It was at the end of the month."),
])  # fmt: skip
def test_what_is_openly_known_or_said_by_chance_is_none_of_it(withheld: str, said: str) -> None:
    assert not around(points=withheld, sender=withheld if withheld.istitle() else "").said_in(said)


def test_a_lower_case_word_is_no_name() -> None:
    assert not around(sender="Parks").said_in("the parks are open")
    assert around(sender="Parks").said_in("a note by Parks")


def test_the_rows_that_say_it_are_told_and_no_others() -> None:
    rows = [row(7, points="settle with the other side"), row(8, points="buy the yard from them")]
    found = fence_round(rows, lambda: OPEN).said_in("We shall settle with the other side.")
    assert [each.source.cell for each in found] == ["A7"]


def test_nothing_is_read_of_the_open_side_where_nothing_is_withheld() -> None:
    def never() -> tuple[str, ...]:
        raise AssertionError

    assert not fence_round([], never).said_in("Anything at all may be said here.")


@pytest.mark.deep
def test_a_thousand_rows_against_twenty_pages_take_well_under_a_second() -> None:
    import random

    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(3000)]
    rows = [row(number, points=" ".join(chance.choices(words, k=60))) for number in range(1000)]
    paper = [" ".join(chance.choices(words, k=80)) for _ in range(130)]
    start = time.process_time()
    fenced = fence_round(rows, lambda: paper[:100])
    hits = [fenced.said_in(text) for text in (*paper, rows[500].texts["points"])]
    assert time.process_time() - start < 1.0
    assert rows[500] in hits[-1]
