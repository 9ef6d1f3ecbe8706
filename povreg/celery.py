"""The Celery application: `celery -A povreg`. Tasks are found in each app's tasks module."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povreg.settings")

app = Celery("povreg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
