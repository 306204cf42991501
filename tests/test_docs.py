"""What the documentation says exists, exists; and what exists is documented."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from parley import errors
from parley.analysis import TABLES
from parley.cli import main
from parley.export.fields import FIELDS
from parley.reading import READERS
from parley.records import Record

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def commands(group: click.Command, path: tuple[str, ...] = ("parley",)) -> Iterator[tuple[str, click.Command]]:
    """Every command under *group* with its full name, groups included."""
    if len(path) > 1:
        yield " ".join(path), group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):  # some groups are loaded only when they are asked for
            command = group.get_command(context, name)
            assert command is not None
            yield from commands(command, (*path, name))


COMMANDS = list(commands(main))


def headings(page: Path) -> set[str]:
    """Anchors that a page offers, made as code hosts make them."""
    text = CODE_FENCE.sub("", page.read_text(encoding="utf-8"))
    lines = [line.lstrip("#").strip().lower() for line in text.splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", line).replace(" ", "-") for line in lines}


def test_the_command_line_offers_the_promised_commands() -> None:
    assert isinstance(main, click.Group)
    assert {"read", "brief", "show", "search", "export", "check", "actors", "issues", "conflict", "bargain"} <= set(
        main.list_commands(click.Context(main))
    )


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_has_help_and_is_documented(name: str, command: click.Command) -> None:
    assert (command.help or "").strip(), f"{name} has no help text"
    reference = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert name in reference, f"{name} is missing from docs/reference/commands.md"


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_option_is_documented_in_the_section_of_its_command(name: str, command: click.Command) -> None:
    reference = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    top = " ".join(name.split()[:2])
    section = reference.split(f"\n## `{top}`", 1)[1].split("\n## ", 1)[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            longest = max((*parameter.opts, *parameter.secondary_opts), key=len)
            assert f"`{longest}" in section, f"{name} {longest} is missing from docs/reference/commands.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_relative_link_resolves(page: Path) -> None:
    text = CODE_FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), f"{page.name} links to {target}, which does not exist"
        if anchor:
            assert anchor in headings(linked), f"{page.name} links to {target}, and there is no such heading"


def test_the_codebook_page_names_every_act_and_issue() -> None:
    page = (ROOT / "docs/reference/codebook.md").read_text(encoding="utf-8")
    data = ROOT / "src/parley/codebook"
    acts = tomllib.loads((data / "acts.toml").read_text(encoding="utf-8"))
    issues = tomllib.loads((data / "issues.toml").read_text(encoding="utf-8"))
    for entry in acts["acts"]:
        assert f"| `{entry['id']}` | {entry['definition']} |" in page
    for entry in issues["issues"]:
        assert f"| `{entry['id']}` | {entry['label']} | {entry['proposition']} |" in page


def test_the_tables_page_names_every_table_and_column() -> None:
    page = (ROOT / "docs/reference/tables.md").read_text(encoding="utf-8")
    for name, build in TABLES.items():
        assert f"\n## `{name}`\n" in page
        section = page.split(f"\n## `{name}`\n", 1)[1].split("\n## ", 1)[0]
        for column in build(Record()).columns:
            assert f"`{column.key}`" in section, f"{name}.{column.key} is missing from docs/reference/tables.md"


def test_help_names_the_tables_and_the_readers() -> None:
    shown = dict(COMMANDS)
    said = shown["parley show"].get_help(click.Context(shown["parley show"]))
    assert all(re.search(rf"\b{name}\b", said) for name in TABLES)
    for name in ("parley read", "parley brief"):
        said = " ".join(shown[name].get_help(click.Context(shown[name])).split())
        assert f"proposes statements: {' or '.join(sorted(READERS))}." in said


def test_the_errors_page_names_every_exception() -> None:
    page = (ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    kinds = [name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert "ParleyError" in kinds
    for name in kinds:
        assert f"| `{name}` |" in page, f"{name} is missing from docs/reference/errors.md"


def test_the_json_lines_page_names_every_field() -> None:
    page = (ROOT / "docs/reference/json-lines.md").read_text(encoding="utf-8")
    for field in FIELDS:
        assert f"`{field}`" in page, f"{field} is missing from docs/reference/json-lines.md"


def test_the_schema_page_names_every_table_of_a_dossier() -> None:
    page = (ROOT / "docs/reference/dossier.md").read_text(encoding="utf-8")
    scripts = sorted((ROOT / "src/parley/dossier/sql").glob("*.sql"))
    assert scripts
    for script in scripts:
        for name in re.findall(r"CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)", script.read_text(encoding="utf-8")):
            assert f"`{name}`" in page, f"{name} is missing from docs/reference/dossier.md"


def test_the_readme_has_both_set_up_commands_one_line_each() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "pip install . && parley brief examples/ceasefire-call" in lines
    assert "pip install -e '.[test]' && pytest" in lines


def test_every_python_block_of_the_readme_runs(tmp_path: Path) -> None:
    blocks = FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert blocks
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for block in blocks:
        done = subprocess.run(
            [sys.executable, "-c", block],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip(), "the block prints nothing"
