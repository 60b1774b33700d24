"""One paper in two months: the facts of January, and those of February."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.problems import Place
from tests.revise.papers import Para, Tab

Blocks = tuple[Para | Tab, ...]
HEADING, REC, APP = "Heading 1", "Recommendation", "Appendix Item"

_COMMON = {
    "intro": "This report tells the Board how far the actions of the improvement plan have come, and what comes next. "
    "It should be read with the letter in [[appendix/letter]].",
    "rec-note": "To note the progress that the report describes and the letters attached to it.",
    "monitoring": "Progress is reviewed each month by the officers who lead the five strands of the plan. "
    "Where an action is late, its lead officer explains why.",
    "legal": "The Council must keep to the terms on which it agreed the plan. There are no other legal implications.",
}


def blocks(facts: Mapping[str, str], rows: Mapping[str, tuple[str, ...]], *, extra: bool) -> Blocks:
    """The paper from its facts; `extra` adds a paragraph, a recommendation and a first appendix."""
    source, workshops = (Place("tracker.xlsx", "Actions", "G11"),), (Place("calendar.xlsx", "Workshops", "A3"),)
    more = [
        Para(
            "survey", "A survey of residents was carried out and is summarised in [[appendix/survey]].", sources=source
        )
    ]
    return (
        Para("template/1-progress-report", "Progress report", "Title"),
        Para("template/2-introduction", "Introduction", HEADING),
        Para("intro", _COMMON["intro"]),
        Para("template/3-recommendations", "Recommendations", HEADING),
        Para("rec-note", _COMMON["rec-note"], REC),
        Para(
            "rec-agree",
            f"To agree that the next report comes to the meeting on {facts['next']}.",
            REC,
            (Place("calendar.xlsx", "Meetings", "B4"),),
        ),
        *([Para("rec-survey", "To thank those who took part in the survey.", REC)] if extra else []),
        Para("template/4-background", "Background", HEADING),
        Para(
            "progress",
            f"Of the {facts['total']} actions in the plan {facts['done']} are complete. "
            f"The {facts['nth']} update was sent to the department on {facts['sent']}. "
            "It set out the reasons for each delay and the dates now proposed.",
            sources=source,
        ),
        Para("monitoring", _COMMON["monitoring"]),
        *(more if extra else []),
        Para(
            "workshop",
            f"A workshop for members {facts['workshop']} at the town hall.",
            sources=workshops,
        ),
        *(
            []
            if extra
            else [Para("awaited", "A reply to the last update is awaited from the department.", sources=source)]
        ),
        Para("template/5-actions", "Open actions", HEADING),
        Tab("actions", ("Ref", "Activity", "Deadline", "Status"), rows, source),
        Para("template/6-comments", "Comments", HEADING),
        Para(
            "finance",
            f"The cost to date is £{facts['cost']} and is met from existing budgets.",
            sources=(Place("finance.docx"),),
        ),
        Para("legal", _COMMON["legal"]),
        Para("template/7-appendices", "Appendices", HEADING),
        *([Para("appendix/survey", "Results of the survey of residents", APP)] if extra else []),
        Para("appendix/letter", f"Letter of {facts['sent']} to the department", APP),
        Para("appendix/plan", "The improvement plan", APP),
    )


JANUARY = blocks(
    {
        "next": "23 January 2017", "total": "31", "done": "24", "nth": "third", "sent": "12 December 2016",
        "workshop": "will be held on 17 January 2017", "cost": "112,000",
    },
    {
        "BV-1": ("BV-1", "Agree the new grants policy", "January 2017", "On track"),
        "BV-2": ("BV-2", "Recruit a head of communications and settle the team around them", "March 2017", "Delayed"),
        "BV-3": ("BV-3", "Train presiding officers", "April 2017", "On track"),
        "BV-4": ("BV-4", "Publish the register of property disposals", "On-going", "On track"),
    },
    extra=False,
)  # fmt: skip

FEBRUARY = blocks(
    {
        "next": "20 February 2017", "total": "31", "done": "27", "nth": "fourth", "sent": "30 January 2017",
        "workshop": "was held on 17 January 2017", "cost": "118,500",
    },
    {
        "BV-2": ("BV-2", "Recruit a head of communications and settle the team around them", "May 2017", "Delayed"),
        "BV-3": ("BV-3", "Train presiding officers", "April 2017", "Complete"),
        "BV-4": ("BV-4", "Publish the register of property disposals", "On-going", "On track"),
        "BV-5": ("BV-5", "Review the polling stations", "June 2017", "On track"),
    },
    extra=True,
)  # fmt: skip
