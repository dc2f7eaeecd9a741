# Short names for dev.py, which does the work and also runs where there is no make.
PYTHON ?= python3

.PHONY: setup demo test test-fast lint bench web

setup demo test lint bench web:
	@$(PYTHON) dev.py $@

test-fast:
	@$(PYTHON) dev.py test --fast
