"""What the law of each nation asks of a council's papers: clear days, late items, exempt information.

The law is data, `nations.toml`, with its source and the day on which it was read there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import tomli

NATIONS = ("england", "wales", "scotland", "northern-ireland")
"""The names that a report's settings may give."""


class Nation(NamedTuple):
    """The law of one nation.

    `clear_days` are asked for by `law`; `late` is the provision by which an item may be considered that was not out in
    time. `exempt` has the descriptions of exempt information by paragraph, as `schedule` gives them. `source` was read
    on `read_on`; what is named in `unread` was not.
    """

    subdivision: str
    clear_days: int
    law: str
    late: str
    schedule: str
    source: str
    read_on: dt.date
    unread: tuple[str, ...]
    exempt: Mapping[str, str]


@cache
def law_of(nation: str) -> Nation:
    """The law of one of NATIONS. Raises KeyError for any other."""
    told = tomli.loads(Path(__file__).with_name("nations.toml").read_text(encoding="utf-8"))[nation]
    return Nation(**told | {"unread": tuple(told["unread"])})
