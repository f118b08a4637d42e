"""A site on its way to its readers: looked over, then whole on a branch or in a folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import httpx
import pytest
import yaml
from click.testing import CliRunner

from compare.build import manifest
from compare.cli.publish import command
from compare.errors import CrossreadError, OutputError, Problems, PublishError
from compare.model import Article, Block, Outlet, Story
from compare.publish import verify
from compare.publish.branch import Target, push, remedy
from compare.publish.folder import to_folder
from compare.publish.workflow import PLACE, Origin, of_folder, of_note, package, workflow, write_workflow
from compare.site.new import make_site as make_example

ROOT = Path(__file__).parents[1]

PAGES = {
    "index.html": "<a href='stories/lamp/index.html#claim'>Lamp</a><link href='static/site.css'>",
    "404.html": "<a href='/repo/index.html'>Home</a>",
    "stories/lamp/index.html": "<h1 id='claim'>Lamp</h1><a href='../../index.html'>All</a>",
    "static/site.css": "body { background: url(dot.svg) }",
    "static/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\r\n",
}


def make_site(output: Path, pages: dict[str, str], *, complete: bool = True) -> dict[str, str]:
    """A site as a build leaves it."""
    for path, text in pages.items():
        place = output / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    files = {path: sha256(text.encode()).hexdigest() for path, text in pages.items()}
    (output / manifest.NAME).write_bytes(manifest.encode(files, complete=complete))
    return files


def git(folder: Path, *arguments: str) -> str:
    """Run git, with an identity."""
    command = ["git", "-c", "user.name=Ada Quill", "-c", "user.email=ada@lamp.example", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committed site folder with a built site, and a bare remote beside it."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ada Quill")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ada@lamp.example")
    remote, root = tmp_path / "remote.git", tmp_path / "site"
    remote.mkdir()
    root.mkdir()
    git(remote, "init", "-q", "--bare", "-b", "main")
    git(root, "init", "-q", "-b", "main")
    (root / "crossread.toml").write_text('title = "Lamps"\n')
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Begin")
    git(root, "remote", "add", "origin", str(remote))
    make_site(root / "output", PAGES)
    return root


def publish(root: Path, **how: object) -> object:
    """Push what stands in output/."""
    output = root / "output"
    return push(root, output, verify.published_files(output), Target(), **how)  # type: ignore[arg-type]


def on_branch(root: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """The files of the remote's branch."""
    remote = root.parent / "remote.git"
    names = git(remote, "ls-tree", "-r", "--name-only", branch).split("\n")[:-1]
    show = ["git", "cat-file", "blob"]
    return {name: subprocess.check_output([*show, f"{branch}:{name}"], cwd=remote) for name in names}


def test_push(place: Path) -> None:
    """The site goes as one commit, byte for byte, and the local repository is as before."""
    before = git(place, "status", "--porcelain", "--branch"), git(place, "for-each-ref", "refs/heads")
    done = publish(place)
    assert (done.added, done.changed, done.removed, done.pushed) == (7, 0, 0, True)
    found = on_branch(place)
    assert found.pop(".nojekyll") == b""
    found.pop(manifest.NAME)
    assert found == {path: text.encode() for path, text in PAGES.items()}
    assert (
        git(place, "status", "--porcelain", "--branch"),
        git(place, "for-each-ref", "refs/heads"),
    ) == before
    head = git(place, "rev-parse", "HEAD").strip()
    assert (
        git(place.parent / "remote.git", "log", "--format=%s", "gh-pages") == f"Publish the site of {head}\n"
    )


def test_push_again(place: Path) -> None:
    """The same site is not pushed twice; a changed one is one commit more, and CNAME stays."""
    publish(place)
    again = publish(place)
    assert (again.pushed, again.added) == (False, 0)
    clone = place.parent / "clone"
    git(place.parent, "clone", "-q", "-b", "gh-pages", str(place.parent / "remote.git"), "clone")
    (clone / "CNAME").write_text("lamps.example\n")
    git(clone, "add", "CNAME")
    git(clone, "commit", "-q", "-m", "Our own domain")
    git(clone, "push", "-q")
    shutil.rmtree(place / "output")
    make_site(place / "output", {"index.html": "new", "x.html": "x"})
    done = publish(place)
    assert (done.added, done.changed, done.removed) == (1, 2, 4)
    assert sorted(on_branch(place)) == [manifest.NAME, ".nojekyll", "CNAME", "index.html", "x.html"]
    assert git(place.parent / "remote.git", "rev-list", "--count", "gh-pages") == "3\n"


