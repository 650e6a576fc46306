# The two commands that matter: make up, make test.
PYTHON ?= python3
PORT ?= 8000
RUN = .venv/bin/python
# As many test processes as cores: at least two, at most eight (each has a Redis number of sixteen, and a browser).
PROCESSES ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -gt 2 ] || n=2; [ $$n -lt 8 ] || n=8; echo $$n)
export UV_PYTHON_DOWNLOADS = never
# On Linux the platform stops with make, even when make is killed.
WITH_US := $(shell command -v setpriv >/dev/null 2>&1 && echo setpriv --pdeathsig TERM)

.PHONY: up test check bench bench-matching chaos audit env base reset backup restore demo-data create-first-admin rescue-last-admin pins

up: base
	@PORT=$(PORT) exec $(WITH_US) $(RUN) manage.py up

test: env
	@$(RUN) -m pytest -n $(PROCESSES) --dist loadgroup -m "not chaos and not audit" $(ARGS)

check: env
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@.venv/bin/lint-imports
	@$(RUN) -m tools.check_migrations
	@FACTORY_MODE=production ALLOWED_HOSTS=example.org SITE_URL=https://example.org \
	  SECRET_KEY=$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  $(RUN) manage.py check --deploy --fail-level WARNING

bench: env
	@$(RUN) manage.py bench $(ARGS)

bench-matching: env
	@$(RUN) manage.py bench_matching $(ARGS)

chaos: env
	@$(RUN) -m pytest -m chaos -q -s tests/faults $(ARGS)

audit: env
	@$(RUN) -m pytest -m audit -n $(PROCESSES) $(ARGS)

reset: base
	@$(RUN) manage.py reset

backup: base
	@$(RUN) manage.py backup $(ARGS)

restore: base
	@$(RUN) manage.py restore $(FROM) $(ARGS)

demo-data: base
	@$(RUN) manage.py demo_data --scale $(or $(SCALE),1)

create-first-admin: base
	@$(RUN) manage.py create_first_admin $(EMAIL)

rescue-last-admin: base
	@$(RUN) manage.py rescue_last_admin $(EMAIL)

base env:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install python3." >&2; exit 1; }
	@$(PYTHON) factory/local/install.py $(if $(filter env,$@),dev,base)

# Pins by hash, for every system; the files name no registry. Extras stay in the pins: asked for name[extra],
# pip takes the newest there is, which has no hash here, unless that very form is pinned.
pins: env
	@cd requirements && for name in uv node base dev; do \
	  ../.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header \
	    --no-emit-index-url --no-emit-find-links -q $$name.in -o $$name.txt $(ARGS); done
