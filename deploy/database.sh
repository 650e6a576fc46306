#!/bin/sh
# Runs once, in an empty cluster: two roles, so that the application never owns its tables.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d postgres \
  -v owner="$OWNER_DB_PASSWORD" -v app="$APP_DB_PASSWORD" <<'SQL'
CREATE ROLE factory_owner LOGIN PASSWORD :'owner';
CREATE ROLE factory_app LOGIN PASSWORD :'app';
CREATE DATABASE factory OWNER factory_owner;
\connect factory
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE EXTENSION btree_gist;
CREATE EXTENSION vector;
SQL
