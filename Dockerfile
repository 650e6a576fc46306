# The platform as one image: web, worker and beat run it with another command each.
FROM python:3.12-slim-bookworm AS build
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /app
COPY requirements/uv.txt requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && python -m venv --without-pip .venv \
 && uv pip install --python .venv/bin/python --require-hashes -r requirements/base.txt

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin factory
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 FACTORY_MODE=production
COPY --from=build /app/.venv .venv
COPY manage.py LICENSE ./
COPY factory factory
COPY partners partners
COPY market market
COPY challenges challenges
COPY templates templates
COPY static static
COPY locale locale
# A key for building alone: the catalogues and the hashed static files need settings, not secrets.
RUN export SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(64))") \
 && python manage.py catalogues && python manage.py collectstatic --noinput -v 0 \
 && mkdir -p var/media && chown -R factory:factory var
USER factory
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "factory.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--preload", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--no-control-socket", "--access-logfile", "-", \
     "--logger-class", "factory.access_log.AccessLog"]
