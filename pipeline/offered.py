"""What a room offers, loaded when it is first asked for: a command pays only for what it uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module


def offered(room: str, modules: Mapping[str, Iterable[str]]) -> Callable[[str], object]:
    """A room's `__getattr__`: each name that it offers, from the module below the room that has it.

    A name may not be that of a module of the room, which would hide it. Raises AttributeError for any other name.
    """
    home = {name: f"{room}.{module}" for module, names in modules.items() for name in names}

    def found(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module “{room}” has no “{name}”")
        return getattr(import_module(home[name]), name)

    return found
