# The image of web, worker and beat; docker-compose.yml says how they are run together.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/povreg

COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY . .
RUN POVREG_HOME=/tmp/build python manage.py catalog compile && rm -rf /tmp/build \
    && useradd --system --create-home --home-dir /var/lib/povreg povreg
USER povreg

ENV POVREG_HOME=/var/lib/povreg POVREG_BIND=0.0.0.0 PORT=8000
EXPOSE 8000
VOLUME /var/lib/povreg
CMD ["python", "-m", "gunicorn", "povreg.wsgi", "--bind", "0.0.0.0:8000", "--no-control-socket", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120"]
