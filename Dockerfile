# One image for the web process and the workers; docker-compose.yml says which command each runs.
ARG PYTHON=3.11
FROM python:${PYTHON}-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt

COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY worker worker
COPY skills skills
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
    && python -m compileall -q service worker skills

RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin rolefit
USER 10001
EXPOSE 8000
# It listens where others reach it, and so starts only with ROLEFIT_TOKENS set (`rolefit token OWNER` makes a token).
CMD ["rolefit", "serve", "--host", "0.0.0.0", "--workers", "0"]
