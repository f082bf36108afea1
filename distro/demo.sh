#!/usr/bin/env bash
# What make demo runs: a collector on the default configuration with a data folder of
# its own, a month of a team told to it, and the page, until Ctrl-C. It ends only what
# it started.
set -euo pipefail
cd "$(dirname "$0")/.."

data=data/demo
log=$data/collector.log
page=${COWORK_PAGE:-localhost:4320}
otlp=${COWORK_OTLP_HTTP:-localhost:4318}

listens() { (: >"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null; }

# The demonstration must not end up in a collector that is somebody's.
for address in "$otlp" "$page"; do
	if listens "$address"; then
		echo "something listens on $address already: end it first, or choose another with COWORK_OTLP_HTTP and COWORK_PAGE" >&2
		exit 1
	fi
done

rm -rf "$data"
mkdir -p "$data"
# A month that is told in seconds falls silent all at once: its prompts need not wait for
# five minutes to be summed up.
COWORK_DATA=./$data bin/otelcol-cowork --config distro/config.yaml --set processors.cowork_correlation.idle_timeout=20s >"$log" 2>&1 &
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
	echo "the page: http://$page (Ctrl-C ends the demonstration)"
	for opener in xdg-open open; do
		if command -v "$opener" >/dev/null; then
			"$opener" "http://$page" >/dev/null 2>&1 &
			return
		fi
	done
}

# The first line says how long filling took; the rest is what comes while it runs.
bin/coworkctl demo --live --protocol http/protobuf --endpoint "http://$otlp" "$@" | {
	IFS= read -r filled
	echo "$filled"
	show
	cat
}
