#!/usr/bin/env bash
# Install and start the real servers, then run the tests that need them. A skip is a failure.
# usage: tests/servers/run.sh PYTHON
set -euo pipefail
python=$1
here=$(mktemp -d)
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
missing=()
need chromium chromium
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}"
fi

bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
user=(); owner=$(id -un)
if [ "$(id -u)" -eq 0 ]; then user=(runuser -u postgres --); owner=postgres; fi
chmod 755 "$here"; mkdir "$here/pg"; chown "$owner" "$here/pg"
finish() {
  "${user[@]}" "$bin/pg_ctl" -D "$here/pg/db" -m immediate -s stop || true
  rm -rf "$here"
}
trap finish EXIT
"${user[@]}" "$bin/initdb" -D "$here/pg/db" -U audit -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
"${user[@]}" "$bin/pg_ctl" -D "$here/pg/db" -s -w -l "$here/pg/log" \
  -o "-c listen_addresses=127.0.0.1 -p $port -k $here/pg -c fsync=off" start

export SOCIALAUDIT_TEST_POSTGRESQL="postgresql+psycopg://audit@127.0.0.1:$port/postgres"
export SOCIALAUDIT_TEST_CHROMIUM="${SOCIALAUDIT_TEST_CHROMIUM:-$(command -v chromium)}"
"$python" -m pytest -m servers -p no:cacheprovider --junit-xml "$here/result.xml" "${@:2}"
"$python" - "$here/result.xml" <<'PY'
import sys
import xml.etree.ElementTree as xml
suite = next(xml.parse(sys.argv[1]).iter("testsuite"))
if int(suite.get("skipped", 0)) or not int(suite.get("tests", 0)):
    sys.exit("a test that needs servers was skipped, or none ran")
PY
