"""The rules of the house that a machine can see. Each failure names the file and the line."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import (
    PACKAGES,
    ROOT,
    files_of_tests,
    functions,
    parsed,
    product_files,
    shown,
)

LONGEST_FILE_LINES = 300
LONGEST_FUNCTION_LINES = 50
WORDS_THAT_SAY_NOTHING = {"data", "handle", "helper", "helpers", "info", "manager", "process"}
WORDS_THAT_SAY_NOTHING |= {"util", "utils", "misc", "common"}
#: Names that Django asks for.
ASKED_FOR = {"handle"}


def everything() -> tuple[Path, ...]:
    return (*product_files(), *files_of_tests())


def test_layers_hold() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    files = [*everything(), *(ROOT / "benchmarks").rglob("*.py")]
    files += [path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts]
    files += [path for path in (ROOT / "static").rglob("*.css") if "vendor" not in path.parts]
    files += (ROOT / "templates").rglob("*.html")
    long = {
        shown(path): lines
        for path in files
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in everything()
        if "browser" not in path.parts  # a day's work, told from its beginning to its end
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION_LINES
    ]
    assert long == []


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{shown(path)}:{inner.lineno}"
        for path in everything()
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nothing_imports_a_star() -> None:
    stars = [
        f"{shown(path)}:{node.lineno}"
        for path in everything()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names)
    ]
    assert stars == []


def test_no_signal_receivers() -> None:
    listening = re.compile(
        r"django\.(db\.models|core|dispatch|test|contrib\.auth)\.?signals"
        r"|django\.dispatch|@receiver\b|celery\.signals|_(save|delete|migrate)\.connect\("
    )
    found = [
        shown(path)
        for path in product_files()
        if listening.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_saving_does_nothing_but_save() -> None:
    overriding = [
        f"{shown(path)}:{node.lineno}"
        for path in product_files()
        if "models" in path.parts
        for node in functions(path)
        if node.name in {"save", "delete"}
    ]
    assert overriding == []


def test_modules_and_functions_have_names_that_say_something() -> None:
    empty = [shown(path) for path in product_files() if path.stem in WORDS_THAT_SAY_NOTHING] + [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in product_files()
        for node in functions(path)
        if node.name in WORDS_THAT_SAY_NOTHING - ASKED_FOR
    ]
    assert empty == []


def test_each_module_says_what_it_is_for() -> None:
    silent = [
        shown(path)
        for path in product_files()
        if path.stat().st_size and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_tests_mirror_the_tree() -> None:
    lost = [shown(path) for path in unmirrored_tests()]
    assert lost == []


def unmirrored_tests() -> Iterator[Path]:
    """tests/a/b/test_c.py without a module a/b/c.py or package a/b/c."""
    for path in files_of_tests():
        inside = path.relative_to(ROOT / "tests")
        if not path.name.startswith("test_") or inside.parts[0] not in PACKAGES:
            continue
        tested = ROOT / inside.parent / path.stem.removeprefix("test_")
        if not (tested.with_suffix(".py").exists() or tested.is_dir()):
            yield path


def test_nothing_names_the_machine_it_was_written_on() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    written = re.compile(r"(?<![\w.])/(work|root|farm)/\w")
    found = [
        name
        for name in listed.stdout.split("\0")
        if name.endswith((".py", ".toml", ".md", ".yml", ".html", ".js", ".txt", ".lock", "file"))
        and (ROOT / name).exists()
        and written.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []
