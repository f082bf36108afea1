#!/usr/bin/env bash
# make demo runs this: it starts a collector with the default configuration and a data
# folder of its own, loads 30 days of synthetic data, and opens the page. Ctrl-C stops the
# collector, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

data=data/demo
log=$data/collector.log
page=${COWORK_PAGE:-localhost:4320}
otlp=${COWORK_OTLP_HTTP:-localhost:4318}

listens() { (: >"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null; }

# Synthetic data must not reach a collector that is already running.
for address in "$otlp" "$page"; do
	if listens "$address"; then
		echo "$address: already in use (stop the process that listens there, or set COWORK_OTLP_HTTP or COWORK_PAGE to another address)" >&2
		exit 1
	fi
done

rm -rf "$data"
mkdir -p "$data"
# The data is sent within seconds, and prompts then close after 20 seconds without events
# where the default is five minutes. It contains alerts, which only a trusted sender writes.
COWORK_DATA=./$data bin/otelcol-cowork --config distro/config.yaml --set processors.cowork_correlation.idle_timeout=20s \
	--set processors.cowork_event.trust_marks=true >"$log" 2>&1 &
collector=$!
trap 'kill "$collector" 2>/dev/null && wait "$collector" || true' EXIT

echo "starting the collector; its log is $log"
until listens "$otlp"; do
	if ! kill -0 "$collector" 2>/dev/null; then
		echo "the collector did not start:" >&2
		tail -n 5 "$log" >&2
		exit 1
	fi
	sleep 0.2
done

show() {
	echo "the page: http://$page (Ctrl-C stops it)"
	for opener in xdg-open open; do
		if command -v "$opener" >/dev/null; then
			"$opener" "http://$page" >/dev/null 2>&1 &
			return
		fi
	done
}

# The first line reports the loaded data; later lines report live events.
bin/coworkctl gen demo --live --protocol http/protobuf --endpoint "http://$otlp" "$@" | {
	IFS= read -r filled
	echo "$filled"
	show
	cat
}
