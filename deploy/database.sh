#!/bin/sh
# The two databases of deploy/compose.yaml, once: roles that are no superusers, so that PostgreSQL
# itself keeps each council's rows from another's runs.
set -eu
for name in prefect socialaudit; do
  psql --set ON_ERROR_STOP=1 --username postgres --set name="$name" --set secret="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE :"name" LOGIN NOSUPERUSER PASSWORD :'secret';
CREATE DATABASE :"name" OWNER :"name";
SQL
done
psql --set ON_ERROR_STOP=1 --username postgres --dbname prefect --command "CREATE EXTENSION pg_trgm"
