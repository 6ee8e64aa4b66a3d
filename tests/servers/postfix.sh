#!/usr/bin/env bash
# A Postfix of our own on loopback: STARTTLS, a mailbox for each of some names, all of it in one folder.
# usage: tests/servers/postfix.sh start FOLDER PORT OWNER | stop FOLDER     (as root)
# Mail for clerk@ or deputy@localhost.example lies in FOLDER/mail/NAME/new, as OWNER's files; other
# readers are refused.
set -euo pipefail
folder=$2
if [ "$1" = stop ]; then exec postfix -c "$folder/etc" stop; fi

mkdir -p "$folder"/{etc,queue,data,mail}
chown postfix "$folder/data"
chown "$4" "$folder/mail"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
  -addext 'subjectAltName=IP:127.0.0.1' -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>"$folder/openssl.log"
chmod 600 "$folder/key.pem"
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
virtual_uid_maps = static:$(id -u "$4")
virtual_gid_maps = static:$(id -g "$4")
default_transport = error:nothing leaves this machine
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_cert_file = $folder/certificate.pem
smtpd_tls_key_file = $folder/key.pem
smtpd_tls_security_level = encrypt
message_size_limit = 300000
mailbox_size_limit = 0
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
CF
cat >"$folder/etc/master.cf" <<CF
127.0.0.1:$3 inet n - n - - smtpd
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
