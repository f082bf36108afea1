package coworkschemaprocessor

import (
	"context"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkschemaprocessor/internal/metadata"
)

// A schemaProcessor writes events in a format. It is safe for concurrent use.
type schemaProcessor struct {
	format    format
	replace   bool
	telemetry *metadata.TelemetryBuilder
}

func newProcessor(cfg *Config, set processor.Settings) (*schemaProcessor, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	return &schemaProcessor{formats[cfg.Format], cfg.Mode == replace, telemetry}, nil
}

func (p *schemaProcessor) shutdown(context.Context) error {
	p.telemetry.Shutdown()
	return nil
}

// The outcomes, which are labels of the counter of records.
var (
	mappedLabel = metric.WithAttributeSet(attribute.NewSet(attribute.String("outcome", "mapped")))
	otherLabel  = metric.WithAttributeSet(attribute.NewSet(attribute.String("outcome", "other")))
)

func (p *schemaProcessor) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	var mapped, other, truncated int64
	for e := range cowork.Events(ld) {
		if !isEvent(e) {
			other++
			continue
		}
		mapped++
		if p.write(e) {
			truncated++
		}
	}
	for _, c := range [...]struct {
		n     int64
		label metric.MeasurementOption
	}{{mapped, mappedLabel}, {other, otherLabel}} {
		if c.n > 0 {
			p.telemetry.ProcessorCoworkSchemaRecords.Add(ctx, c.n, c.label)
		}
	}
	if truncated > 0 {
		p.telemetry.ProcessorCoworkSchemaTruncated.Add(ctx, truncated)
	}
	return ld, nil
}

// serviceNames are those of Cowork: an event of a kind that is not known has one of them,
// or the scope of the client's events.
var serviceNames = []string{"cowork", "claude-cowork"}

// isEvent reports whether a record is an event of Cowork, or of the collector itself. A
// record of another program can have a body such as auth, so that a kind counts only if the
// record names it as its event.
func isEvent(e cowork.Event) bool {
	if cowork.IsCowork(e, serviceNames) {
		return true
	}
	_, named := e.Record().Attributes().Get("event.name")
	return (named || e.Record().EventName() != "") && e.Kind() != nil
}

// write writes an event in the format, and reports whether a bound has cut something.
func (p *schemaProcessor) write(e cowork.Event) (truncated bool) {
	document := pcommon.NewMap()
	truncated = p.format.mapper.Map(document, e)
	attributes := e.Record().Attributes()
	if p.replace {
		attributes.Clear()
	}
	if p.format.body {
		document.MoveTo(e.Record().Body().SetEmptyMap())
		return truncated
	}
	attributes.EnsureCapacity(attributes.Len() + document.Len())
	for key, value := range document.All() {
		value.MoveTo(attributes.PutEmpty(key))
	}
	return truncated
}
