# Wirehouse. `make run` shows it at work, `make test` tests it; both set everything up first.
PYTHON ?= python3
UV     := $(shell command -v uv 2>/dev/null)
BIN    := .venv/bin
READY  := .venv/ready
EVALS  ?= ../shared/evals

VOLUME    := SELECT outlet, count(*) AS articles, count(*) FILTER (is_original) AS original FROM mart.articles GROUP BY outlet ORDER BY articles DESC LIMIT 5
COPIES    := SELECT outlet, of_outlet AS first_at, relation, credited FROM mart.copies ORDER BY outlet
DATELINES := SELECT dateline_country AS country, count(*) AS stories, list(DISTINCT dateline_place) AS places FROM mart.articles WHERE dateline_country IS NOT NULL GROUP BY ALL ORDER BY stories DESC, country LIMIT 5
PEOPLE    := SELECT name, role, count(*) AS named FROM mart.people WHERE role IS NOT NULL GROUP BY ALL ORDER BY named DESC, name LIMIT 5

.PHONY: help run test soak lint bench evals lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else "Wirehouse needs Python 3.11 to 3.13, and $(PYTHON) is %d.%d: run make PYTHON=python3.12" % v)'
ifneq ($(UV),)
	@uv venv --quiet --allow-existing --seed --python "$$(command -v $(PYTHON))" .venv
	@uv pip install --quiet --python $(BIN)/python --require-hashes -c requirements.lock -r requirements.lock
	@uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	@$(PYTHON) -m venv .venv
	@echo "Installing what requirements.lock names (about a minute, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -c requirements.lock -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $(READY)

run: $(READY) ## Read the sample stories of seeds/ into ./data and ask the warehouse four questions
	$(BIN)/wirehouse ingest seeds/sources/*/*.toml
	$(BIN)/wirehouse sql "$(VOLUME)"
	$(BIN)/wirehouse sql "$(COPIES)"
	$(BIN)/wirehouse sql "$(DATELINES)"
	$(BIN)/wirehouse sql "$(PEOPLE)"

test: $(READY) ## Run all tests and checks (a few minutes)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

soak: $(READY) ## Run the long tests as well: kills, weeks of polls, every table of the bench
	@$(BIN)/python -m pytest -m "soak or not soak"

lint: $(READY) ## ruff, mypy and import-linter alone
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(READY) ## Measure speed and memory, beside the libraries it is built on
	@$(BIN)/python -m tests.bench

evals: $(READY) ## Score quality: make evals [EVALS=DIR] [ONLY=NAME]
	@$(BIN)/python tests/evals/run.py --evals "$(EVALS)" $(if $(ONLY),--only $(ONLY))

lock: ## Write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements.lock

clean: ## Remove the virtual environment and caches; ./data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage dist
