#!/bin/sh
# Stops the service before its files are removed. The argument is remove from dpkg and 0 from
# rpm; at an upgrade the collector runs on until the new version is installed.
set -e

case "$1" in
remove | 0) ;;
*) exit 0 ;;
esac
if command -v systemctl >/dev/null; then
	[ ! -d /run/systemd/system ] || systemctl stop otelcol-cowork.service || true
	systemctl disable otelcol-cowork.service || true
fi
