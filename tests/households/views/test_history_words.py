"""Every act about a household has words: nobody reads a code."""

import re
from pathlib import Path

from households import services
from households.views.history_words import VERBS

_ABOUT_HOUSEHOLDS = re.compile(
    r'"((?:complaint|request|confirmation|recheck|reposting|member|household|survey|attachment|list)'
    r'\.[a-z_]+)"'
)
#: Acts of a village or of a file that leaves: they stand in no household's history.
_OF_MANY = {"request.receive_village", "list.download", "list.print", "list.confirm", "list.api"}
#: No verb.
_A_FILE = "list.csv"


def test_each_verb_that_services_write_of_a_household_is_worded() -> None:
    folder = Path(services.__file__).parent
    written = {
        verb
        for path in folder.rglob("*.py")
        for verb in _ABOUT_HOUSEHOLDS.findall(path.read_text(encoding="utf-8"))
    }
    assert len(written) > 20
    assert written - _OF_MANY - {_A_FILE} - set(VERBS) == set()
