"""manage.py backup DIR: the whole installation, encrypted, into a new folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from povreg.backup import archive, database


class Command(BaseCommand):
    """Database, attachments and configuration; readable only with the backup key."""

    help = "Back up database, attachments and configuration, encrypted, into a new folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = archive.write(folder, settings.HOME, settings.SECRETS)
        except (archive.CannotBackUp, database.ToolFailed, OSError) as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(
            f"Đã sao lưu vào {folder}. Khóa: {manifest.key_fingerprint} "
            f"({settings.HOME / 'secrets' / 'backup_key'} hoặc POVREG_BACKUP_KEY): "
            "giữ một bản của khóa ở nơi khác, không để cùng bản sao lưu.\n"
            "Backed up. Without this key nobody can read it, you included: keep a copy apart."
        )
