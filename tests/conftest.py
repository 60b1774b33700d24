"""What tests of many rooms begin with."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.office import publish

# The tests start hundreds of processes: none compiles again what another has compiled, whatever the environment says.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

from tests import often
from tests.office import Office, office, without_pdf

MEETING, IN_TIME = "2017-01-23", dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)


def pytest_configure(config: pytest.Config) -> None:
    often.choose(long=config.option.markexpr == "deep")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In the long proof every property is tried once more, and with many more examples."""
    for item in items if config.option.markexpr == "deep" else ():
        if hasattr(getattr(item, "obj", None), "hypothesis"):
            item.add_marker(often.deep)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it for rings, as Python does, took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The sample's office in the test's own folder, on a machine without LibreOffice."""
    without_pdf(monkeypatch)
    return office(tmp_path)


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that published its paper in time."""
    made = office(tmp_path_factory.mktemp("published"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        without_pdf(monkeypatch)
        made.build(MEETING, now=IN_TIME)
        publish(made.order(MEETING, now=IN_TIME))
    return made


@pytest.fixture
def published(published_once: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The same in the test's own folder."""
    without_pdf(monkeypatch)
    shutil.copytree(published_once.folder, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path)