def test_dry_run(place: Path) -> None:
    """A dry run tells what would change and pushes nothing."""
    done = publish(place, dry_run=True)
    assert (done.added, done.pushed) == (7, False)
    assert git(place.parent / "remote.git", "for-each-ref") == ""


def test_dirty(place: Path) -> None:
    """Sources that are not committed are refused; the built site itself is no change."""
    (place / "crossread.toml").write_text('title = "Lanterns"\n')
    with pytest.raises(PublishError, match=r"1 file is changed .* crossread.toml"):
        publish(place)
    git(place, "commit", "-q", "-a", "-m", "Rename")
    (place / "sources").mkdir()
    (place / "sources/new.md").write_text("x")
    with pytest.raises(PublishError, match="sources/"):
        publish(place)
    assert git(place.parent / "remote.git", "for-each-ref") == ""


def test_foreign_branch(place: Path) -> None:
    """A branch with somebody else's files is refused, as a whole or beside a site."""
    git(place, "push", "-q", "origin", "main:gh-pages")
    with pytest.raises(
        PublishError, match=r"gh-pages holds files that crossread did not write: crossread.toml"
    ):
        publish(place)
    assert sorted(on_branch(place)) == ["crossread.toml"]


def test_race(place: Path) -> None:
    """Who was slower is told, and what the faster pushed stays."""
    publish(place)
    remote = place.parent / "remote.git"
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'somebody was faster' >&2\nexit 1\n")
    hook.chmod(0o755)
    tip = git(remote, "rev-parse", "gh-pages")
    make_site(place / "output", {**PAGES, "index.html": "new"})
    with pytest.raises(PublishError, match="git push failed") as caught:
        publish(place)
    assert "faster" in caught.value.message
    assert "--branch" in str(caught.value.hint)  # what helps, and not more of what git says
    assert git(remote, "rev-parse", "gh-pages") == tip


@pytest.mark.parametrize(
    ("said", "help_"),
    [
        ("fatal: could not read Username for 'https://host.example': terminal prompts disabled", "git push"),
        ("git@host.example: Permission denied (publickey).", "git push"),
        ("remote: Permission to a/b.git denied to c.", "git push"),
        (" ! [rejected]        0123 -> gh-pages (fetch first)", "run “crossread publish” again"),
        ("fatal: 'nowhere' does not appear to be a git repository", "git remote -v"),
        ("fatal: Could not resolve host: host.example", "network"),
        ("fatal: unable to auto-detect email address (got 'ada@lamp.(none)')", "git config user.name"),
        ("fatal: something new", "--to FOLDER"),
    ],
)
def test_git_errors_get_a_remedy(said: str, help_: str) -> None:
    """Whatever git says, the hint says what to do."""
    assert help_ in remedy(said)


@pytest.mark.parametrize(
    "target", [Target("nowhere"), Target(branch="a b"), Target(branch="-f"), Target("--upload-pack=x")]
)
def test_bad_targets(place: Path, target: Target) -> None:
    """Remotes and branches that are none are refused, options among them."""
    with pytest.raises(PublishError):
        push(place, place / "output", verify.published_files(place / "output"), target)


def test_outside_of_a_repository(place: Path) -> None:
    """A folder that is no repository is told what to do."""
    loose = place.parent / "loose"
    make_site(loose / "output", PAGES)
    with pytest.raises(PublishError, match="this is no git repository") as caught:
        push(loose, loose / "output", verify.published_files(loose / "output"), Target())
    assert "git init" in str(caught.value.hint)


def test_without_a_remote(place: Path) -> None:
    """A repository without a remote gets one message, and its hint works; a slip gets the nearest name."""
    with pytest.raises(PublishError, match="no remote “orign”") as caught:
        push(place, place / "output", verify.published_files(place / "output"), Target("orign"))
    assert "did you mean “origin”?" in str(caught.value.hint)
    git(place, "remote", "remove", "origin")
    with pytest.raises(PublishError, match="this repository has no remote “origin”") as caught:
        publish(place)
    advice = re.search(r"git (remote add origin) ADDRESS", str(caught.value.hint))
    assert advice is not None
    git(place, *advice[1].split(), str(place.parent / "remote.git"))
    assert publish(place).pushed


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_served_under_a_base_path(place: Path) -> None:
    """What was pushed works under /repo/: each link of each page is answered."""
    publish(place)
    web = place.parent / "web"
    git(place.parent, "clone", "-q", "-b", "gh-pages", str(place.parent / "remote.git"), "web/repo")
    with served(web) as address:
        assert httpx.get(f"{address}/repo/").text == PAGES["index.html"]
        assert httpx.get(f"{address}/repo/stories/lamp/").status_code == 200
        assert httpx.get(f"{address}/repo/static/dot.svg").content == PAGES["static/dot.svg"].encode()


