# Two images from one file: `web` (also worker, beat and release) and `capture` (the same with a browser).
FROM python:3.11-slim-bookworm AS web

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    HOME=/tmp \
    UPPSIKT_DATA_DIR=/data

# Pango and its fonts draw the PDF; emoji stand in what people write.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fonts-dejavu-core fonts-noto-core fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 uppsikt \
    && useradd --uid 10001 --gid uppsikt --home-dir /tmp --no-create-home --shell /usr/sbin/nologin uppsikt \
    && install --directory --owner uppsikt --group uppsikt --mode 0750 /data

WORKDIR /app
COPY requirements-prod.lock ./
RUN pip install --require-hashes --only-binary :all: --requirement requirements-prod.lock

COPY . .
# The catalogue is the same everywhere; the values only let the settings load and stay in this one line.
RUN SECRET_KEY=build DATABASE_URL=postgres://build/build python manage.py compile_catalogue \
    && python -m compileall -q .

USER uppsikt
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--no-control-socket", \
     "--access-logfile=-", "--worker-tmp-dir=/dev/shm", "governance.wsgi:application"]


FROM web AS capture

USER root
# Playwright's node needs libatomic1.
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium-headless-shell libatomic1 \
    && rm -rf /var/lib/apt/lists/*
ENV CHROMIUM_PATH=/usr/bin/chromium-headless-shell

# Never root: only then does Chromium run with its sandbox on.
USER uppsikt
CMD ["celery", "-A", "governance.celery", "worker", "--queues=capture", "--hostname=capture_worker@%h", \
     "--concurrency=2", "--loglevel=INFO"]
