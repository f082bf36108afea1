// Package prometheus has Prometheus' rules for what cowork_metrics counts, and the
// tests that run promtool on them.
package prometheus
