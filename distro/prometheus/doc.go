// Package prometheus holds the Prometheus rules for the metrics of cowork_metrics, and
// the tests that run promtool on them.
package prometheus
