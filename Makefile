# The course's commands. Without make: README, "Without make".
PYTHON ?= python3
ENV := .venv
RUN := $(ENV)/bin/python
READY := $(ENV)/.ready
TESTED := $(ENV)/.tested

.PHONY: study test quick thorough mutation places build site doctor bench clean

study: $(READY)          ## open the course in JupyterLab, on your own copy of the notebooks
	$(RUN) -m autograder study

test: $(TESTED)          ## run all tests, a file at a time on every core: tests of a file share what is dear
	$(RUN) -m pytest -n auto --dist loadfile

quick: $(TESTED)         ## only the tests that take no time
	$(RUN) -m pytest -n auto --dist loadfile -m "not slow and not browser"

thorough: $(TESTED)      ## every reference over 1,000 seeds
	SEEDS=1000 $(RUN) -m pytest -n auto tests/exercises/test_corpus.py -k "seeds or mistake or answers"

mutation: $(TESTED)      ## is a right answer made wrong by one small change noticed?
	$(RUN) tests/exercises/mutate.py

places: $(TESTED)        ## of all known mistakes and of planted slips, how often is the place found, and is it right?
	$(RUN) tests/locate/measure.py

build: $(TESTED)         ## lesson texts to notebooks, both trees
	$(RUN) -m autograder build

site: $(TESTED)          ## the lessons as pages with live explorers, in site/; needs npm the first time
	$(RUN) -m autograder site

doctor: $(READY)         ## is everything that this machine needs in place, and is the course sound?
	$(RUN) -m autograder doctor

bench: $(TESTED)         ## how fast check answers and how fast a class is graded
	$(RUN) benchmarks/check.py
	$(RUN) benchmarks/grading.py

$(READY): requirements.txt pyproject.toml
	test -x $(RUN) || $(PYTHON) -m venv $(ENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt -e .
	touch $@

$(TESTED): $(READY)
	$(RUN) -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $@

clean:                   ## remove the environment; your work in study/ and work/ stays
	rm -rf $(ENV)
