# A fresh machine needs only make and Python 3.11 or newer: everything else goes into .venv.

PYTHON   ?= python3
NOTEBOOK ?= notebooks/en/00-start.ipynb
BIN       = .venv/bin
AT_ONCE   = --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
STATIC    = optim_lib/stage/static
BENCHES   = rules checks maps latency wire race_latency classroom connection

# Where this is set, as in many containers, every kernel compiles matplotlib anew, for 2 s.
unexport PYTHONDONTWRITEBYTECODE

lab: .venv/lab  ## open the course in JupyterLab (LAB_FLAGS="--no-browser --port 8890")
	$(BIN)/jupyter lab $(LAB_FLAGS) $(NOTEBOOK)

lecture: .venv/lecture  ## show the course in a lecture hall (LECTURE_FLAGS="--no-browser --port 8890")
	$(BIN)/python -m optim_lib.publish.voila_app $(LECTURE_FLAGS) notebooks/en

handouts: .venv/handouts  ## write each notebook as one page of HTML into handouts/
	$(BIN)/python -m optim_lib.publish.handouts notebooks/en handouts

test: lint  ## run every check: lint, import layers, unit, parity, notebooks, browser
	$(BIN)/pytest $(AT_ONCE)

test-oldest: .venv-oldest/test  ## run the tests on the oldest versions that pyproject.toml allows
	.venv-oldest/bin/pytest $(AT_ONCE)

test-newest: $(BIN)/uv  ## run the tests, but those in a browser, on the newest Python of this machine
	@newest=$$($(BIN)/python tests/newest_python.py $(BIN)/uv); if [ "$$newest" ]; then \
	    $(MAKE) .venv-newest/test NEWEST="$$newest" && \
	    .venv-newest/bin/pytest $(AT_ONCE) --ignore tests/browser; \
	else echo "This machine has no Python that is newer than that of .venv."; fi

lint: .venv/test  ## run only the checks of style and import layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

js: node_modules/.package-lock.json  ## bundle the panel's JavaScript; needs Node.js and npm
	node_modules/.bin/esbuild optim_lib/stage/js/index.js --outdir=$(STATIC) \
	    --bundle --format=esm --target=es2022 --charset=utf8 --log-level=warning

notebooks: .venv/test  ## execute every notebook again and bring it into its committed form
	$(BIN)/python tests/notebooks/refresh.py

bench: .venv/bench  ## measure speed: all of it, and then fail if a target was missed
	@missed=0; for name in $(BENCHES); do \
	    $(BIN)/python tests/bench/$$name.py || missed=1; done; exit $$missed

soak: .venv/test  ## make 10,000 random moves of a panel's controls: nothing may pile up or err
	$(BIN)/python tests/bench/soak.py

fuzz: .venv/test  ## put 2,000 broken rules to check() and explore(): each is answered in a sentence
	$(BIN)/python tests/bench/fuzz.py

clean:  ## remove .venv and everything else that is not the course itself
	rm -rf .venv .venv-oldest .venv-newest .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	rm -rf tests/artefacts handouts build dist *.egg-info uv.lock node_modules package-lock.json
	find . \( -name __pycache__ -o -name .ipynb_checkpoints -o -name .virtual_documents \) \
	    -prune -exec rm -rf {} +

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# A stamp for each set of packages, renewed when what they are made from has changed.
.venv/test: EXTRA = [test]
.venv/bench: EXTRA = [bench]
.venv/lecture: EXTRA = [lecture]
.venv/handouts: EXTRA = [handouts]
SHARED = $(wildcard optim_lib/publish/jupyter/*.json optim_lib/publish/voila/*) optim_lib/publish/lecture.css
.venv/lab .venv/lecture .venv/handouts .venv/test .venv/bench: pyproject.toml $(SHARED) | $(BIN)/uv
	$(BIN)/uv pip install --python $(BIN)/python --editable ".$(EXTRA)"
	@touch $@

# Only our own packages are the oldest, not what they ask for in turn: our bounds are the test.
.venv-oldest/test: pyproject.toml $(SHARED) | $(BIN)/uv
	$(BIN)/uv venv --clear --python $(BIN)/python .venv-oldest
	$(BIN)/uv pip install --python .venv-oldest/bin/python --resolution lowest-direct \
	    --editable ".[test]"
	@touch $@

.venv-newest/test: pyproject.toml $(SHARED) | $(BIN)/uv
	$(BIN)/uv venv --clear --python "$(NEWEST)" .venv-newest
	$(BIN)/uv pip install --python .venv-newest/bin/python --editable ".[test]"
	@touch $@

node_modules/.package-lock.json: package.json
	npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

$(BIN)/uv:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	    { echo "This course needs Python 3.11 or newer; name one with: make lab PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c "import ensurepip" 2>/dev/null || \
	    { echo "Python cannot make a .venv here; on Debian and Ubuntu run first: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv

.PHONY: lab lecture handouts test test-oldest test-newest lint js notebooks bench soak fuzz clean help
