# Every target is one call of dev.py, which does the same where there is no make.
.DEFAULT_GOAL := help
.PHONY: help setup demo dev test test-all check bench docs lock new-module

PYTHON ?= python3

help setup dev test test-all check bench docs lock:
	@$(PYTHON) dev.py $@

# make demo, or make demo SIZE=M
demo:
	@$(PYTHON) dev.py demo $(if $(SIZE),--size $(SIZE))

# make new-module calibration
new-module:
	@$(PYTHON) dev.py new-module $(filter-out new-module,$(MAKECMDGOALS))

ifeq (new-module,$(firstword $(MAKECMDGOALS)))
$(eval $(wordlist 2,9,$(MAKECMDGOALS)):;@:)
endif
