"""What every test can count on: no key, no network engine, nothing written outside its folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

REQUIRE_BROWSER = "HOTSEAT_REQUIRE_BROWSER"
REQUIRED = (REQUIRE_BROWSER, "HOTSEAT_REQUIRE_POSTGRES")
"""Set by CI: what is missing there fails instead of being skipped."""

for _name in [name for name in os.environ if name.startswith("HOTSEAT_")]:
    if _name not in REQUIRED and not _name.startswith("HOTSEAT_LIVE_"):
        del os.environ[_name]
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


def _chromium() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return None


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium, for Playwright's `executable_path`."""
    path = _chromium()
    assert path, "ask for this fixture only in tests marked `browser`"
    return path


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the records of whoever runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser tests of one file in one worker: they share one served page."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Browser tests need Chromium, and CI insists on it; live tests need to be asked for."""
    if item.get_closest_marker("browser") and _chromium() is None:
        if os.environ.get(REQUIRE_BROWSER):
            pytest.fail(f"{REQUIRE_BROWSER} is set, and no Chromium is installed", pytrace=False)
        pytest.skip("no Chromium is installed: apt-get install chromium, as .ci/run does")
    if item.get_closest_marker("live") and "live" not in item.config.getoption("markexpr"):
        pytest.skip("asks a model that costs money: name it and its key, and run with -m live")
