# Everything here is a thin word for a file in scripts/, where the why stands.

.DEFAULT_GOAL := help
.PHONY: help house run test stop lint build messages

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: ## install what is needed and serve the site (PORT=8001 for another port)
	@scripts/run.sh

test: ## run the tests (ARGS="tests/discussions -k lock" for some of them)
	@scripts/test.sh $(ARGS)

stop: ## stop the site and the embedded PostgreSQL of this checkout
	@scripts/stop.sh

lint: ## check style, types, imports, migrations and the production settings
	@scripts/lint.sh

build: ## make the style sheets and the compiled catalogues (run, test and manage.py do so themselves)
	@scripts/bootstrap.sh
	@.venv/bin/python -m roypalang.building

house: ## print the wings and nouns of the code, and which imports which
	@scripts/bootstrap.sh
	@.venv/bin/python scripts/house.py

messages: ## gather the messages to translate, and compile the Thai ones
	@scripts/messages.sh
