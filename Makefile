# Make names things; the logic is in pipeline/.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet
T      := $(BIN)/tvilling
PYTEST_ARGS ?=
SIZES  ?= 100 1000
LIMIT  ?= 300
PEERS  := bench/.peers

.DEFAULT_GOAL := help
.PHONY: help build update translate check review status serve models test lint types unit bench golden lock clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */\1\t/' | expand -t 12

build: $(VENV)/ready  ## everything: update catalogs, draft, check, render public/
	@$(T) build

update: $(VENV)/ready  ## bring the catalogs in line with the articles
	@$(T) update

translate: $(VENV)/ready  ## draft what is missing, from memory and by machine
	@$(T) translate

check: $(VENV)/ready  ## look for faults in the translations
	@$(T) check

review: $(VENV)/ready  ## review translations in the browser
	@$(T) review

status: $(VENV)/ready  ## how far each article is
	@$(T) status

serve: $(VENV)/ready  ## build, watch, and show the site in the browser
	@$(T) serve

models: $(VENV)/ready  ## which translation models are there
	@$(T) models

test: lint types unit  ## lint, types and all tests

lint: $(VENV)/ready-dev  ## style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/ready-dev  ## strict types
	@$(BIN)/mypy

unit: $(VENV)/ready-dev  ## the tests alone, with coverage
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term $(PYTEST_ARGS)

bench: $(VENV)/ready-dev $(PEERS)/python/ready $(PEERS)/node/ready  ## measure ours beside others: make bench SIZES="100 1000" LIMIT=300
	@$(BIN)/python -m bench --limit $(LIMIT) $(SIZES)

golden: $(VENV)/ready-dev  ## write expected outputs anew; read the diff
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest -n auto

lock: $(VENV)/ready-dev  ## pin the newest versions of everything
	@$(PIP) uv
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-header -p 3.11 \
		--extra search --group argos --group build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-header -p 3.11 \
		--extra search --group argos --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-header -p 3.11 \
		bench/requirements.in -o bench/requirements.lock

clean:  ## remove what can be made again, and all of public/ (not the translations)
	rm -rf public .tvilling $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --no-deps: the lock is complete, and argostranslate's own metadata would bring torch.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Tvilling needs Python 3.11 or later; name it: make build PYTHON=python3.12")'
	@echo "Installing into $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	@echo "Installing what the tests need …"
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# What cannot be installed is named in the results, and tried again next time.
$(PEERS)/python/ready: bench/requirements.lock
	@echo "Installing Python programs to measure beside …"
	-@rm -rf $(@D) && $(PYTHON) -m venv $(@D) && $(@D)/bin/python -m pip --disable-pip-version-check \
		install --quiet --no-deps --require-hashes -r $< && touch $@

$(PEERS)/node/ready: bench/package-lock.json
	@echo "Installing Eleventy to measure beside …"
	-@rm -rf $(@D) && mkdir -p $(@D) && cp bench/package.json $< $(@D) && \
		npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --silent && touch $@
