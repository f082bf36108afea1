package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// maxReplayLine is the maximum length of a line in bytes. The collector's
// receivers accept requests of 4 MiB by default.
const maxReplayLine = 64 << 20

var (
	errNotJSON = errors.New("no JSON, or truncated")
	errNotOTLP = errors.New("no OTLP (would have resourceLogs, resourceMetrics or resourceSpans)")
	errEmpty   = errors.New("no record, data point or span in it")
)

// parseBatch returns the batch on a line. Its errors never contain any of the line.
func parseBatch(line inputValue) (synthetic.Batch, error) {
	if line.length > maxReplayLine {
		return synthetic.Batch{}, fmt.Errorf("has %d bytes (would be at most %d)", line.length, maxReplayLine)
	}
	var signals struct {
		Logs    json.RawMessage `json:"resourceLogs"`
		Metrics json.RawMessage `json:"resourceMetrics"`
		Traces  json.RawMessage `json:"resourceSpans"`
	}
	raw := []byte(line.text)
	if !json.Valid(raw) {
		return synthetic.Batch{}, errNotJSON
	}
	if json.Unmarshal(raw, &signals) != nil {
		return synthetic.Batch{}, errNotOTLP
	}
	b := synthetic.Batch{Logs: plog.NewLogs(), Metrics: pmetric.NewMetrics(), Traces: ptrace.NewTraces()}
	var err error
	switch {
	case signals.Logs != nil:
		b.Logs, err = (&plog.JSONUnmarshaler{}).UnmarshalLogs(raw)
	case signals.Metrics != nil:
		b.Metrics, err = (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics(raw)
	case signals.Traces != nil:
		b.Traces, err = (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(raw)
	default:
		err = errNotOTLP
	}
	switch {
	case err != nil:
		return synthetic.Batch{}, errNotOTLP
	case b.Requests() == 0:
		return synthetic.Batch{}, errEmpty
	}
	return b, nil
}
