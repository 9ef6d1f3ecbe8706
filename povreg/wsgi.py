"""The WSGI entry point: `gunicorn povreg.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from povreg import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povreg.settings")

application = get_wsgi_application()
memory.settle()
