#!/usr/bin/env bash
# Install and start the real servers, then run the tests that need them. A skip is a failure.
# usage: tests/servers/run.sh PYTHON [PYTEST ARGUMENT...]
set -euo pipefail
python=$1
servers=$(dirname "$0")
here=$(mktemp -d)
chmod 755 "$here"
as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo)
need() { PATH=$PATH:/usr/sbin command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
free_port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

missing=()
need chromium chromium
need postfix postfix
need dovecot dovecot-core
need postgrey postgrey
need java default-jre-headless
need npm npm
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
if [ "${#missing[@]}" -gt 0 ]; then
  "${as_root[@]}" apt-get update -qq
  echo "postfix postfix/main_mailer_type select No configuration" | "${as_root[@]}" debconf-set-selections
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"
fi

if ! [ "$servers/node_modules/.package-lock.json" -nt "$servers/package-lock.json" ]; then
  npm ci --prefix "$servers" --ignore-scripts --no-audit --no-fund --loglevel error
fi

for server in "$servers"/*.sh; do
  case $server in */run.sh | */lib.sh | */postfix.sh) ;; *) PYTHON=$python bash "$server" install ;; esac
done

bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
user=(); pg_owner=$(id -un); mail_owner=$pg_owner
if [ "$(id -u)" -eq 0 ]; then user=(runuser -u postgres --); pg_owner=postgres; mail_owner=postfix; fi
finish() {
  "${user[@]}" "$bin/pg_ctl" -D "$here/pg/db" -m immediate -s stop || true
  "${as_root[@]}" bash "$servers/postfix.sh" stop "$here/postfix" >/dev/null 2>&1 || true
  if mountpoint -q "$here/disk"; then "${as_root[@]}" umount "$here/disk"; fi
  "${as_root[@]}" rm -rf "$here"
}
trap finish EXIT

port=$(free_port)
mkdir "$here/pg"; chown "$pg_owner" "$here/pg"
"${user[@]}" "$bin/initdb" -D "$here/pg/db" -U audit -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
"${user[@]}" "$bin/pg_ctl" -D "$here/pg/db" -s -w -l "$here/pg/log" \
  -o "-c listen_addresses=127.0.0.1 -p $port -k $here/pg -c fsync=off" start
export SOCIALAUDIT_TEST_POSTGRESQL="postgresql+psycopg://audit@127.0.0.1:$port/postgres"

ports=("$(free_port)" "$(free_port)" "$(free_port)" "$(free_port)")
"${as_root[@]}" env PATH="$PATH:/usr/sbin" bash "$servers/postfix.sh" start "$here/postfix" "$mail_owner" "${ports[@]}"
export SOCIALAUDIT_TEST_POSTFIX="${ports[*]} $here/postfix/mail"

mkdir "$here/disk"
if "${as_root[@]}" mount -t tmpfs -o size=8m,mode=1777 tmpfs "$here/disk" 2>/dev/null; then
  export SOCIALAUDIT_TEST_SMALL_DISK="$here/disk"
else
  echo "no file system may be mounted here: the size of files is limited instead of the disk's"
fi

export SOCIALAUDIT_TEST_CHROMIUM="${SOCIALAUDIT_TEST_CHROMIUM:-$(command -v chromium)}"
"$python" -m pytest -m servers -p no:cacheprovider --junit-xml "$here/result.xml" "${@:2}"
"$python" - "$here/result.xml" <<'PY'
import sys
import xml.etree.ElementTree as xml
suite = next(xml.parse(sys.argv[1]).iter("testsuite"))
if int(suite.get("skipped", 0)) or not int(suite.get("tests", 0)):
    sys.exit("a test that needs servers was skipped, or none ran")
PY
