"""manage.py restore DIR: a backup into an empty home."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from povreg.backup import archive, container, database


class Command(BaseCommand):
    """All of a backup or nothing, and only where nothing is."""

    help = "Restore a backup made by `manage.py backup` into an empty home and database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--key-file", type=Path, help="the backup key, where it is kept apart")

    def handle(
        self, *args: Any, folder: Path, key_file: Path | None = None, **options: Any
    ) -> None:
        try:
            manifest = archive.read(folder, settings.HOME, settings.SECRETS, key_file)
        except (archive.CannotRestore, container.Damaged, database.ToolFailed, OSError) as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(
            f"Đã khôi phục bản sao lưu lúc {manifest.created_at}. Chạy `make run` để dùng. / "
            "Restored; start it with `make run`."
        )
