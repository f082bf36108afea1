#!/bin/sh
# Creates the user of the service, before files that it has the right to read are unpacked.
set -e

if ! getent passwd otelcol-cowork >/dev/null; then
	shell=/usr/sbin/nologin
	[ -x "$shell" ] || shell=/sbin/nologin
	useradd --system --user-group --home-dir /var/lib/otelcol-cowork --no-create-home \
		--shell "$shell" --comment "OpenTelemetry Collector for Claude Cowork" otelcol-cowork
fi
