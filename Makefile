# Each target sets up what it needs: a fresh machine wants Python 3.11+, make and a package index.
PYTHON ?= python3
WAVE ?= 2017
PREVIOUS ?=
URL ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTING := $(VENV)/.testing
TOOLS := $(VENV)/tools
ROOM ?=
INS ?=
PDF ?=
JOBS ?=
KNOWN := PYTHON WAVE PREVIOUS URL ROOM INS PDF JOBS

# A misspelt variable (`make book WAEV=2026`) would build another wave without a word.
GIVEN := $(foreach name,$(.VARIABLES),$(if $(filter command line,$(origin $(name))),$(name)))
UNKNOWN := $(filter-out $(KNOWN) MAKEFLAGS MAKEOVERRIDES -%,$(GIVEN))
ifneq ($(strip $(UNKNOWN)),)
$(error Variable inconnue : $(UNKNOWN). Variables connues : $(KNOWN))
endif

# Compiled modules are kept, whatever the environment asks: some fifty processes run, and each would compile all anew.
export PYTHONDONTWRITEBYTECODE :=
# They are compiled as they are first imported: of what is installed, three quarters never are.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
# For every system and every Python from 3.11 on; nothing in it tells where it was fetched.
LOCK := $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
PAGE_TESTS := $(BIN)/pytest -n auto -m site tests/publishing

.DEFAULT_GOAL := help
.PHONY: help book pdf fiches site waves verify check test lint unit notebooks pages built baseline bench coverage claims trials kills fuzz lighthouse lock audit sbom clean

help: ## Liste des commandes
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20
	@echo "  Variables : WAVE=2017 (la vague), PREVIOUS= (celle à laquelle comparer), PYTHON=python3,"
	@echo "              URL= (l’adresse où le site sera publié ; sans elle, celle de _config.yml),"
	@echo "              INS=, PDF=, JOBS= (fiches : quelles communes, imprimer aussi, combien de processus),"
	@echo "              ROOM= (une pièce de utils/ : statistics, survey, reading…)"

book: $(READY) ## Construire le site d'une vague dans _site/
	@$(BIN)/python -m utils build '$(WAVE)' --previous '$(PREVIOUS)' --url '$(URL)'

pdf: $(READY) ## Imprimer l’édition publiée : le livre entier et un dépliant, en PDF (demande Chromium)
	@$(BIN)/python -m utils pdf '$(WAVE)'

fiches: $(READY) ## Faire la fiche de chaque commune d'une vague, dans _fiches/ (INS="95001 95004", PDF=oui, JOBS=2)
	@$(BIN)/python -m utils fiches '$(WAVE)' --previous '$(PREVIOUS)' --url '$(URL)' $(if $(INS),--ins $(INS)) $(if $(PDF),--pdf) $(if $(JOBS),--jobs '$(JOBS)')

site: $(READY) ## Publier toutes les éditions réelles, chacune face à la précédente
	@$(BIN)/python -m utils site --url '$(URL)'

waves: $(READY) ## Lister les vagues de data/
	@$(BIN)/python -m utils waves

verify: $(READY) ## Reconstruire de rien une édition publiée, et la comparer octet par octet à ce que _site/ contient
	@$(BIN)/python -m utils verify '$(WAVE)'

check: $(READY) ## Vérifier les données d'une vague, sans rien construire
	@$(BIN)/python -m utils check '$(WAVE)' --previous '$(PREVIOUS)'

test: lint ## Tout vérifier, comme le fait l'intégration continue
	@# The builds leave a core idle for much of their time: the tests that need no page run beside them.
	@$(MAKE) --no-print-directory --jobs=2 unit built notebooks
	$(PAGE_TESTS)

lint: $(TESTING) ## Vérifier le style du code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

unit: $(TESTING) ## Tests du code, des données et de la structure (ROOM=statistics : d’une seule pièce)
	$(BIN)/pytest -n auto --dist loadscope -m "not site$(if $(ROOM), and not chapters)" --doctest-modules $(if $(ROOM),tests/$(ROOM) utils/$(ROOM),tests utils)

notebooks: $(TESTING) ## Rejouer chaque chapitre et comparer à ses résultats enregistrés
	$(BIN)/pytest --nbval chapters docs/analyse.ipynb -n auto --dist loadfile

pages: built ## Construire le livre des deux façons et vérifier ses pages
	$(PAGE_TESTS)

built: $(TESTING)
	$(BIN)/jupyter-book build . -W --keep-going -n --all --quiet
	@$(BIN)/python -m utils build 2017
	@$(BIN)/python -m utils build demo --previous 2017
	@# Without a browser the rest is still checked; pytest then says what was not, and refuses where CI=true.
	@$(BIN)/python -m utils pdf 2017 && $(BIN)/python -m utils pdf demo || true

baseline: $(READY) ## Renouveler les résultats enregistrés dans chapters/, tests/expected/ et docs/
	@$(BIN)/python -m utils baseline

bench: $(READY) ## Mesurer la durée d’une construction, des fiches, et de la vérification d’un million de réponses
	@$(BIN)/python benchmarks/build.py
	@$(BIN)/python benchmarks/sheets.py
	@$(BIN)/python benchmarks/responses.py

coverage: $(READY) ## Mesurer la couverture des intervalles et récrire data/couverture.csv (5 minutes)
	@$(BIN)/python benchmarks/coverage.py

claims: $(READY) ## Mesurer les fausses alertes des livres et récrire data/fausses_alertes.csv (7 minutes)
	@$(BIN)/python benchmarks/false_claims.py

trials: $(READY) ## Donner à vérifier des vagues abîmées, presque vides ou hostiles, dans data/epreuves.csv
	@$(BIN)/python benchmarks/trials.py

kills: $(READY) ## Tuer les commandes à des moments tirés au hasard, les priver de disque, dans data/arrets.csv (une heure)
	@$(BIN)/python benchmarks/kills.py

fuzz: $(TESTING) ## Donner aux lecteurs des fichiers abîmés au hasard, dans data/fuzz.csv (dix minutes par lecteur)
	@$(BIN)/python benchmarks/fuzz.py 600

lighthouse: $(READY) ## Noter les pages de _site/2017 avec Lighthouse, qui demande Node.js
	@$(BIN)/python benchmarks/lighthouse.py

lock: $(TOOLS) ## Renouveler les verrous : tout ce que demandent requirements*.txt, chaque fichier par son empreinte
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) requirements.txt requirements-tests.txt -o requirements-tests.lock

audit: $(TOOLS) ## Chercher les failles connues de ce qui est installé (demande le réseau ; réponses dans SECURITY.md)
	$(TOOLS)/bin/pip-audit --require-hashes --disable-pip -r requirements.lock

sbom: $(TOOLS) ## Écrire la nomenclature de ce qui construit le livre, au format CycloneDX, dans _build/
	@mkdir -p _build
	$(TOOLS)/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml -o _build/nomenclature.cdx.json $(BIN)/python

clean: ## Effacer ce qui se reconstruit
	rm -rf $(VENV) _build _fiches _site *.egg-info .pytest_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Il faut Python 3.11 ou plus récent : make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(TESTING): $(READY) requirements-tests.lock
	$(INSTALL) --require-hashes -r requirements-tests.lock
	@touch $@

# What looks at the environment stands apart from it.
$(TOOLS): $(READY)
	$(PYTHON) -m venv --clear $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 pip-audit==2.10.1 cyclonedx-bom==7.5.0
