// Package grafana defines the Grafana dashboards as tables of panels and queries, and
// generates the JSON that Grafana imports.
//
// Each dashboard is a table in a file of its own. To add a panel, add a row and
// generate the JSON:
//
//	go test ./distro/grafana -update
//
// The JSON is built with Grafana's foundation SDK. A test in distro/e2e runs every
// panel's query against a real Prometheus that scrapes the built collector.
package grafana
