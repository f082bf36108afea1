#!/bin/sh
# Removes the data and the user at a purge, which only dpkg has. A removal keeps both.
set -e

case "$1" in
remove | 0) [ ! -d /run/systemd/system ] || systemctl daemon-reload ;;
esac
if [ "$1" = purge ]; then
	rm -rf /var/lib/otelcol-cowork /etc/otelcol-cowork
	if getent passwd otelcol-cowork >/dev/null; then userdel otelcol-cowork; fi
	if getent group otelcol-cowork >/dev/null; then groupdel otelcol-cowork; fi
fi
