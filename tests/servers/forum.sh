#!/usr/bin/env bash
# A real forum: NodeBB on Redis. Installing sets it up once, with the council as its administrator.
# usage: tests/servers/forum.sh install | start FOLDER PORT REDIS_PORT | stop FOLDER
# `start` prints {"url", "council", "write"}: its address, the council's name, and what writes on it.
. "$(dirname "$0")/lib.sh"
here=$SERVERS/forum
ready=$here/node_modules/.ready

redis() { # redis FOLDER PORT
  background "$1" redis redis-server --port "$2" --bind 127.0.0.1 --save '' --appendonly no --dir "$1"
  for _ in $(seq 100); do redis-cli -p "$2" ping >/dev/null 2>&1 && break; sleep .1; done
}

configured() { # configured PORT REDIS_PORT : NodeBB's configuration, as its setup takes it too
  cat <<END
{"url": "http://127.0.0.1:$1", "port": "$1", "bind_address": "127.0.0.1", "secret": "of the tests",
 "database": "redis", "redis:host": "127.0.0.1", "redis:port": "$2", "redis:password": "", "redis:database": "0",
 "redis": {"host": "127.0.0.1", "port": "$2", "password": "", "database": "0"},
 "admin:username": "council", "admin:password": "Passw0rd!x", "admin:password:confirm": "Passw0rd!x",
 "admin:email": "clerk@example.org"}
END
}

install() {
  packages redis-server
  command -v npm >/dev/null || packages npm
  [ "$ready/dump.rdb" -nt "$here/package-lock.json" ] && return
  npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund --loglevel error >&2
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  mkdir -p "$ready"
  cp -r "$here/node_modules/nodebb" "$ready/app" # it looks for its themes beside itself
  rm -rf "$ready/app/node_modules"
  ln -s ../.. "$ready/app/node_modules"
  mkdir -p "$ready/app/public/uploads/"{sounds,profile,category,files,system}
  trap 'stop_all "$ready"' EXIT
  redis "$ready" "$port"
  (cd "$ready/app" && node app.js --setup="$(configured 4567 "$port")" >"$ready/setup.log" 2>&1 && rm -f config.json)
  # pictures of emoji are fetched at start; who is new would have to wait before writing
  redis-cli -p "$port" zrem plugins:active nodebb-plugin-emoji-one nodebb-plugin-emoji-extended >/dev/null
  redis-cli -p "$port" hmset config initialPostDelay 0 newbiePostDelay 0 postDelay 0 >/dev/null
  redis-cli -p "$port" save >/dev/null
}

case $1 in
  install) install ;;
  start)
    install >&2
    folder=$2 port=$3
    mkdir -p "$folder"
    cp "$ready/dump.rdb" "$folder"
    redis "$folder" "$4"
    configured "$port" "$4" >"$folder/config.json"
    background "$folder" nodebb env -C "$ready/app" node app.js --config="$folder/config.json"
    answers "http://127.0.0.1:$port/api/config" 60
    printf '{"url": "http://127.0.0.1:%s", "council": "council", "write": "%s"}\n' "$port" "$here/write.js"
    ;;
  stop) stop_all "$2" ;;
esac
