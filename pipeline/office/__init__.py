"""Every question about a paper and every act on it, as a function of plain arguments that returns plain data.

    from datetime import date
    from pipeline import office

    built = office.build("best-value-board", meeting=date(2017, 1, 23))
    print(built.path, [str(problem) for problem in built.problems])

Each takes the name of a report (the only one, where there is one) and what is said of `Asked`: the folders, the
meeting, the day of the facts, the draft, and `now`, which stands in for the clock. What comes back is a frozen
dataclass; what a command prints with --json is the same data, and where it has a `code`, that is the command's exit
code. Whatever an officer should know is raised as a PaperError with its problems. Acts that write hold the outputs
folder alone. Each function is loaded when it is first asked for.

Beneath them, for whoever needs more than plain data: `gather` reads what an Order names, `standing_of` tells how its
paper stands, part by part, and `obstacles` is the gate before publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.offered import offered

if TYPE_CHECKING:
    from pipeline.office.carrying import Carried, carry
    from pipeline.office.checking import check, check_template
    from pipeline.office.comparing import diff
    from pipeline.office.copying import Copies, add_copies, copies, not_ours
    from pipeline.office.diary import timetable
    from pipeline.office.drafting import Built, build
    from pipeline.office.explaining import explain, figures
    from pipeline.office.founding import Founded, answers_in, found, prospect
    from pipeline.office.gate import obstacles
    from pipeline.office.health import doctor
    from pipeline.office.lookups import inspect, rule, rules
    from pipeline.office.material import Asked, Order, gather
    from pipeline.office.overview import status
    from pipeline.office.passages import LetStand, let_stand
    from pipeline.office.publication import Published, publish, verify, withdraw
    from pipeline.office.redacting import Redaction, redaction
    from pipeline.office.repairing import Repaired, repair
    from pipeline.office.retaining import Retained, retention
    from pipeline.office.settling import Settled, acts_as_csv, settle
    from pipeline.office.standing import Standing, standing_of
    from pipeline.office.supplementing import supplement

__all__ = [
    "Asked",
    "Built",
    "Carried",
    "Copies",
    "Finding",
    "Founded",
    "LetStand",
    "Order",
    "PaperStatus",
    "Published",
    "Redaction",
    "Repaired",
    "ReportStatus",
    "Retained",
    "Settled",
    "Standing",
    "Status",
    "acts_as_csv",
    "add_copies",
    "answers_in",
    "build",
    "carry",
    "check",
    "check_template",
    "copies",
    "diff",
    "doctor",
    "explain",
    "figures",
    "found",
    "gather",
    "inspect",
    "let_stand",
    "not_ours",
    "obstacles",
    "offer_of",
    "prospect",
    "publish",
    "redaction",
    "remember",
    "repair",
    "retention",
    "rule",
    "rules",
    "settle",
    "standing_of",
    "status",
    "supplement",
    "template_of",
    "timetable",
    "typed_problems",
    "undone",
    "verify",
    "withdraw",
]
__getattr__ = offered(
    __name__,
    {
        "templates": ["offer_of", "template_of"],
        "carrying": ["Carried", "carry"],
        "clearing": ["remember"],
        "failed_nights": ["undone"],
        "findings": ["typed_problems"],
        "checking": ["check", "check_template"],
        "comparing": ["diff"],
        "copying": ["Copies", "add_copies", "copies", "not_ours"],
        "diary": ["timetable"],
        "drafting": ["Built", "build"],
        "founding": ["Founded", "answers_in", "found", "prospect"],
        "gate": ["obstacles"],
        "explaining": ["explain", "figures"],
        "health": ["Finding", "doctor"],
        "lookups": ["inspect", "rule", "rules"],
        "material": ["Asked", "Order", "gather"],
        "overview": ["PaperStatus", "ReportStatus", "Status", "status"],
        "passages": ["LetStand", "let_stand"],
        "publication": ["Published", "publish", "verify", "withdraw"],
        "redacting": ["Redaction", "redaction"],
        "retaining": ["Retained", "retention"],
        "repairing": ["Repaired", "repair"],
        "settling": ["Settled", "acts_as_csv", "settle"],
        "standing": ["Standing", "standing_of"],
        "supplementing": ["supplement"],
    },
)
