#!/bin/sh
# Removes the data and the user at a purge, which only dpkg has. A removal keeps both.
set -e

[ ! -d /run/systemd/system ] || systemctl daemon-reload
if [ "$1" = purge ]; then
	rm -rf /var/lib/otelcol-cowork /etc/otelcol-cowork
	if getent passwd otelcol-cowork >/dev/null; then userdel otelcol-cowork; fi
	if getent group otelcol-cowork >/dev/null; then groupdel otelcol-cowork; fi
fi
