"""What we ship of others is named, licensed and unchanged."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDORED = [ROOT / "static/vendor", ROOT / "tests/browser/vendor"]


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_every_vendored_file_stands_in_the_manifest_with_its_sum(folder: Path) -> None:
    packages = json.loads((folder / "manifest.json").read_text())["packages"]
    listed = {path: digest for package in packages for path, digest in package["files"].items()}
    present = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert present == listed


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_every_package_names_version_licence_and_its_text(folder: Path) -> None:
    for package in json.loads((folder / "manifest.json").read_text())["packages"]:
        for fact in ("name", "version", "licence", "purpose"):
            assert package[fact], package
        texts = {Path(path).stem for path in package["files"]}
        assert texts & {"LICENSE", "OFL"}, package["name"]
