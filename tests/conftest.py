"""What all tests share: where the project lies, and the flag that renews what is expected."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write what the shipped stories give now to tests/golden/ instead of comparing with it",
    )


@pytest.fixture(scope="session")
def project():
    """The folder that holds the sources, the seeds and the templates."""
    return ROOT
