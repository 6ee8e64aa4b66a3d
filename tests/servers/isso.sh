#!/usr/bin/env bash
# A real Isso: comments below pages, all of which wait for its administrator first.
# usage: isso.sh install | start FOLDER PORT | stop FOLDER
source "$(dirname "$0")/lib.sh"
case $1 in
  install) python_servers >/dev/null ;;
  stop) stop_all "$2" ;;
  start)
    folder=$2 url=http://127.0.0.1:$3 python=$(python_servers)
    mkdir -p "$folder"
    cat >"$folder/isso.cfg" <<END
[general]
dbpath = $folder/comments.db
host = $url/
latest-enabled = true
[admin]
enabled = true
password = a password of the tests
[moderation]
enabled = true
[server]
listen = $url
[guard]
enabled = false
END
    background "$folder" isso "$(dirname "$python")/isso" -c "$folder/isso.cfg" run
    answers "$url/info"
    printf '{"url": "%s", "password": "a password of the tests"}\n' "$url"
    ;;
esac
