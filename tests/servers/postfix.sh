#!/usr/bin/env bash
# A Postfix of our own on loopback, with Dovecot for its logins and Postgrey, all of it in one folder.
# usage: tests/servers/postfix.sh start FOLDER OWNER PORT LOGIN_PORT GREY_PORT CLEAR_PORT | stop FOLDER
# PORT takes mail over STARTTLS; LOGIN_PORT wants a login besides (audit@localhost.example, password
# mail-password); GREY_PORT puts each reader off for a second the first time; CLEAR_PORT wants no
# encryption, so that a wire can be cut at a known byte. As root.
# Mail for clerk@ or deputy@localhost.example lies in FOLDER/mail/NAME/new, as OWNER's files; other
# readers are refused.
set -euo pipefail
folder=$2
if [ "$1" = stop ]; then
  for pid in "$folder"/dovecot/master.pid "$folder"/grey/pid; do
    [ ! -e "$pid" ] || kill "$(cat "$pid")" || true
  done
  exec postfix -c "$folder/etc" stop
fi
owner=$3; port=$4; login_port=$5; grey_port=$6; clear_port=$7

mkdir -p "$folder"/{etc,queue,data,mail,dovecot/login,grey}
chown postfix "$folder/data"
chown "$owner" "$folder/mail"
chown postgrey "$folder/grey"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
  -addext 'subjectAltName=IP:127.0.0.1' -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>"$folder/openssl.log"
chmod 600 "$folder/key.pem"

echo 'audit@localhost.example:{PLAIN}mail-password' >"$folder/logins"
cat >"$folder/dovecot.conf" <<CF
base_dir = $folder/dovecot
log_path = $folder/dovecot.log
protocols =
ssl = no
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = $folder/logins
}
userdb {
  driver = static
  args = uid=$(id -u postfix) gid=$(id -g postfix) home=$folder/mail
}
service auth {
  unix_listener postfix {
    mode = 0666
  }
}
CF
dovecot -c "$folder/dovecot.conf"
postgrey --daemonize --unix="$folder/grey/socket" --pidfile="$folder/grey/pid" --dbdir="$folder/grey" \
  --delay=1 --auto-whitelist-clients=0

cat >"$folder/etc/main.cf" <<CF
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
command_directory = $(postconf -d -h command_directory)
daemon_directory = $(postconf -d -h daemon_directory)
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
local_recipient_maps =
virtual_mailbox_domains = localhost.example
virtual_mailbox_maps = inline:{ { clerk@localhost.example = clerk/ }, { deputy@localhost.example = deputy/ } }
virtual_mailbox_base = $folder/mail
virtual_minimum_uid = 1
virtual_uid_maps = static:$(id -u "$owner")
virtual_gid_maps = static:$(id -g "$owner")
default_transport = error:nothing leaves this machine
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_cert_file = $folder/certificate.pem
smtpd_tls_key_file = $folder/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $folder/dovecot/postfix
smtpd_delay_reject = yes
message_size_limit = 300000
mailbox_size_limit = 0
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
CF
cat >"$folder/etc/master.cf" <<CF
127.0.0.1:$port inet n - n - - smtpd
127.0.0.1:$login_port inet n - n - - smtpd
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
127.0.0.1:$grey_port inet n - n - - smtpd
  -o { smtpd_recipient_restrictions = check_policy_service unix:$folder/grey/socket }
127.0.0.1:$clear_port inet n - n - - smtpd
  -o smtpd_tls_security_level=none
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
CF
postfix -c "$folder/etc" start >"$folder/start.log" 2>&1 || { cat "$folder/start.log" "$folder/postfix.log" >&2; exit 1; }
