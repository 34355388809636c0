# nianbao（年报助手）：make help 列出全部目标。一切都装在本目录的 .venv 里，不改动系统的 Python。
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

VENV := .venv
BIN := $(VENV)/bin
DEMO := out/demo

.PHONY: help demo chat batch test test-live lint types contracts evals wheel docs images clean

help: ## 列出全部目标
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name text; do printf 'make %-10s %s\n' "$$name" "$$text"; done

demo: $(VENV)/.docs-installed ## 由一段原始数据起草一份年报（txt、docx、html），并打印正文
	@.ci/demo $(BIN)/nianbao $(DEMO)

chat: $(VENV)/.chat-installed ## 安装并启动对话起草，在浏览器里打开它打印的地址（只有本机能访问）
	@$(BIN)/nianbao chat

batch: $(VENV)/.docs-installed ## 由自带的 40 个单位的材料成批起草，结果和总览在 out/batch
	@$(BIN)/nianbao batch examples/batch --year 2023 -o out/batch --resume || [ $$? -eq 1 ] # 1：有单位的年报有错误，稿件都已写出

test: $(VENV)/.dev-installed ## 安装所需软件包并运行全部测试
	@.ci/system-packages
	@$(BIN)/python -m pytest -n 2

test-live: $(VENV)/.dev-installed ## 用一个真实的小模型试验模型接口（约 100 MB 下载，只在本机运行）
	@.ci/live $(BIN)/python

lint: $(VENV)/.dev-installed ## 检查代码写法和格式
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev-installed ## 检查类型
	@$(BIN)/mypy

contracts: $(VENV)/.dev-installed ## 检查模块之间的层次
	@$(BIN)/lint-imports

evals: $(VENV)/.dev-installed ## 运行不联网的评测（规则变异、启动时间）
	@.ci/evals $(BIN)/python

wheel: $(VENV)/.dev-installed ## 构建安装包，装进新的环境里试用
	@.ci/wheel $(BIN)/python

docs: $(VENV)/.dev-installed ## 重新生成 docs/ 中由程序生成的文件
	@$(BIN)/python -m evals.schema_docs
	@$(BIN)/python -m evals.rule_docs
	@$(BIN)/python -m evals.settings_docs

images: $(VENV)/.dev-installed ## 重新制作 README 里的图片（需要 chromium）
	@.ci/system-packages
	@$(BIN)/python -m evals.images

clean: ## 删除生成物和虚拟环境
	@rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@.ci/venv $(VENV)

$(VENV)/.docs-installed: pyproject.toml | $(VENV)/bin/python
	@echo '正在安装 nianbao……'
	@$(BIN)/python -m pip install -qq -e '.[docs]'
	@touch $@

$(VENV)/.chat-installed: pyproject.toml | $(VENV)/bin/python
	@echo '正在安装 nianbao 及对话界面（数百 MB，首次约需几分钟）……'
	@$(BIN)/python -m pip install -qq -e '.[chat]'
	@touch $@ $(VENV)/.docs-installed

$(VENV)/.dev-installed: pyproject.toml | $(VENV)/bin/python
	@echo '正在安装 nianbao 及开发工具……'
	@$(BIN)/python -m pip install -qq -e '.[dev]'
	@touch $@ $(VENV)/.chat-installed $(VENV)/.docs-installed
