from __future__ import annotations

import re

from pipeline.check import check_template
from pipeline.rules import rules
from tests.check.template.faults import leftovers, structure, tags
from tests.check.template.faults.listing import FAULTS
from tests.check.template.faults.making import OFFER, put, saved, say, sound

LISTED = (leftovers, structure, tags)


def test_every_rule_has_a_fault_that_breaks_it() -> None:
    broken = {code for fault in FAULTS.values() for line in fault.lines for code in re.findall(r"^\w+ (T\d{3})", line)}
    others = {"T052", "T055"}  # below, and in tests/render
    assert {code for code in rules() if code.startswith("T0")} - broken - others == set()


def test_what_a_reference_manager_keeps_in_a_field_is_no_tag() -> None:
    paper = sound()
    put(paper, '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>ADDIN ITEM {"a":{"b":{"id":1}}}'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>(Smith, 2016)</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')  # fmt: skip
    assert check_template(saved(paper), "template.docx", OFFER) == check_template(
        saved(sound()), "template.docx", OFFER
    )


def test_problems_of_one_kind_are_told_fifty_times_and_then_counted() -> None:
    paper = sound()
    say(paper, *[f"{{{{ titel{number} }}}}" for number in range(120)])
    found = check_template(saved(paper), "template.docx", OFFER)
    assert sum(problem.code == "T011" for problem in found) == 50
    assert found[-1].message == "70 more problems of the kind T011."
