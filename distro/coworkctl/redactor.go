package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/pii"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

const (
	bodyKey      = "log_body" // the name of a record's body for the processor
	eventNameKey = "event.name"
	// findingsMetric is the processor's counter of findings by pattern.
	findingsMetric = "otelcol_processor_cowork_redaction_findings"
)

// A redactFinding is a part of a value that is replaced.
type redactFinding struct {
	pattern        string
	line           int // of the input
	offset, length int // bytes of the value
}

// A redactor sends values through a cowork_redaction processor, each as an
// attribute or as the body of a log record. It is not safe for concurrent use.
type redactor struct {
	processor processor.Logs
	attribute string // empty for the body
	event     string
	limit     int // max_value_bytes
	output    plog.Logs
	scanners  []*pii.Scanner
	metrics   *sdkmetric.ManualReader
}

func newRedactor(ctx context.Context, cfg *coworkredactionprocessor.Config, attribute, event string) (*redactor, error) {
	scanner, err := cfg.NewScanner()
	if err != nil {
		return nil, err
	}
	delta := func(sdkmetric.InstrumentKind) metricdata.Temporality { return metricdata.DeltaTemporality }
	r := &redactor{
		attribute: attribute, event: event, limit: int(cfg.MaxValueBytes),
		// The second scanner is the one of identities that are kept.
		scanners: []*pii.Scanner{scanner, scanner.Except("email")},
		metrics:  sdkmetric.NewManualReader(sdkmetric.WithTemporalitySelector(delta)),
	}
	factory := coworkredactionprocessor.NewFactory()
	set := processor.Settings{
		ID: component.NewID(factory.Type()),
		TelemetrySettings: component.TelemetrySettings{
			Logger:         zap.NewNop(),
			TracerProvider: noop.NewTracerProvider(),
			MeterProvider:  sdkmetric.NewMeterProvider(sdkmetric.WithReader(r.metrics)),
			Resource:       pcommon.NewResource(),
		},
	}
	next, err := consumer.NewLogs(func(_ context.Context, ld plog.Logs) error {
		r.output = ld
		return nil
	})
	if err != nil {
		return nil, err
	}
	if r.processor, err = factory.CreateLogs(ctx, set, cfg, next); err != nil {
		return nil, err
	}
	return r, r.processor.Start(ctx, noExtensions{})
}

func (r *redactor) shutdown(ctx context.Context) error { return r.processor.Shutdown(ctx) }

// noExtensions is a component.Host without extensions.
type noExtensions struct{}

// GetExtensions implements component.Host.
func (noExtensions) GetExtensions() map[component.ID]component.Component { return nil }

// redact returns a value as the processor redacts it, and what was replaced.
func (r *redactor) redact(ctx context.Context, v inputValue) (string, []redactFinding, error) {
	clean, err := r.processText(ctx, v.text)
	if err != nil || clean == v.text {
		return clean, nil, err
	}
	patterns, err := r.countedPatterns(ctx)
	if err != nil {
		return "", nil, err
	}
	if len(v.text) <= r.limit {
		for _, scanner := range r.scanners {
			if found, ok := scanFor(scanner, r.key(), v.text, clean); ok {
				return clean, findingsOf(v, found), nil
			}
		}
	}
	// The value was replaced as a whole, by a rule or a limit.
	return clean, []redactFinding{{pattern: strings.Join(patterns, ","), line: v.line, length: v.length}}, nil
}

func (r *redactor) key() string {
	if r.attribute == "" {
		return bodyKey
	}
	return r.attribute
}

// processText sends a text through the processor.
func (r *redactor) processText(ctx context.Context, text string) (string, error) {
	ld := plog.NewLogs()
	rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	attributes := rec.Attributes()
	if r.event != "" && r.attribute != eventNameKey {
		attributes.PutStr(eventNameKey, r.event)
	}
	if r.attribute == "" {
		rec.Body().SetStr(text)
	} else {
		attributes.PutStr(r.attribute, text)
	}
	if err := r.processor.ConsumeLogs(ctx, ld); err != nil {
		return "", errors.New("the processor did not redact the value") // its error could contain the value
	}
	rec = r.output.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
	if r.attribute == "" {
		return rec.Body().Str(), nil
	}
	for key, value := range rec.Attributes().All() {
		if key == r.attribute || key != eventNameKey { // a key with a finding is renamed
			return value.Str(), nil
		}
	}
	return "", errors.New("the processor removed the attribute")
}

// countedPatterns returns the patterns that the processor has counted since the
// last call, sorted.
func (r *redactor) countedPatterns(ctx context.Context) ([]string, error) {
	var collected metricdata.ResourceMetrics
	if err := r.metrics.Collect(ctx, &collected); err != nil {
		return nil, err
	}
	var patterns []string
	for _, scope := range collected.ScopeMetrics {
		for _, m := range scope.Metrics {
			sum, ok := m.Data.(metricdata.Sum[int64])
			if !ok || m.Name != findingsMetric {
				continue
			}
			for _, point := range sum.DataPoints {
				pattern, _ := point.Attributes.Value("pattern")
				patterns = append(patterns, pattern.AsString())
			}
		}
	}
	slices.Sort(patterns)
	return slices.Compact(patterns), nil
}

// scanFor returns the findings of a scanner that redacts a text to the given
// result. A panic of the scanner, which the processor survives, is no match.
func scanFor(scanner *pii.Scanner, key, text, want string) (found []pii.Finding, ok bool) {
	defer func() {
		if recover() != nil {
			found, ok = nil, false
		}
	}()
	clean, found := scanner.Redact(nil, key, text)
	return found, clean == want
}

// findingsOf returns the findings of a value with the lines of the input at which
// they begin.
func findingsOf(v inputValue, found []pii.Finding) []redactFinding {
	list := make([]redactFinding, len(found))
	for i, f := range found {
		list[i] = redactFinding{f.Pattern.Name, v.line + strings.Count(v.text[:f.Start], "\n"), f.Start, f.End - f.Start}
	}
	return list
}
