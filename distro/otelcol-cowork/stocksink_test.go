package main

import (
	"context"
	"strings"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

var sinkType = component.MustNewType("sink")

// sinks store what the exporters of a test received, as JSON by the name of the exporter.
// It is safe for concurrent use.
type sinks struct {
	mu   sync.Mutex
	data map[string]*strings.Builder
}

func (s *sinks) add(id component.ID, data []byte, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.data == nil {
		s.data = map[string]*strings.Builder{}
	}
	if s.data[id.Name()] == nil {
		s.data[id.Name()] = &strings.Builder{}
	}
	s.data[id.Name()].Write(data)
	return err
}

// text returns all that an exporter received.
func (s *sinks) text(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.data[name] == nil {
		return ""
	}
	return s.data[name].String()
}

// newSinkFactory returns the factory of the exporters.
func newSinkFactory(s *sinks) exporter.Factory {
	const level = component.StabilityLevelDevelopment
	return exporter.NewFactory(sinkType, func() component.Config { return &struct{}{} },
		exporter.WithLogs(func(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Logs, error) {
			return exporterhelper.NewLogs(ctx, set, cfg, func(_ context.Context, ld plog.Logs) error {
				data, err := (&plog.JSONMarshaler{}).MarshalLogs(ld)
				return s.add(set.ID, data, err)
			})
		}, level),
		exporter.WithMetrics(func(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Metrics, error) {
			return exporterhelper.NewMetrics(ctx, set, cfg, func(_ context.Context, md pmetric.Metrics) error {
				data, err := (&pmetric.JSONMarshaler{}).MarshalMetrics(md)
				return s.add(set.ID, data, err)
			})
		}, level),
		exporter.WithTraces(func(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Traces, error) {
			return exporterhelper.NewTraces(ctx, set, cfg, func(_ context.Context, td ptrace.Traces) error {
				data, err := (&ptrace.JSONMarshaler{}).MarshalTraces(td)
				return s.add(set.ID, data, err)
			})
		}, level))
}