def test_to_folder(place: Path) -> None:
    """A folder gets the site and nothing else; again it is replaced; a stranger's is refused."""
    output, target = place / "output", place.parent / "www"
    to_folder(output, verify.published_files(output), target)
    make_site(target, {}).clear()
    make_site(target, PAGES)
    output_files = make_site(output, {**PAGES, "more.html": "x"})
    to_folder(output, output_files, target)
    assert (target / "more.html").read_text() == "x"
    assert sorted(path.name for path in target.parent.iterdir()) == ["remote.git", "site", "www"]
    (target / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="the folder holds files") as caught:
        to_folder(output, output_files, target)
    assert caught.value.hint == "move them away, or choose another folder: --to FOLDER"
    assert (target / "mine.txt").read_text() == "mine"
    with pytest.raises(PublishError, match="lie in each other"):
        to_folder(output, output_files, output / "www")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_to_folder_without_permission(place: Path) -> None:
    """A folder that cannot be written is told."""
    (place.parent / "closed").mkdir(mode=0o555)
    with pytest.raises(OutputError, match="cannot be written"):
        to_folder(place / "output", PAGES, place.parent / "closed" / "www")


def test_unfinished_sites(tmp_path: Path) -> None:
    """No site, half a site and a site with a lost file are refused."""
    with pytest.raises(PublishError, match="no built site"):
        verify.published_files(tmp_path / "none")
    make_site(tmp_path / "half", PAGES, complete=False)
    with pytest.raises(PublishError, match="not whole"):
        verify.published_files(tmp_path / "half")
    make_site(tmp_path / "lost", PAGES)
    (tmp_path / "lost/404.html").unlink()
    with pytest.raises(PublishError, match="not whole"):
        verify.published_files(tmp_path / "lost")


def test_links(tmp_path: Path) -> None:
    """Each kind of broken link is found, good ones are not."""
    assert list(verify.check_links(make_folder(tmp_path / "good", PAGES), list(PAGES), {})) == []
    bad = {
        "index.html": "<a href='gone.html'></a><a href='b/#no'></a><img src='/a.png'><a href='https://x.example/y'></a>",
        "b/index.html": "<a href='../../out.html'></a><a href='mailto:a@b'></a><a name='i' href='#i'></a>",
        "c.css": "a { background: url('gone.svg') }",
    }
    found = sorted(
        problem.message for problem in verify.check_links(make_folder(tmp_path / "bad", bad), list(bad), {})
    )
    assert found == [
        "links to ../../out.html, which is not there",
        "links to /a.png, which fails under a base path",
        "links to b/#no, where no such place is",
        "links to gone.html, which is not there",
        "links to gone.svg, which is not there",
    ]


def make_folder(output: Path, pages: dict[str, str]) -> Path:
    """A site, and where it is."""
    make_site(output, pages)
    return output


def test_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file and a site beyond the host's limits are told."""
    monkeypatch.setattr(verify, "LARGEST_FILE", 40)
    monkeypatch.setattr(verify, "LARGEST_SITE", 100)
    messages = [str(problem) for problem in verify.check_size(make_folder(tmp_path, PAGES), list(PAGES))]
    assert "index.html" in messages[0]
    assert "the site is" in messages[-1]


def test_rights(tmp_path: Path) -> None:
    """A site with more of an article than its rights allow is found; what a free article says too is not."""
    own = "The keeper told nobody that the lamp had been dark since the storm of March."
    common = "The lighthouse of Karsk is lit again after eleven years of darkness on the coast."

    def article(name: str, rights: str, *texts: str) -> Article:
        text = "\n\n".join(texts)
        starts = [text.index(part) for part in texts]
        blocks = tuple(Block("paragraph", at, at + len(part)) for at, part in zip(starts, texts, strict=True))
        return Article(
            name, Outlet(name, name, "XX"), text, blocks, rights=rights, source=f"sources/lamp/{name}.md"
        )  # type: ignore[arg-type]

    def story(rights: str) -> Story:
        return Story("lamp", "Lamp", (article("free", "full", common), article("held", rights, own, common)))

    def problems(page: str, rights: str, limit: int = 300) -> list[CrossreadError]:
        pages = {"stories/lamp/comparison.json": json.dumps({"text": page}, ensure_ascii=False)}
        output = make_folder(tmp_path / sha256(page.encode()).hexdigest()[:8], pages)
        return list(verify.check_rights(output, [story(rights)], limit))

    assert problems(common, "none") == []
    assert problems(own, "full") == []
    assert problems(own, "excerpt") == []
    assert "15 words of it are in the site, but its rights allow 10" in str(problems(own, "excerpt", 10)[0])
    assert "its rights allow 0" in str(problems(f"… “{own}”", "none")[0])


