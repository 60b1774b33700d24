"""The commands: the only room that talks to a person."""

from pipeline.offered import offered

__all__ = [
    "COLLECTED_AFTER",
    "COMMANDS",
    "INDENT",
    "WIDTH",
    "as_data",
    "commands",
    "folded",
    "or_of_the_last_meeting",
    "run",
    "show_problems",
]
__getattr__ = offered(
    __name__,
    {
        "talk": ["INDENT", "WIDTH", "as_data", "folded", "show_problems"],
        "options": ["or_of_the_last_meeting"],
        "main": ["COLLECTED_AFTER", "COMMANDS", "commands", "run"],
    },
)
