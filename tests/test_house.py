"""The house keeps its own rules: types, style, floors."""

import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

TOOLS = Path(sys.executable).parent
CHECKS = {
    "mypy": ["mypy"],
    "ruff": ["ruff", "check"],
    "floors": ["lint-imports"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_project_passes_its_own_checks(check, project):
    """Strict types, lint, and no import that climbs or goes round a floor."""
    program, *arguments = CHECKS[check]
    done = subprocess.run(
        [TOOLS / program, *arguments], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_test_is_collected(request, project):
    """No folder of tests bears a name that pytest passes over."""
    passed_over = request.config.getini("norecursedirs")
    tests = [path.relative_to(project) for path in (project / "tests").rglob("test_*.py")]
    folders = {part for path in tests for part in path.parts[:-1]}
    assert [name for name in folders if any(fnmatch(name, pattern) for pattern in passed_over)] == []


def test_only_the_command_prints(project):
    """Everything outside compare/cli returns what it has to say."""
    loud = [
        path.relative_to(project).as_posix()
        for path in sorted((project / "compare").rglob("*.py"))
        if "cli" not in path.parts and "print(" in path.read_text("utf-8").replace("fingerprint(", "")
    ]
    assert loud == []


def test_nothing_else_lies_at_the_top(project):
    """The top level holds the folders that its owner chose, and nothing more."""
    allowed = {
        "compare", "sources", "site_templates", "output", "tests", "seeds", "pyproject.toml",
        "README.md", "LICENSE", "CHANGELOG.md", ".ci", ".github", ".gitignore", ".gitattributes",
    }  # fmt: skip
    listed = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert {line.partition("/")[0] for line in listed.stdout.splitlines()} <= allowed
