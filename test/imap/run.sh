#!/usr/bin/env bash
# Starts a real mail server (Dovecot) on this computer, with a certificate of its
# own and mailboxes that the test fills, and runs the test against it. Leaves
# nothing behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v dovecot >/dev/null || PATH=$PATH:/usr/sbin
command -v dovecot >/dev/null || { echo "imap: dovecot is not installed (scripts/deps.sh test)" >&2; exit 1; }

dir=$(mktemp -d /tmp/unlisted-imap.XXXXXX)
port=${IMAP_PORT:-$((20000 + RANDOM % 20000))}
stop() {
	[ -f "$dir/run/master.pid" ] && kill "$(cat "$dir/run/master.pid")" 2>/dev/null
	for _ in $(seq 50); do [ -e "$dir/run/master.pid" ] || break; sleep 0.1; done
	rm -rf "$dir"
}
trap stop EXIT

# The server's helpers run as who starts it; mail of root is never touched.
me=$(id -un) group=$(id -gn) uid=$(id -u) gid=$(id -g)
if [ "$uid" = 0 ]; then
	me=nobody group=$(id -gn nobody) uid=$(id -u nobody) gid=$(id -g nobody)
fi
umask 000
mkdir -p "$dir/run" "$dir/mail"
chmod 755 "$dir" "$dir/run"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=imap.gmail.com" \
	-addext "subjectAltName=DNS:imap.gmail.com,DNS:imap.mail.example" -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null

# user:password:uid:gid::home::extra; the first user's server looks like Gmail.
cat >"$dir/users" <<-USERS
	pat@gmail.com:{PLAIN}abcd efgh ijkl mnop:$uid:$gid::$dir/mail/gmail::userdb_imap_capability=+X-GM-EXT-1
	pat@mail.example:{PLAIN}sesame-of-pat:$uid:$gid::$dir/mail/plain::
USERS
cat >"$dir/dovecot.conf" <<-CONF
	base_dir = $dir/run
	state_dir = $dir/run
	log_path = $dir/log
	protocols = imap
	listen = 127.0.0.1
	ssl = required
	ssl_cert = <$dir/cert.pem
	ssl_key = <$dir/key.pem
	ssl_min_protocol = TLSv1.2
	default_internal_user = $me
	default_internal_group = $group
	default_login_user = $me
	first_valid_uid = 1
	auth_mechanisms = plain login
	auth_failure_delay = 0
	mail_location = maildir:~
	mail_max_userip_connections = 50
	passdb {
	  driver = passwd-file
	  args = username_format=%u $dir/users
	}
	userdb {
	  driver = passwd-file
	  args = username_format=%u $dir/users
	}
	namespace inbox {
	  inbox = yes
	  separator = /
	  mailbox "[Gmail]/Tous les messages" {
	    special_use = \All
	  }
	  mailbox "[Gmail]/Messages envoyés" {
	    special_use = \Sent
	  }
	  mailbox "[Gmail]/Brouillons" {
	    special_use = \Drafts
	  }
	  mailbox "[Gmail]/Corbeille" {
	    special_use = \Trash
	  }
	  mailbox "Courrier écarté" {
	    special_use = \Junk
	  }
	}
	service imap-login {
	  chroot =
	  inet_listener imap {
	    port = 0
	  }
	  inet_listener imaps {
	    port = $port
	    ssl = yes
	  }
	}
	service anvil {
	  chroot =
	}
	service stats {
	  unix_listener stats-writer {
	    mode = 0666
	  }
	}
CONF
dovecot -c "$dir/dovecot.conf" || { cat "$dir/log" >&2; exit 1; }
for _ in $(seq 100); do
	(: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
	sleep 0.1
done
IMAP_DIR=$dir IMAP_ADDRESS=127.0.0.1:$port CGO_ENABLED=0 go test -count=1 -tags imap ./test/imap/ "$@" || { tail -20 "$dir/log" >&2; exit 1; }
