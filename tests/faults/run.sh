#!/usr/bin/env bash
# Install what the faults need (PostgreSQL, Redis), then run the tests that kill real processes.
# A skip is a failure. Nothing that was started is left behind, even after a kill.
# usage: tests/faults/run.sh PYTHON [PYTEST ARGUMENT...]
set -euo pipefail
python=$1
source "$(dirname "$0")/../servers/lib.sh"
packages postgresql redis-server
here=$(mktemp -d)
chmod 755 "$here"
finish() {
  local environment
  for environment in /proc/[0-9]*/environ; do
    if "${as_root[@]}" grep -qszx "FAULTS_STACK=$here" "$environment"; then
      environment=${environment%/environ}
      [ "${environment#/proc/}" = $$ ] || "${as_root[@]}" kill -9 "${environment#/proc/}" 2>/dev/null || true
    fi
  done
  "${as_root[@]}" rm -rf "$here"
}
trap finish EXIT
SOCIALAUDIT_TEST_POSTGRESQL_BIN=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
export SOCIALAUDIT_TEST_POSTGRESQL_BIN
FAULTS_STACK=$here "$python" -m pytest -m machines -p no:cacheprovider \
  --junit-xml "$here/result.xml" "${@:2}"
"$python" - "$here/result.xml" <<'PY'
import sys
import xml.etree.ElementTree as xml
suite = next(xml.parse(sys.argv[1]).iter("testsuite"))
if int(suite.get("skipped", 0)) or not int(suite.get("tests", 0)):
    sys.exit("a test of the faults was skipped, or none ran")
PY
