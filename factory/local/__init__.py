"""Everything `make up` and `make test` need on a bare machine: PostgreSQL, Redis, mail, a supervisor."""
