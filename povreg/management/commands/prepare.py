"""manage.py prepare: bring the database of this home to where the web and the worker can start."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from households.choices import InstallationKind
from households.services import installation
from povreg import env, preparation


class Command(BaseCommand):
    """Checks, migrates, loads reference data and, into an empty database, the demo. Repeatable."""

    help = "Bring the database to where povreg can start: migrations, reference data, demo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", type=Path, help="write what there is to tell, as JSON")

    def handle(self, *args: Any, report: Path | None = None, **options: Any) -> None:
        try:
            kind = self.prepare()
        except preparation.Unfit as reason:
            if report is None:
                raise CommandError(str(reason)) from None
            preparation.write_report(report, {"refused": str(reason)})
            return
        if report:
            preparation.write_report(report, preparation.to_tell(kind))
        elif link := preparation.administrator_link():
            self.stdout.write(
                "Liên kết dùng một lần để quản trị viên (admin) đặt mật khẩu / "
                f"one-time link for the first administrator (admin): {link}"
            )

    def prepare(self) -> str:
        """All steps in order; what the installation is now, DEMO or REAL."""
        home, wanted = settings.HOME, env.demo()
        preparation.refuse_unfit_database()
        preparation.refuse_other_key()
        preparation.refuse_change_of_kind(preparation.kind_of_installation(), wanted)
        preparation.collect_static_files()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", stdout=self.stdout)
        call_command("load_programmes", stdout=self.stdout)
        call_command("load_targets", stdout=self.stdout)
        if preparation.kind_of_installation() is None:
            if wanted == "none" or not installation.is_empty():
                installation.declare_real()
            else:
                preparation.load_demo(wanted, settings.BASE_DIR)
        kind = preparation.kind_of_installation()
        if kind == InstallationKind.REAL:
            installation.ensure_first_administrator()
        preparation.mark_home(home, kind)
        preparation.ask_worker_for_heartbeat()
        return str(kind)
