#!/usr/bin/env bash
# A WordPress of our own on loopback, with a MariaDB that listens on no port, all of it in one folder.
# usage: tests/servers/wordpress.sh install | start FOLDER PORT | stop FOLDER
# SOCIALAUDIT_TEST_WORDPRESS is the tree of another version than Debian's package has.
# What it tells: url, version, folder, user and password (an application password of an administrator)
# and login (the password that signs in to the dashboard).
. "$(dirname "$0")/lib.sh"

case $1 in
  install)
    packages wordpress mariadb-server php-cli php-mysql php-gd php-xml php-mbstring curl
    exit ;;
  stop) stop_all "$2"; exit ;;
esac
folder=$(mkdir -p "$2" && cd "$2" && pwd); port=$3; url=http://127.0.0.1:$port
as=(); [ "$(id -u)" -ne 0 ] || as=(--user=root)
PATH=$PATH:/usr/sbin

mariadb-install-db --no-defaults "${as[@]}" --datadir="$folder/db" --skip-test-db \
  --auth-root-authentication-method=normal >"$folder/install-db.log" 2>&1
background "$folder" mariadb mariadbd --no-defaults "${as[@]}" --datadir="$folder/db" \
  --socket="$folder/db.sock" --pid-file="$folder/db.own" --skip-networking --skip-log-bin \
  --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0 --performance-schema=OFF
sql() { mariadb --no-defaults -uroot -S "$folder/db.sock" "$@"; }
for _ in $(seq 300); do sql -e 'select 1' >/dev/null 2>&1 && break; sleep .1; done
sql -e 'create database wordpress character set utf8mb4'

cp -rL "${SOCIALAUDIT_TEST_WORDPRESS:-/usr/share/wordpress}" "$folder/www"
rm -f "$folder/www/wp-config.php"
mkdir -p "$folder/www/wp-content/uploads" "$folder/www/wp-content/mu-plugins"
cat >"$folder/www/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$folder/db.sock'); define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '$url'); define('WP_SITEURL', '$url');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords over plain http
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('ALLOW_UNFILTERED_UPLOADS', true); // files of subtitles
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
cat >"$folder/router.php" <<'PHP'
<?php // what a web server's rewrite rules do
$root = $_SERVER['DOCUMENT_ROOT'];
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($root . $path)) return false;
$script = $path !== '/' && is_file(rtrim($root . $path, '/') . '/index.php') ? rtrim($path, '/') . '/index.php' : '/index.php';
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $script;
chdir(dirname($root . $script));
require $root . $script;
PHP
cat >"$folder/install.php" <<'PHP'
<?php // what the five minutes' installation does, and an application password
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
define('WP_INSTALLING', true);
require $argv[1] . '/www/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
$user = wp_install('Anytown Town Council', 'clerk', 'clerk@example.org', true, '', 'dashboard-pass')['user_id'];
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('timezone_string', 'Europe/London');
update_option('blogdescription', 'The official news of Anytown Town Council');
$wp_rewrite->init(); $wp_rewrite->flush_rules(false);
[$password] = WP_Application_Passwords::create_new_application_password($user, ['name' => 'audit']);
echo json_encode(['url' => $argv[2], 'user' => 'clerk', 'password' => $password, 'login' => 'dashboard-pass',
  'folder' => $argv[1], 'version' => get_bloginfo('version')]), "\n";
PHP
php -d sendmail_path=/bin/true "$folder/install.php" "$folder" "$url" >"$folder/told.json"
PHP_CLI_SERVER_WORKERS=4 background "$folder" php php -d sendmail_path=/bin/true \
  -S "127.0.0.1:$port" -t "$folder/www" "$folder/router.php"
answers "$url/wp-json/"
cat "$folder/told.json"
