"""The samples' papers as they lie on disk: the record has a place for every fact, and the Word file has it there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.blocks import mark_name
from tests.office import office
from tests.reader import blocks_of

SAMPLES = [
    ("best-value-board", "2017-01-23"),
    ("recommendation-tracker", "2027-01-19"),
    ("budget-monitoring", "2026-11-24"),
]
Fact = Mapping[str, Any]


def facts_of(record: Mapping[str, Any]) -> Iterator[tuple[str, Fact]]:
    """Every fact of a record with the key of its block."""
    return ((block["key"], fact) for block in record["blocks"] for fact in block["facts"])


def ambiguous(record: Mapping[str, Any], content: bytes) -> list[Fact]:
    """The facts of which a reader of the file cannot say where they are printed: the text that they say they cut out
    of their block is another, or there is no such block.
    """
    there = blocks_of(content)

    def is_there(key: str, fact: Fact) -> bool:
        texts = there.get(mark_name(key), ())
        end = fact["start"] + len(fact["text"])
        return fact["cell"] < len(texts) and texts[fact["cell"]][fact["start"] : end] == fact["text"]

    return [fact for key, fact in facts_of(record) if not is_there(key, fact)]


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda sample: sample[0])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], bytes]:
    report, meeting = request.param
    made = office(tmp_path_factory.mktemp("desk"), report).build(meeting)
    return json.loads((made.path.parent / "record" / "draft 1.json").read_text("utf-8")), made.path.read_bytes()


def test_no_fact_of_a_sample_is_ambiguous(sample: tuple[dict[str, Any], bytes]) -> None:
    record, content = sample
    assert ambiguous(record, content) == []
    assert len(list(facts_of(record))) > 90


def test_facts_whose_words_stand_twice_in_their_text_are_told_apart(tmp_path: Path) -> None:
    made = office(tmp_path).build("2017-01-23")
    record = json.loads((made.path.parent / "record" / "draft 1.json").read_text("utf-8"))
    texts = {block["key"]: block["texts"] for block in record["blocks"]}
    words = [(key, fact) for key, fact in facts_of(record) if fact["text"]]
    twice = [fact for key, fact in words if texts[key][fact["cell"]].count(fact["text"]) > 1]
    assert len(twice) > 5
    places = [(key, fact["cell"], fact["start"], fact["text"], fact["how"]) for key, fact in words]
    assert len(set(places)) == len(places), "no two facts stand in one place"


@pytest.mark.parametrize("change", [{"start": 1}, {"cell": 7}, {"text": "96%"}], ids=str)
def test_a_planted_ambiguity_is_found(sample: tuple[dict[str, Any], bytes], change: dict[str, Any]) -> None:
    record, content = sample
    block = next(block for block in record["blocks"] if block["facts"])
    planted = {**block["facts"][0], **change}
    assert ambiguous({"blocks": [{**block, "facts": [planted]}]}, content) == [planted]
    assert ambiguous({"blocks": [{**block, "key": "elsewhere"}]}, content) == block["facts"]


def test_every_source_names_its_file(sample: tuple[dict[str, Any], bytes]) -> None:
    record, _ = sample
    places = [place for _, fact in facts_of(record) for place in fact["sources"]]
    assert {file.rpartition(".")[2] for file, *_ in places} <= {"xlsx", "docx", "toml"}
    assert all(sheet for file, sheet, *_ in places if file.endswith(".xlsx"))


def test_what_a_header_block_and_a_table_laid_across_print_belongs_to_their_blocks(tmp_path: Path) -> None:
    made = office(tmp_path).build("2017-01-23")
    record = json.loads((made.path.parent / "record" / "draft 1.json").read_text("utf-8"))
    facts = {block["key"]: block["facts"] for block in record["blocks"]}
    assert [(each["name"], each["cell"], each["text"]) for each in facts["template/1-title-service-item-date"]][2:] == [
        ("item", 2, "To be confirmed"), ("date", 3, "23 January 2017")]  # fmt: skip
    across = facts["template/1-row-percent/background/progress table"]
    assert [(each["cell"], each["text"], [place[2] for place in each["sources"]]) for each in across][2:4] == [
        (2, "97%", ["E6", "D6"]), (3, "92%", ["E7", "D7"])]  # fmt: skip
