"""Starting up loads nothing that only some pages need."""

import subprocess
import sys

HEAVY = ("import_export", "matplotlib", "numpy", "openpyxl", "pandas", "tablib")


def test_libraries_for_tables_and_pictures_are_not_loaded_until_they_are_needed():
    code = (
        "import django; django.setup(); import config.urls, config.celery, reports.views.dashboard; "
        "from django.contrib import admin; admin.autodiscover(); "
        f"import sys; print([name for name in {HEAVY} if name in sys.modules])"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.strip() == "[]", done.stderr
