"""The list of faults: each plants one thing in a sound office; what is said of it stands in the text file beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.lines import lines_in, written_down
from tests.office import Office

FOLDER = Path(__file__).parent
Plant = Callable[[Office], None]


@dataclass(frozen=True)
class Fault:
    """`plant` spoils the office; `topic` names the text file that holds the lines expected."""

    topic: str
    name: str
    plant: Plant


FAULTS: dict[str, Fault] = {}


def list_of(module: str) -> Callable[[Plant], Plant]:
    """A decorator that lists the faults of a topic, which has its module's name."""
    topic = module.rpartition(".")[2]

    def fault(plant: Plant) -> Plant:
        name = f"{topic}/{plant.__name__}"
        if name in FAULTS:
            raise ValueError(f"{name} is planted twice")
        FAULTS[name] = Fault(topic, name, plant)
        return plant

    return fault


def file_of(topic: str) -> Path:
    return FOLDER / f"{topic}.txt"


def lines_of(topic: str) -> dict[str, list[str]]:
    """The lines expected of every fault of a topic."""
    return {f"{topic}/{name}": lines for name, lines in lines_in(file_of(topic)).items()}


def expected(fault: Fault, found: Sequence[str]) -> list[str]:
    """The lines expected; with UPDATE_GOLDEN=1 those found, which are written down for a person to read first."""
    if os.environ.get("UPDATE_GOLDEN"):
        written_down(file_of(fault.topic), {fault.name.partition("/")[2]: found})
    return lines_of(fault.topic).get(fault.name, [])
