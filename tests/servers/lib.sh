# What the scripts of the real servers share. Source it; it starts nothing by itself.
# Each script: install | start FOLDER PORT... | stop FOLDER. `start` puts all it writes into FOLDER,
# listens on 127.0.0.1 alone, and prints one line of JSON: what a test needs to know.
set -euo pipefail
SERVERS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo)

packages() { # packages NAME... : install those Debian packages that are missing, without starting daemons
  local name missing=()
  for name in "$@"; do dpkg -s "$name" 2>/dev/null | grep -q '^Status: install ok' || missing+=("$name"); done
  [ "${#missing[@]}" -gt 0 ] || return 0
  [ -n "$(find /var/lib/apt/lists -name '*Packages*' -mmin -120 2>/dev/null | head -n 1)" ] || "${as_root[@]}" apt-get update -qq
  local policy=/usr/sbin/policy-rc.d made=
  [ -e $policy ] || { made=yes; printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null; "${as_root[@]}" chmod 755 $policy; }
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${missing[@]}" >/dev/null
  [ -z "$made" ] || "${as_root[@]}" rm $policy
}

python_servers() { # print the Python that has the servers of requirements-servers.lock
  local root venv
  root=$(dirname "$(dirname "$SERVERS")") venv=$SERVERS/.venv
  if ! [ "$venv/.installed" -nt "$root/requirements-servers.lock" ]; then
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --require-hashes --no-deps -r "$root/requirements-servers.lock"
    touch "$venv/.installed"
  fi
  echo "$venv/bin/python"
}

background() { # background FOLDER NAME COMMAND... : in a process group of its own, its log in FOLDER/NAME.log
  local folder=$1 name=$2; shift 2
  mkdir -p "$folder/tmp"
  TMPDIR=$folder/tmp setsid "$@" >"$folder/$name.log" 2>&1 </dev/null &
  echo $! >"$folder/$name.pid"
}

answers() { # answers URL [SECONDS] : wait until it does
  local i
  for i in $(seq $((${2:-30} * 10))); do curl -sf -o /dev/null "$1" && return 0; sleep .1; done
  echo "no answer: $1" >&2
  return 1
}

stop_all() { # stop_all FOLDER : end each process group that was started there
  local file pid i
  for file in "$1"/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    kill -- "-$pid" 2>/dev/null || true
    for i in $(seq 50); do kill -0 -- "-$pid" 2>/dev/null || break; sleep .1; done
    kill -9 -- "-$pid" 2>/dev/null || true
    rm -f "$file"
  done
}
