"""The project: settings, start-up, embedded servers; the one place that wires the apps."""

from povreg.celery import app as celery_app

__all__ = ["celery_app"]
