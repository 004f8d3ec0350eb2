# The course's commands. Without make: README, "Without make".
PYTHON ?= python3
ENV := .venv
RUN := $(ENV)/bin/python
READY := $(ENV)/.ready
TESTED := $(ENV)/.tested
OLDEST := $(shell sed -n 's/^requires-python = ">=\([0-9.]*\)"$$/\1/p' pyproject.toml)
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < tuple(map(int, "$(OLDEST)".split("."))))
ITS_VERSION := import sys; print("Python " + sys.version.split()[0])
# a test run starts hundreds of processes of one course: each would compile it again
unexport PYTHONDONTWRITEBYTECODE
AGAIN := make $(or $(MAKECMDGOALS),study) PYTHON=python$(OLDEST)

.PHONY: study test hub-test quick thorough mutation places build site doctor bench clean

study: $(READY)          ## open the course in JupyterLab, on your own copy of the notebooks
	$(RUN) -m autograder study

test: $(TESTED)          ## run all tests on every core; tests of a file, and all with a browser, share a worker and what is dear
	@$(RUN) -m autograder.course.npm  # the pages' scripts and engine, once: the tests themselves fetch nothing
	$(RUN) -m pytest -n auto --dist loadfile -m "not hub"

hub-test: $(TESTED)      ## a JupyterHub on this machine, and a lesson round in it; as root, for it makes accounts. Over a minute of processor time, so `make test` leaves it out
	$(RUN) -m pip install --quiet --disable-pip-version-check -e ".[hub]"
	@$(RUN) deploy/jupyterhub/hub.py proxy build/hub-proxy || true  # where npm is missing, the tests say so
	$(RUN) -m pytest tests/browser/test_hub.py

# the oracles of the lessons that LESSON=... does not name: they change with a lesson's own exercises and with nothing else
OTHER_ORACLES = $(filter-out tests/exercises/test_$(firstword $(subst _, ,$(LESSON)))_%,$(wildcard tests/exercises/test_*_oracles.py))
quick: $(TESTED)         ## what an author wants to know after each change, in half a minute: no sandbox, no browser, nothing of hand-ins and grades; with LESSON=01_derivative its oracles too, with EXPLORER=secant a walk through it
	$(RUN) -m pytest -n auto --dist loadfile -m "not slow" $(foreach room,browser course doors everywhere judge nbgrader page term,--ignore=tests/$(room)) $(OTHER_ORACLES:%=--ignore=%)
	$(if $(EXPLORER),$(RUN) -m pytest tests/explorers -k "$(EXPLORER)")

thorough: $(TESTED)      ## every reference over 1,000 seeds, all other answers and mistakes over 100, and in a browser's Python; all of what `make test` takes a part of, every sentence of every picture and axe on every page and notebook too
	@$(RUN) -m autograder.course.npm
	SEEDS=1000 $(RUN) -m pytest -n 1 tests/browser/test_tab_corpus.py tests/browser/test_tab_proofs.py tests/browser/test_all_explorers.py tests/browser/test_every_page.py tests/browser/test_every_notebook.py tests/browser/test_numbers.py
	SEEDS=1000 $(RUN) -m pytest -n auto tests/exercises/test_corpus.py -k "seeds or mistake or answers"
	SEEDS=1 $(RUN) -m pytest -n auto tests/exercises/test_transcript.py tests/judge/test_judge_zoo.py tests/judge/test_judge_sandbox.py tests/judge/test_judge_calls.py tests/judge/test_judge_lessons.py tests/nbgrader/test_hand_ins.py tests/locate tests/term/test_take_in.py tests/explorers/test_sentences.py

mutation: $(TESTED)      ## is a right answer made wrong noticed, by small changes and by what students do? takes hours; SAMPLE=30 takes so many of each exercise
	$(RUN) tests/exercises/mutate.py $(if $(SAMPLE),--sample $(SAMPLE))

places: $(TESTED)        ## of all known mistakes and of planted slips, how often is the place found, and is it right?
	$(RUN) tests/locate/measure.py

build: $(TESTED)         ## lesson texts to notebooks, both trees
	$(RUN) -m autograder build

site: $(TESTED)          ## the lessons as pages to work in, in site/; needs npm and the package index the first time
	$(RUN) -m autograder site

doctor: $(READY)         ## is everything that this machine needs in place, and is the course sound? `make doctor LESSON=01_derivative`: only that one
	$(RUN) -m autograder doctor $(LESSON)

bench: $(TESTED)         ## how fast check answers and how fast a class is graded
	$(RUN) benchmarks/check.py
	$(RUN) benchmarks/grading.py
	$(RUN) benchmarks/tab.py
	$(RUN) benchmarks/start.py

$(READY): requirements.txt pyproject.toml
	@# an old Python is refused here: pip would refuse it later, and leave an environment that no other Python mends
	@if test -x $(RUN); then \
	  $(RUN) -c '$(IS_NEW_ENOUGH)' || { echo "$(ENV) was made with `$(RUN) -c '$(ITS_VERSION)'`, and this course needs Python $(OLDEST) or newer: run  make clean  and then, for example,  $(AGAIN)" >&2; exit 1; }; \
	elif ! command -v $(PYTHON) >/dev/null; then \
	  echo "There is no command $(PYTHON), and this course needs Python $(OLDEST) or newer: install it, or name one that you have:  $(AGAIN)" >&2; exit 1; \
	elif ! $(PYTHON) -c '$(IS_NEW_ENOUGH)'; then \
	  echo "$(PYTHON) is `$(PYTHON) -c '$(ITS_VERSION)'`, and this course needs Python $(OLDEST) or newer: install it, or name one that you have:  $(AGAIN)" >&2; exit 1; \
	else \
	  $(PYTHON) -m venv $(ENV) || { rm -rf $(ENV); exit 1; }; \
	fi
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt -e ".[handout]" || { \
	  echo "The libraries of this course could not be installed; pip says why above. They are fetched once: run  make study  again where there is a network, later none is needed." >&2; exit 1; }
	touch $@

$(TESTED): $(READY)
	$(RUN) -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $@

clean:                   ## remove the environment; your work in study/ and work/ stays
	rm -rf $(ENV)
