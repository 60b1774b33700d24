"""Files that are not read, in the words of the rooms that still open them by themselves."""

from __future__ import annotations

from pipeline.file_kinds import FAULTS
from pipeline.problems import Place, Problem, error


def damaged(name: str) -> Problem:
    """The problem of a file that breaks off or does not hold together."""
    code, what, cure = FAULTS["damaged"]
    return error(code, Place(name), f"“{name}” {what}", cure)


def too_large(name: str) -> Problem:
    """The problem of a file that unpacks to far more than a council's file holds."""
    code, what, cure = FAULTS["too large"]
    return error(code, Place(name), f"“{name}” {what}", cure)


def unsafe(name: str) -> Problem:
    """The problem of a file that defines entities, which no Office program writes and attackers do."""
    code, what, cure = FAULTS["unsafe"]
    return error(code, Place(name), f"“{name}” {what}", cure)
