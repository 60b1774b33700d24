"""Where things land on a page of a PDF: points, and what moves, turns and scales them (ISO 32000-1, 8.3)."""

from __future__ import annotations

from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(numbers: Any) -> Matrix:
    """The transformation that six numbers of a file stand for. Raises ValueError for any other number of them."""
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def times(one: Matrix, other: Matrix) -> Matrix:
    """The first transformation, then the other (ISO 32000-1, 8.3.4)."""
    (a, b, c, d, e, f), (g, h, i, j, k, m) = one, other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved_by(shift: Point, matrix: Matrix) -> Matrix:
    """A transformation whose beginning is moved first."""
    return times((1.0, 0.0, 0.0, 1.0, *shift), matrix)


def moved(point: Point, matrix: Matrix) -> Point:
    """Where a point lands."""
    return moved_by(point, matrix)[4:]
