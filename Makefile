.PHONY: run test check bench soak mutate probe check-threads picture web-dev bootstrap clean format

run: ## install what is missing, build, start PostgreSQL, migrate, load the demo, serve on port 8080
	@scripts/run

test: ## install what tests need, run all of them, and show the lines that they cover
	@scripts/test

check: ## format, lint, boundaries, long expressions, file length
	@scripts/check

bench: ## measure beside pgbench and FastAPI, and write bench/RESULTS.md
	@bench/run

mutate: ## drop every access check in turn: a test must fail
	@scripts/mutate --record

probe: ## schemathesis and sqlmap against a new installation
	@scripts/probe

check-threads: ## run the suites in which threads meet under ThreadSanitizer
	@scripts/check-threads

soak: ## run the proofs that have a larger size at that size: hours on a small machine
	@scripts/soak

picture: ## take the README's picture anew, from the demo organization
	@scripts/test-web -k "test_screen_is_accessible_and_fits and board"
	@cp build/screenshots/board-light-1440.png docs/images/board.png

web-dev: ## build the client again on every change; `make run` serves it
	@node web/build.mjs --watch

bootstrap: ## install the packages that build, run and tests need
	@scripts/bootstrap

format: ## lay out the Swift sources
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

clean: ## remove what was built; data in .platform stays
	@rm -rf .build build
