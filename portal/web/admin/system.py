"""The installation: whether its parts answer, its settings without secrets, its scanner, its store."""

import platform
import shutil
from dataclasses import fields
from importlib.metadata import version

from flask import render_template

from portal.core import policy
from portal.core.policy import Permission
from portal.jobs import health
from portal.settings import Settings
from portal.store.scanner import Scanner
from portal.web import current
from portal.web.admin.room import room

PACKAGES = ("flask", "sqlalchemy", "weasyprint", "pyhanko", "cryptography")


def settings_shown(settings: Settings) -> list[tuple[str, str, bool]]:
    """Give each setting as (variable, value, secret); of a secret one only whether it is set."""
    return [(str(item.metadata["env"]), str(getattr(settings, item.name)), bool(item.metadata["secret"]))
            for item in fields(Settings)]


@room.get("/system")
def system() -> str:
    """Show how the installation stands."""
    policy.require(current.actor(), Permission.RUN_JOBS)
    cellar, settings = current.cellar(), current.settings()
    scanner = Scanner(settings.clamd, timeout=3.0)
    disk = shutil.disk_usage(settings.folder)
    return render_template(
        "admin/system.html", parts=health.parts(cellar), settings=settings_shown(settings), disk=disk,
        scanner=scanner.version() if scanner.present else None, has_scanner=scanner.present,
        database=cellar.engine.dialect.name, python=platform.python_version(),
        packages=[(name, version(name)) for name in PACKAGES])