def test_workflow(tmp_path: Path) -> None:
    """The workflow is written once, again for other wishes, never over another, and installs as told."""
    assert write_workflow(tmp_path, "trunk", "git+https://host.example/a/b.git")[0]
    assert write_workflow(tmp_path, "main", "crossread==7.7.7")[0]
    assert not write_workflow(tmp_path, "main", "crossread==7.7.7")[0]
    written = (tmp_path / PLACE).read_text()
    (tmp_path / PLACE).write_text(written + "# mine\n")
    with pytest.raises(PublishError, match="another workflow"):
        write_workflow(tmp_path, "trunk", "crossread==7.7.7")
    (tmp_path / PLACE).write_text(written)
    for branch, requirement in (("a]\nb", "crossread"), ("main", "crossread; rm -rf x"), ("main", "a b")):
        with pytest.raises(PublishError, match="cannot be used"):
            workflow(branch, requirement)
    assert any("pip install crossread==7.7.7" in step.get("run", "") for step in build_steps(tmp_path))
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "crossread"\n')
    assert package(tmp_path) == Origin(".")


def build_steps(root: Path) -> list[dict[str, object]]:
    """The steps that build the site in a written workflow."""
    steps: list[dict[str, object]] = yaml.safe_load((root / PLACE).read_text())["jobs"]["build"]["steps"]
    return steps


