#!/usr/bin/env bash
# MediaWiki (Debian's) on SQLite behind PHP's own server: Clerk (sysop) and Resident, all of it in one folder.
# usage: tests/servers/mediawiki.sh install | start FOLDER PORT | stop FOLDER
# WIKI_SOURCE is another MediaWiki, unpacked: on Debian 12, `install` unpacks that of Debian 13 beside
# this file. Anybody may edit while FOLDER/open exists, and only who has logged in may read while
# FOLDER/private does. Every password is NAME-pass-123, in lower case.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source=${WIKI_SOURCE:-/usr/share/mediawiki}
newer=$SERVERS/.mediawiki

install() {
  packages mediawiki php-cli php-sqlite3 php-intl php-mbstring php-xml php-curl
  [ ! -e "$newer/usr" ] || return 0
  local site place options
  site=$(apt-get indextargets --format '$(SITE) $(CODENAME)' | sort | awk '$2 == "bookworm" {print $1; exit}')
  [ -n "$site" ] || return 0
  place=$(mktemp -d)
  mkdir -p "$place"/{lists,cache/archives}/partial "$newer"
  echo "deb $site trixie main" >"$place/sources.list"
  options=(-qq -o "Dir::Etc::SourceList=$place/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$place/lists" -o "Dir::Cache=$place/cache" -o APT::Sandbox::User=)
  apt-get "${options[@]}" update
  (cd "$place" && apt-get "${options[@]}" download mediawiki mediawiki-classes)
  for package in "$place"/*.deb; do dpkg-deb -x "$package" "$newer"; done
  rm -rf "$place"
}

settle() { # settle FOLDER PORT : a new wiki and its people
  local folder=$1 port=$2 log=$1/install.log
  mkdir -p "$folder"/{data,images,cache}
  env -u MW_CONFIG_FILE php "$source/maintenance/install.php" --dbtype sqlite --dbpath "$folder/data" --dbname wiki \
    --pass admin-pass-123 --server "http://127.0.0.1:$port" --scriptpath "" --confpath "$folder" --skins Vector \
    "Little Snoring Wiki" Admin >"$log" 2>&1
  cat >>"$folder/LocalSettings.php" <<PHP
\$wgEnableUploads = true;
\$wgUploadDirectory = "$folder/images";
\$wgUploadPath = "/images";
\$wgCacheDirectory = "$folder/cache";
\$wgJobRunRate = 0;
\$wgUseRCPatrol = true;
\$wgRateLimits = [];
\$wgPasswordAttemptThrottle = [];
\$wgGroupPermissions["*"]["createaccount"] = false;
\$wgGroupPermissions["*"]["edit"] = file_exists("$folder/open");
\$wgGroupPermissions["*"]["read"] = !file_exists("$folder/private");
\$wgGroupPermissions["sysop"]["deleterevision"] = true;
PHP
  export MW_CONFIG_FILE=$folder/LocalSettings.php
  php "$source/maintenance/createAndPromote.php" --force --sysop Clerk clerk-pass-123 >>"$log" 2>&1
  php "$source/maintenance/createAndPromote.php" Resident resident-pass-123 >>"$log" 2>&1
  php "$source/maintenance/createBotPassword.php" --appid audit --grants basic Clerk \
    clerkbotpasswordof32lettersatleast >>"$log" 2>&1
  cat >"$folder/router.php" <<'PHP'
<?php
$path = rawurldecode(parse_url($_SERVER["REQUEST_URI"], PHP_URL_PATH));
if (!str_starts_with($path, "/images/")) return false;
$file = realpath(__DIR__ . $path);
if (!$file || !str_starts_with($file, __DIR__ . "/images/")) { http_response_code(404); return; }
header("Content-Type: " . mime_content_type($file));
readfile($file);
PHP
}

case $1 in
  install) install ;;
  start)
    settle "$2" "$3"
    background "$2" php env PHP_CLI_SERVER_WORKERS=3 MW_CONFIG_FILE="$2/LocalSettings.php" \
      php -d opcache.enable_cli=1 -S "127.0.0.1:$3" -t "$source" "$2/router.php"
    answers "http://127.0.0.1:$3/api.php?action=query&meta=siteinfo&format=json"
    printf '{"url": "http://127.0.0.1:%s"}\n' "$3"
    ;;
  stop) stop_all "$2" ;;
esac
