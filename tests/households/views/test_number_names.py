"""Every number of the shipped standards is called by a name of its own."""

from collections import Counter

import pytest
from django.utils import translation

from households.scoring import Standard
from households.services import confirmations
from households.services.standard_documents import FOLDER, read_file
from households.views.number_names import name_of

SHIPPED = [Standard.from_document(read_file(path)) for path in sorted(FOLDER.glob("*.toml"))]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_no_two_numbers_of_a_standard_are_called_alike(rules: Standard, language: str) -> None:
    with translation.override(language):
        subjects = confirmations.subjects(rules)
        paths = [one.path for one in rules.statements() if not one.path.startswith("class_rules.")]
        for path in paths:
            assert name_of(path) not in ("", *path.split(".")), path
        called = Counter((subjects[path], name_of(path)) for path in paths)
        assert max(called.values()) == 1


def test_a_rule_of_the_class_is_told_by_its_class() -> None:
    assert name_of("class_rules.poor") == ""
