"""Rows that may not be public are read apart, whatever their kind, and no message quotes what stands in them."""

from __future__ import annotations

from pathlib import Path

from tests.office import Office, check, office

CANARY = "Kestrel settlement"


def told(desk: Office) -> list[str]:
    return [str(each) for each in check(desk.order("2017-01-23"))]


def test_a_slip_in_an_exempt_action_is_told_by_its_cell_alone(tmp_path: Path) -> None:
    desk = office(tmp_path)
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K7="3", D7=CANARY, E7=CANARY, C7=CANARY, A7=CANARY)
    lines = told(desk)
    assert any("cell D7: “…” is not a date" in line for line in lines)
    assert any("cell E7: “…” is not one of the words" in line for line in lines)
    assert not any(CANARY in line for line in lines)


def test_a_slip_in_an_exempt_letter_is_told_by_its_cell_alone(tmp_path: Path) -> None:
    desk = office(tmp_path)
    words = dict.fromkeys(("A4", "C4", "D4", "F4", "G4", "H4", "J4", "K4", "L4", "M4"), CANARY)
    desk.put("correspondence.xlsx", "Log", N4="3", I5=None, **words)
    desk.put("correspondence.xlsx", "Log", C4="In")
    lines = told(desk)
    assert any("cell H4: “…” is not a number" in line for line in lines)
    assert not any(CANARY in line for line in lines)
