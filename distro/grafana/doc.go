// Package grafana has the dashboards of Cowork's telemetry: what each panel asks, as
// tables, and the JSON that Grafana takes, which is written from them.
//
// A dashboard is a table of panels in a file of its own. To add a panel, add its row
// and write the JSON:
//
//	go test ./distro/grafana -update
//
// The JSON is built with Grafana's own foundation SDK. That every panel's query answers is a
// test in distro/e2e, with a real Prometheus behind the built collector.
package grafana