def test_workflow_below_the_top(place: Path) -> None:
    """A site inside another repository is told so: GitHub would never see its workflow."""
    (place / "deeper").mkdir()
    with pytest.raises(PublishError, match="only at its top") as caught:
        write_workflow(place / "deeper", "main")
    assert "git init" in str(caught.value.hint)
    assert write_workflow(place, "main")[0]


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("note", "requirement", "is_doubtful"),
    [
        (
            {"url": "https://key@host.example/a/b.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"git+https://host.example/a/b.git@{COMMIT}",
            False,
        ),
        (
            {"url": "ssh://git@host.example/a/b.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"git+https://host.example/a/b.git@{COMMIT}",
            False,
        ),
        (
            {"url": "file:///somewhere/b", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"git+file:///somewhere/b@{COMMIT}",
            True,
        ),
        ({"url": "https://host.example/x.whl", "archive_info": {}}, "https://host.example/x.whl", False),
        ({"url": "file:///no/such/folder", "dir_info": {}}, "/no/such/folder", True),
    ],
    ids=["commit", "with a key", "local", "archive", "folder"],
)
def test_origin_of_a_note(note: dict[str, object], requirement: str, is_doubtful: bool) -> None:
    """Wherever it was installed from, by an address without secrets that needs no key."""
    found = of_note(note)
    assert (found.requirement, found.doubt is not None) == (requirement, is_doubtful)


def test_origin_of_a_clone(place: Path) -> None:
    """A clone stands for its last commit at its remote; one that is not there yet is told."""
    git(place, "push", "-q", "origin", "main")
    git(place, "fetch", "-q")
    git(place, "remote", "set-url", "origin", "git@host.example:lamps/lamp.git")
    head = git(place, "rev-parse", "HEAD").strip()
    assert of_folder(place) == Origin(f"git+https://host.example/lamps/lamp.git@{head}")
    git(place, "commit", "-q", "--allow-empty", "-m", "Not pushed")
    assert "push it first" in str(of_folder(place).doubt)
    git(place, "remote", "remove", "origin")
    assert of_folder(place).requirement.startswith("git+file://")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout, so it has no commit to install")
def test_workflow_steps_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What GitHub will run builds the site: each step of a written workflow, word by word.

    This very program is installed from its repository; git is told that a copy beside is what the address
    of its remote leads to.
    """
    git(tmp_path, "clone", "-q", "--bare", str(ROOT), "program.git")
    git(tmp_path, "clone", "-q", "program.git", "program")
    address = "https://host.example/news/program.git"
    git(tmp_path / "program", "remote", "set-url", "origin", address)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{(tmp_path / 'program.git').as_uri()}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", address)
    origin = of_folder(tmp_path / "program")
    assert origin.doubt is None
    make_example(tmp_path / "site")
    assert write_workflow(tmp_path / "site", "main", origin.requirement)[0]
    monkeypatch.setenv("BASE_URL", "https://news.example/coverage")
    monkeypatch.setenv("CROSSREAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    steps = [str(step["run"]) for step in build_steps(tmp_path / "site") if "run" in step]

    def run(step: str) -> tuple[int, str]:
        shell = ["bash", "-e", "-c", step]
        done = subprocess.run(shell, cwd=tmp_path / "site", capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    _, build, look_over = steps
    for step in steps:
        code, told = run(step)
        assert code == 0, told
    assert "https://news.example/coverage/" in (tmp_path / "site/output/feed.xml").read_text("utf-8")
    (tmp_path / "site/pages").mkdir()
    (tmp_path / "site/pages/about.md").write_text("---\ntitle: About\n---\n[Rules](rules.md)\n")
    assert run(build)[0] == 0
    code, told = run(look_over)
    assert (code, "rules" in told) == (1, True), told


@pytest.mark.parametrize(
    "arguments",
    [["check_jsonschema", "--builtin-schema", "vendor.github-workflows"], ["zizmor", "--offline", "--quiet"]],
    ids=["schema", "zizmor"],
)
def test_workflow_is_sound(arguments: list[str], tmp_path: Path) -> None:
    """The workflow holds to GitHub's schema, and zizmor finds nothing wrong with it."""
    write_workflow(tmp_path, "main", f"git+https://host.example/news/program.git@{COMMIT}")
    name, *rest = arguments
    script = Path(sys.executable).with_name(name)
    command = [str(script)] if script.exists() else [sys.executable, "-m", name]
    done = subprocess.run(
        [*command, *rest, str(tmp_path / PLACE)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def real(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example site in a committed repository with a remote."""
    monkeypatch.setenv("CROSSREAD_CACHE", str(place.parent / "cache"))
    shutil.rmtree(place / "output")
    (place / "crossread.toml").unlink()
    shutil.move(place / ".git", place.parent / "git")
    make_example(place)
    shutil.move(place.parent / "git", place / ".git")
    article = place / "sources/skarn-ferry/harbour-wire.md"
    article.write_text(article.read_text().replace("---\n", "---\nrights: none\n", 1))
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "The example")
    return place


def test_command(real: Path) -> None:
    """The whole command on a real site: built, looked over, pushed once, and good where it is read."""
    arguments = [str(real), "--json"]
    told = CliRunner().invoke(command, [*arguments, "--dry-run"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["pushed"] is False
    told = CliRunner().invoke(command, arguments)
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["pushed"] is True
    assert json.loads(CliRunner().invoke(command, arguments).stdout)["added"] == 0
    git(real.parent, "clone", "-q", "-b", "gh-pages", str(real.parent / "remote.git"), "web/repo")
    with served(real.parent / "web") as address:
        seen, waiting = set(), [f"{address}/repo/"]
        while waiting:
            page = waiting.pop()
            if page in seen:
                continue
            seen.add(page)
            answer = httpx.get(page)
            assert answer.status_code == 200, page
            if "html" in answer.headers["content-type"]:
                links = re.findall(r'(?:href|src)="([^"]*)"', answer.text)
                whole = [urldefrag(urljoin(str(answer.url), link)).url for link in links]
                assert [link for link in whole if link.startswith(address) and "/repo/" not in link] == []
                waiting += [link for link in whole if link.startswith(address)]
    assert len(seen) > 10


def test_command_refuses(real: Path) -> None:
    """Problems in the sources stop it before anything is built; merely missing facts only with --strict."""
    article = real / "sources/skarn-ferry/harbour-wire.md"
    good = article.read_text()
    article.write_text(re.sub(r"published: .*\n", "", good))
    target = str(real.parent / "www")
    assert isinstance(
        CliRunner().invoke(command, [str(real), "--to", target, "--strict"]).exception, Problems
    )
    assert not Path(target).exists()
    told = CliRunner().invoke(command, [str(real), "--to", target])
    assert told.exit_code == 0, told.output
    assert "--strict refuses them" in told.stderr
    article.write_text(good.replace("published:", "publisht:"))
    assert isinstance(CliRunner().invoke(command, [str(real), "--to", target]).exception, Problems)


def test_command_init(real: Path) -> None:
    """--init writes the workflow and nothing else."""
    told = CliRunner().invoke(command, [str(real), "--init"])
    assert told.exit_code == 0, told.output
    assert git(real, "status", "--porcelain", "-uall").split() == ["??", PLACE.as_posix()]
    assert "branches: [main]" in (real / PLACE).read_text()


def test_command_init_on_another_branch(real: Path) -> None:
    """Pushes to the branch that the site is on are published, whatever git calls it."""
    git(real, "checkout", "-q", "-b", "trunk")
    assert CliRunner().invoke(command, [str(real), "--init"]).exit_code == 0
    assert "branches: [trunk]" in (real / PLACE).read_text()
