# 备案助手. `make run` opens the wizard, `make test` runs every check; both prepare what they need by themselves.
# Needs Linux or macOS with make and Python 3.11+; for Windows see README.md.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
	--require-hashes --only-binary=:all:
PYTEST := QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: compiled help run window demo test check format benchmark lock clean screen no-screen

help: ## 列出可用命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name what; \
		do printf '  make %-10s %s\n' "$$name" "$$what"; done

run: ## 打开备案助手（没有显示器时改为演示，结果放在 out/）
	@if .ci/prepare has-screen; then $(MAKE) --no-print-directory window; else \
		echo '没有检测到显示器：改为运行演示，结果放在 out/。'; $(MAKE) --no-print-directory demo; fi

window: screen $(VENV)/run.stamp compiled
	@$(BIN)/python main.py

demo: no-screen $(VENV)/run.stamp compiled ## 用样本走完全程，截图和材料包放在 out/
	@$(BIN)/python main.py demo out/

# Also where Python is told to leave no bytecode behind: without it each start compiles the program anew.
compiled: $(BIN)/python
	@$(BIN)/python -m compileall -q main.py ui wizard

test: check ## 代码检查和全部测试
	$(PYTEST) -n 2

check: no-screen $(VENV)/test.stamp ## 只做代码检查：格式、风格、类型、分层
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test.stamp ## 整理代码格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmark: no-screen $(VENV)/test.stamp compiled ## 量速度（独占机器时才准）
	$(PYTEST) -m benchmark -s

screen no-screen:
	@.ci/prepare libraries $@

$(BIN)/python:
	@.ci/prepare venv $(VENV)

# One stamp per lock file: with nothing changed nothing is installed, and no network is asked.
$(VENV)/%.stamp: requirements/%.txt | $(BIN)/python
	@echo '正在安装 $<（首次约需一两分钟）…'
	@$(INSTALL) -r $<
	@touch $@

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'

lock: $(VENV)/lock.stamp ## 按 pyproject.toml 重新锁定依赖（已锁定的版本尽量不动）
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --group test -o requirements/test.txt
	$(COMPILE) --group lock -o requirements/lock.txt

clean: ## 删除虚拟环境、缓存和 out/
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
