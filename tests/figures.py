"""The figures for the tests: drawn once into build/, and again only where something changed."""

import os
import subprocess
import sys

from django.conf import settings

from stretches import content, drawing


def draw_once() -> None:
    """Bring the figures up to date. Processes that run tests together wait for the one that draws.

    In a process of its own, because drawing starts more of them. A mistake in a pose is the business
    of the tests about figures; all others see the icons that stand in.
    """
    try:
        if not drawing.outdated(settings.FIGURES_DIR, content.read().stretches):
            return
    except ValueError:
        pass  # the command says it better
    command = [sys.executable, "manage.py", "draw_figures", "--verbosity=0"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr)
