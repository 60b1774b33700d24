"""A second opinion: docxtpl-lint reads the template by its own means; what it alone calls an error is told as well.

It is asked only where every tag closes (it takes long over a great number of open ones) and of files of ordinary size,
and only what it finds in a line where nothing was found here is added. (docxtpl-lint 2.0, MIT licence.)
"""

from __future__ import annotations

from pipeline.check.template.parts import Part, Template
from pipeline.check.template.places import Places, shorten
from pipeline.check.template.tags import Scan
from pipeline.problems import Level, Problem, error
from pipeline.word.xml import PARAGRAPH

SIZE = 1_000_000
ENOUGH = 50
"""Problems after which no second opinion is needed."""

_RULES = {
    "DTL101": "starts here and never ends", "DTL102": "has no start before it to belong to",
    "DTL103": "cannot be read", "DTL201": "holds “%” or “}”, with which the letters after its first mark do not work",
    "DTL202": "has a gap in the wrong place", "DTL203": "acts on a table, but stands in none",
    "DTL204": "does not match the tag that it belongs to", "DTL205": "belongs to a tag in another table",
    "DTL206": "stands in the same row as the tag that it belongs to",
    "DTL207": "belongs to a tag in another row", "DTL208": "acts on a table cell, but stands in none",
    "DTL209": "takes away what stands beside it", "DTL210": "stands in the same line as the tag that it belongs to",
}  # fmt: skip


def opinion(
    content: bytes, template: Template, scans: list[tuple[Part, Scan]], known: list[Problem], places: Places
) -> list[Problem]:
    """T053: errors that docxtpl-lint finds in lines without an error of ours; none where it cannot be asked."""
    if any(found.slips for _, found in scans) or len(template.parts[template.body.name]) > SIZE:
        return []
    if not any(found.tags for _, found in scans) or len(known) > ENOUGH:
        return []
    lines = list(template.body.root.iter(PARAGRAPH))
    told = {problem.place for problem in known if problem.level is Level.ERROR}
    spots = {problem.place.near.split(", at “")[0] for problem in known if problem.level is Level.ERROR}
    found = []
    for rule, number, snippet in _asked(content):
        if rule in _RULES and 0 < number <= len(lines):
            place = places.of(template.body, lines[number - 1], snippet)
            if place not in told and place.near.split(", at “")[0] not in spots:
                message = f"“{shorten(snippet)}” {_RULES[rule]}."
                found.append(error("T053", place, message, "Compare it with a template that works, and type it again."))
    return found


def _asked(content: bytes) -> list[tuple[str, int, str]]:
    """Rule, number of the paragraph in the body, and the tag, of each error."""
    from docxtpl_lint import lint

    try:
        issues = lint(content, autoescape=True).errors
    except Exception:  # another reader's failure is no fault of the template: ours has read it
        return []
    return [(issue.rule, issue.location.paragraph, issue.snippet) for issue in issues if issue.location.part == "body"]
