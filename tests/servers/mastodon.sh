#!/usr/bin/env bash
# A server of Mastodon's API (mastodon_mock), with the council, a resident and a private account.
# usage: tests/servers/mastodon.sh install | start FOLDER PORT | stop FOLDER
# Prints {"url", "council", "resident"}: its address, and the tokens of the two.
. "$(dirname "$0")/lib.sh"
case $1 in
install) python_servers >/dev/null; exit ;;
stop) stop_all "$2"; exit ;;
esac
folder=$2 port=$3
mkdir -p "$folder"
cat >"$folder/server.toml" <<END
mocked_version = "4.4.0"
domain = "127.0.0.1:$port"
url_scheme = "http"
rules = ["Be civil"]
[auth]
enforce_scopes = true
[[seed.accounts]]
username = "council"
display_name = "Little Snoring Town Council"
note = "<p>The town council. Monitored on weekdays.</p>"
access_token = "council-token"
[[seed.accounts]]
username = "resident"
display_name = "Ann Example"
access_token = "resident-token"
END
background "$folder" mastodon "$(python_servers)" -m mastodon_mock serve --config "$folder/server.toml" \
  --in-memory --host 127.0.0.1 --port "$port"
answers "http://127.0.0.1:$port/api/v2/instance"
echo '{"url": "http://127.0.0.1:'"$port"'", "council": "council-token", "resident": "resident-token"}'
