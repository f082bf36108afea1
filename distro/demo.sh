#!/usr/bin/env bash
# make demo runs this: it starts a collector with the default configuration, the additions of
# distro/demo.yaml and a data folder of its own, loads 30 days of synthetic data, and opens
# the page. Ctrl-C stops the collector, and nothing else.
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

began=$SECONDS
rm -rf "$data"
mkdir -p "$data"
bin/coworkctl gen demo --roster "$data/people.csv" "$@"
# The people spend about 31 dollars a day, so that the budget of the month is exceeded on
# any day of the month.
day=$(date +%-d)
COWORK_DATA=./$data DEMO_BUDGET=$((day * 25)) DEMO_TEAM_BUDGET=$((day * 7)) \
	bin/otelcol-cowork --config distro/config.yaml --config distro/demo.yaml >"$log" 2>&1 &
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
	echo "the page after $((SECONDS - began)) s: http://$page (Ctrl-C stops it)"
	for opener in xdg-open open; do
		if command -v "$opener" >/dev/null; then
			"$opener" "http://$page" >/dev/null 2>&1 &
			return
		fi
	done
}

echo "loading 30 days of synthetic data, which takes up to a minute"
# The first line reports the loaded data; later lines report live events.
bin/coworkctl gen demo --live --protocol http/protobuf --endpoint "http://$otlp" "$@" | {
	IFS= read -r filled
	echo "$filled"
	show
	cat
}
