# Comfile Hub. `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= swift
PREFIX ?= /usr/local
SOURCES := Sources Plugins Tests Package.swift
# The release binary carries Swift's own libraries, so that the machine it runs on needs no toolchain.
RELEASE := -c release --static-swift-stdlib --product comfile
VENV := .venv

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: run
run: ## Start hub, sandbox and a business system on this machine, with data in .run; Ctrl-C ends it
	@scripts/prepare.sh build
	$(SWIFT) build --product comfile
	@exec .build/debug/comfile demo --data .run

.PHONY: test
test: $(VENV)/.ready ## Build once, then run every test
	@scripts/test.sh

.PHONY: bench
bench: $(VENV)/.ready ## Build for release and measure on this machine; ARGS="--seconds 5" and so on
	@scripts/prepare.sh bench
	$(SWIFT) build $(RELEASE)
	$(VENV)/bin/python Benchmarks/run.py $(ARGS)

.PHONY: format
format: ## Format all Swift code in place
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

.PHONY: lint
lint: ## Check the format of all Swift code
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

.PHONY: docs
docs: ## Check that every link between the documents leads somewhere
	@python3 scripts/check_links.py

.PHONY: install
install: ## Build for release and install under PREFIX (default /usr/local); DESTDIR is honoured
	@scripts/prepare.sh build
	$(SWIFT) build $(RELEASE)
	install -D -m 755 .build/release/comfile $(DESTDIR)$(PREFIX)/bin/comfile
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|/usr/local/bin/comfile|$(PREFIX)/bin/comfile|' deploy/comfile.service \
		> $(DESTDIR)$(PREFIX)/lib/systemd/system/comfile.service
	chmod 644 $(DESTDIR)$(PREFIX)/lib/systemd/system/comfile.service
	@echo "installed $(DESTDIR)$(PREFIX)/bin/comfile; deploy/README.md tells how to start it as a service"

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf .build $(VENV)

$(VENV)/.ready: Tests/requirements.txt scripts/prepare.sh
	@scripts/prepare.sh test
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement Tests/requirements.txt
	@touch $@
