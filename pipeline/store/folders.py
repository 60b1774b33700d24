"""A folder of files written together: all of them, or no folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from pipeline.store.faults import told_plainly
from pipeline.store.writing import PREFIX, SUFFIX, in_the_way, make_folder_durable, write_new


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Writes a folder that is not there yet with `files` (bare name to bytes), whole or not at all.

    For a run that holds `only_one`. Raises as `write_new`: NeedsPerson (F101) where anything stands at `path`,
    BrokenInstallation (F104-F106, F111, F112) where the disk or its rights are at fault.
    """
    with told_plainly(path):
        if os.path.lexists(path):
            raise in_the_way(path)
        temporary = path.with_name(f"{PREFIX}{os.getpid()}-{os.urandom(6).hex()}{SUFFIX}")
        temporary.mkdir(parents=True)
        try:
            for name, content in files.items():
                write_new(temporary / name, content)
            temporary.rename(path)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        make_folder_durable(path.parent)
