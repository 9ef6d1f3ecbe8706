"""What a web process has loaded is set apart from the collection of garbage."""

import os
import subprocess
import sys

from django.conf import settings

_TELL = """
import gc, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from povreg import memory
memory.settle()
print(gc.get_freeze_count(), len(gc.get_objects()))
"""


def test_what_is_loaded_is_not_looked_through_again() -> None:
    """In a process of its own, as a web process begins: this one has loaded the tests as well."""
    told = subprocess.run(
        [sys.executable, "-c", _TELL],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONPATH": str(settings.BASE_DIR)},
    )
    frozen, looked_through = map(int, told.stdout.split())
    assert frozen > 50_000
    assert looked_through < frozen / 10
