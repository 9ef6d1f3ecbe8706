"""The project: settings, start-up, embedded servers, and the place where the apps are wired together."""

from povreg.celery import app as celery_app

__all__ = ["celery_app"]
