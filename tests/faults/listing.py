"""The list of faults: each plants one thing in a sound office; what is said of it stands in the text file beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

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
    """The lines expected of every fault of a topic: a heading `# fault`, its lines below."""
    found: dict[str, list[str]] = {}
    path = file_of(topic)
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("# "):
            lines = found.setdefault(f"{topic}/{line[2:]}", [])
        elif line:
            lines.append(line)
    return found


def codes_of(topic: str) -> frozenset[str]:
    """The codes that the faults of a topic are answered with."""
    return frozenset(line.split()[1] for lines in lines_of(topic).values() for line in lines)


def expected(fault: Fault, found: Iterable[str]) -> list[str]:
    """The lines expected; with UPDATE_GOLDEN=1 those found, which are written down for a person to read first."""
    if os.environ.get("UPDATE_GOLDEN"):
        known = lines_of(fault.topic) | {fault.name: list(found)}
        write(fault.topic, {name: known[name] for name in FAULTS if name in known})
    return lines_of(fault.topic).get(fault.name, [])


def write(topic: str, known: Mapping[str, list[str]]) -> None:
    sections = ("\n".join((f"# {name.partition('/')[2]}", *lines)) for name, lines in known.items())
    file_of(topic).write_text("\n\n".join(sections) + "\n", encoding="utf-8")
