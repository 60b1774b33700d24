"""What is made when it is first asked for: a paper draws on a third of what it could."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Something that is made once at most, when it is called for."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make, self._made = make, list[T]()

    def __call__(self) -> T:
        """What is made."""
        if not self._made:
            self._made.append(self._make())
        return self._made[0]


class Lazily(Mapping[str, T]):
    """Values by name, in the order of their makers."""

    __slots__ = ("makers",)

    def __init__(self, makers: Mapping[str, Once[T]]) -> None:
        self.makers = makers

    def __getitem__(self, name: str) -> T:
        return self.makers[name]()

    def __contains__(self, name: object) -> bool:
        return name in self.makers

    def __iter__(self) -> Iterator[str]:
        return iter(self.makers)

    def __len__(self) -> int:
        return len(self.makers)
