"""The site's configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import ConfigError, Problems
from compare.model import Outlet, Settings, Site
from compare.site import config, outlets


def write(root: Path, text: str, name: str = "crossread.toml") -> Path:
    (root / name).write_text(text, encoding="utf-8")
    return root


def test_defaults(tmp_path: Path) -> None:
    """No configuration is a configuration."""
    assert config.load(tmp_path) == Site()


def test_every_key(tmp_path: Path) -> None:
    """Each key goes where it belongs."""
    text = (
        'title = "Two  rivers"\nurl = "https://example.org/rivers"\nlanguage = "pt-BR"\n'
        'description = "What they say."\nexcerpt_words = 0\nthreshold = 0.7\n'
        '[outlets.tide]\nname = "The Tide"\nsign = "TI"\nurl = "https://tide.example"\ncountry = "DE"\n'
        "[outlets.lamp]\ninvented = true\n"
    )
    assert config.load(write(tmp_path, text)) == Site(
        title="Two rivers",
        url="https://example.org/rivers/",
        language="pt-BR",
        description="What they say.",
        outlets=(
            Outlet("lamp", "lamp", "LA", invented=True),
            Outlet("tide", "The Tide", "TI", "https://tide.example", "DE"),
        ),
        excerpt_words=0,
        settings=Settings(0.7),
    )


def test_table_of_pyproject(tmp_path: Path) -> None:
    """A project keeps its site's configuration in pyproject.toml, with line numbers of its own."""
    write(tmp_path, '[project]\nname = "x"\n\n[tool.crossread]\ntitle = "Two rivers"\n', "pyproject.toml")
    assert config.load(tmp_path).title == "Two rivers"
    write(tmp_path, "[tool.crossread]\n[tool.crossread.outlets.lamp]\nsigns = 1\n", "pyproject.toml")
    _, problems = config.read(tmp_path)
    assert [(problem.path, problem.line) for problem in problems] == [("pyproject.toml", 3)]


def test_own_file_comes_first(tmp_path: Path) -> None:
    """crossread.toml is the whole configuration where there is one."""
    write(tmp_path, '[tool.crossread]\ntitle = "Not this"\n', "pyproject.toml")
    assert config.load(write(tmp_path, 'title = "This"\n')).title == "This"


def test_problems_leave_the_rest(tmp_path: Path) -> None:
    """What is wrong is reported together, and what is right can be used."""
    write(tmp_path, 'title = "Right"\nlanguage = 1\nexcerpt_words = -1\n')
    site, problems = config.read(tmp_path)
    assert (site.title, site.language, site.excerpt_words) == ("Right", "en", 300)
    assert sorted(problem.line or 0 for problem in problems) == [2, 3]
    with pytest.raises(Problems):
        config.load(tmp_path)


def test_signs_and_names_are_unique(tmp_path: Path) -> None:
    """Two outlets cannot share a sign or a name."""
    text = '[outlets.a]\nname = "Lamp"\nsign = "LA"\n[outlets.b]\nname = "lamp"\nsign = "LA"\n'
    _, problems = config.read(write(tmp_path, text))
    assert [problem.message for problem in problems] == [
        "name: “lamp” is a's too",
        "sign: “LA” already stands for a",
    ]


@pytest.mark.parametrize(
    ("name", "slug", "sign"),
    [
        ("The Lamp", "the-lamp", "LA"),
        ("Skarn Gazette & Post", "skarn-gazette-and-post", "SGP"),
        ("Łódź Kurier", "lodz-kurier", "ŁK"),
        ("Işık Haber", "isik-haber", "IH"),
        ("O'Dell's", "odells", "OD"),
        ("X", "x", "X2"),
        ("24", "24", "24"),
    ],
)
def test_names_of_unknown_outlets(name: str, slug: str, sign: str) -> None:
    """An outlet that nobody configured gets an id and a sign from its name."""
    assert (outlets.slug(name), outlets.sign(name)) == (slug, sign)


def test_names_without_latin_letters() -> None:
    """Names in other scripts get an id that is safe in a path, and differs from name to name."""
    first, second = outlets.slug("الشراع"), outlets.slug("بريد المرجان")
    assert first != second
    assert outlets.SLUG.fullmatch(first)


def test_signs_differ() -> None:
    """Many outlets of one name's initials all have signs of their own."""
    directory = outlets.Directory(())
    signs = [
        directory.find(f"Lamp {word}").sign for word in ("One", "Ode", "Oak", "Owl", "Ash", "Oat", "Orb")
    ]
    assert len(set(signs)) == len(signs)
    assert all(2 <= len(sign) <= 4 for sign in signs)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_name_has_an_id(name: str) -> None:
    """Whatever an outlet is called, its id is a slug and its sign is short."""
    assert outlets.SLUG.fullmatch(outlets.slug(name))
    assert 2 <= len(outlets.sign(name)) <= 4


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_configuration(text: str) -> None:
    """Any text is a configuration or a problem, never a crash."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "crossread.toml").write_text(text, encoding="utf-8", errors="replace")
        _, problems = config.read(root)
    assert all(isinstance(problem, ConfigError) for problem in problems)
