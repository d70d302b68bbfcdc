# One image for the web process and the workers; docker-compose.yml says which command each runs.
# images.env pins the base image by its digest.
ARG PYTHON=3.11-slim

FROM python:${PYTHON} AS build
WORKDIR /app
RUN apt-get update -q && apt-get install -q -y --no-install-recommends binutils && python -m venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH
COPY requirements/run.txt requirements/ocr.txt requirements/
# Without optical recognition (`--build-arg OCR=no`) scans and photos are not read.
ARG OCR=yes
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt \
    $(test "$OCR" = no || echo -r requirements/ocr.txt)
# Half of spaCy and its like is debugging information. Libraries that wheels bring along (*.libs) bear no stripping.
RUN find .venv/lib -name '*.so' -not -path '*.libs/*' -exec sh -c 'readelf -S "$1" | grep -q debug_info && strip --strip-debug "$1"' _ {} \; \
    && find .venv/lib -type d -name tests -prune -exec rm -r {} +
# What only compilers, type checkers, C programs and those who train models read: 45 MB.
RUN find .venv/lib -type f -regex '.*\.\(pyi\|pyx\|pxd\|c\|cpp\|h\|hpp\|a\)' -delete \
    && rm -rf .venv/lib/python*/site-packages/onnxruntime/transformers .venv/lib/python*/site-packages/onnxruntime/tools \
      .venv/lib/python*/site-packages/onnxruntime/quantization .venv/lib/python*/site-packages/onnxruntime/datasets \
      .venv/lib/python*/site-packages/onnxruntime/capi/libonnxruntime.so.*

COPY pyproject.toml README.md LICENSE ./
COPY docs docs
COPY service service
COPY worker worker
COPY skills skills
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
    && python -m compileall -q service worker skills \
    && pip uninstall --quiet --yes editables hatchling pathspec pluggy setuptools trove-classifiers pip
# Of babel's 600 languages, 34 MB, those that the service speaks: English, and the catalogues beside its messages.
RUN spoken=$(ls service/languages | sed -n 's/^\([a-z]*\).*\.po$/|\1/p' | tr -d '\n') \
    && find .venv/lib/python*/site-packages/babel/locale-data -name '*.dat' | grep -v -E "/(root|en$spoken)[._]" | xargs rm

FROM python:${PYTHON}
# Else onnxruntime, which recognises words in pictures, would call its maker.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ORT_DISABLE_TELEMETRY=1 PATH=/app/.venv/bin:$PATH
WORKDIR /app
COPY --from=build /app /app
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin rolefit
USER 10001
EXPOSE 8000
# It listens where others reach it, and so starts only with ROLEFIT_TOKENS set (`rolefit token OWNER` makes a token).
CMD ["rolefit", "serve", "--host", "0.0.0.0", "--workers", "0"]
