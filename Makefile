# The commands of the project; `make help` lists them. What they do stands in scripts/.

SITE_SOURCES := $(shell find frontend shared -type f -not -path '*/node_modules/*' 2>/dev/null) \
	Cargo.toml Cargo.lock rust-toolchain.toml

.DEFAULT_GOAL := help
.PHONY: run cluster test audit bench bench-exam restore-drill demo-reset site clean help

run: ## Serve the demo province on 127.0.0.1:8080 (another port: make run PORT=9000)
	@PORT='$(PORT)' scripts/run.sh

cluster: ## Serve a demo province by two nodes with PostgreSQL, Redis and a proxy (another port: make cluster PORT=9000)
	@PORT='$(PORT)' scripts/cluster.sh

test: ## Run every check: format, lints, walls, tests on both stores, journeys in Chromium (all there is of each: make test WHOLE=1)
	@$(if $(WHOLE),CHENGXI_TEST_WHOLE=1) scripts/test.sh

audit: ## Hold the dependencies against known advisories, by cargo-deny (without a network, against those fetched last: make audit OFFLINE=1)
	@cargo deny $(if $(OFFLINE),--offline) check advisories

bench: ## Print the figures of docs/benchmarks.md (some of them: make bench ONLY="postgres visits")
	@scripts/bench.sh $(ONLY)

bench-exam: ## Print how many candidates one machine sustains, and what each costs (some: make bench-exam ONLY="sqlite 4000")
	@scripts/bench-exam.sh $(ONLY)

restore-drill: ## Lose a demo province and restore it, on either store; print how long that took
	@scripts/restore-drill.sh

demo-reset: ## Create the demo province anew (stop the server first; what was done in it is lost)
	@scripts/run.sh reset

site: dist/index.html ## Build the site into dist/ if its sources changed

dist/index.html: $(SITE_SOURCES)
	cargo run --quiet -p bundler -- --out dist
	@touch $@

clean: ## Remove what was built (the demo province in data/ stays)
	cargo clean
	rm -rf dist e2e/test-results e2e/playwright-report e2e/node_modules frontend/node_modules

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
