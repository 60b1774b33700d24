"""The catalogue of rules: what each code means, why it matters, and an example of wrong and right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import tomli

RULES = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Rule:
    """One code: its usual level, why it is a problem, and an example. A `fixed` level cannot be changed by settings."""

    title: str
    level: str
    why: str
    wrong: str
    right: str
    fixed: bool = False


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes; raises ValueError where two files hold one code."""
    return catalogue(path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.toml")))


def catalogue(texts: Iterable[str]) -> Mapping[str, Rule]:
    """The rules that these texts hold; raises ValueError for a code that stands in two of them."""
    found: dict[str, Rule] = {}
    for text in texts:
        for code, entry in tomli.loads(text).items():
            if code in found:
                raise ValueError(f"{code} is explained twice")
            found[code] = Rule(**entry)
    return MappingProxyType(dict(sorted(found.items())))
