"""Runs over many reports that nobody watches: what is due, each report on its own, logged, taken up again."""

from pipeline.offered import offered

__all__ = [
    "ALONE",
    "KINDS",
    "Attempt",
    "Result",
    "Task",
    "Workers",
    "draft",
    "draft_due",
    "encoded",
    "held_off",
    "in_order",
    "line_of",
    "prune",
    "resumed",
    "run",
    "steps",
    "units",
    "write_log",
]
__getattr__ = offered(
    __name__,
    {
        "attempts": ["draft", "draft_due"],
        "workers": ["held_off"],
        "results": ["Attempt", "Result", "line_of", "prune", "write_log"],
        "resuming": ["resumed"],
        "runs": ["ALONE", "Workers", "in_order", "run"],
        "schedules": ["KINDS", "Task", "encoded", "steps", "units"],
    },
)
