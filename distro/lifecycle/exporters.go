package lifecycle

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/internal/problem"
)

// An exporterFactory creates exporters with a bounded shutdown.
type exporterFactory struct {
	exporter.Factory
	budget *budget
}

func (f exporterFactory) bound(c component.Component, set exporter.Settings) *bounded {
	return &bounded{
		Component: c, one: exporterLimit, all: exportersUntil, budget: f.budget, logger: set.Logger,
		ended: func() { problem.SolveWrite(nameOf(set.ID), place) },
	}
}

// nameOf returns the name of an exporter in the list of problems.
func nameOf(id component.ID) string { return problem.ComponentName(component.KindExporter, id) }

// A boundedLogs, boundedMetrics or boundedTraces is an exporter with a bounded shutdown.
type (
	boundedLogs struct {
		*bounded
		consumer.Logs
	}
	boundedMetrics struct {
		*bounded
		consumer.Metrics
	}
	boundedTraces struct {
		*bounded
		consumer.Traces
	}
)

// CreateLogs returns an exporter of logs.
func (f exporterFactory) CreateLogs(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Logs, error) {
	e, err := f.Factory.CreateLogs(ctx, set, cfg)
	if err != nil {
		return nil, err
	}
	return boundedLogs{f.bound(e, set), wholeLogs(set.ID, e)}, nil
}

// CreateMetrics returns an exporter of metrics.
func (f exporterFactory) CreateMetrics(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Metrics, error) {
	e, err := f.Factory.CreateMetrics(ctx, set, cfg)
	if err != nil {
		return nil, err
	}
	return boundedMetrics{f.bound(e, set), wholeMetrics(set.ID, e)}, nil
}

// CreateTraces returns an exporter of traces.
func (f exporterFactory) CreateTraces(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Traces, error) {
	e, err := f.Factory.CreateTraces(ctx, set, cfg)
	if err != nil {
		return nil, err
	}
	return boundedTraces{f.bound(e, set), wholeTraces(set.ID, e)}, nil
}

// boundFactories bounds the shutdown of receivers and exporters, counts refused requests,
// and lets the health check fail while a component cannot write. Processors and connectors
// have the deadline of the context, and extensions follow after all data is flushed.
func boundFactories(factories otelcol.Factories) otelcol.Factories {
	b := &budget{}
	for typ, f := range factories.Receivers {
		factories.Receivers[typ] = receiverFactory{f, b}
	}
	for typ, f := range factories.Exporters {
		factories.Exporters[typ] = exporterFactory{f, b}
	}
	for typ, f := range factories.Extensions {
		switch typ.String() {
		case "health_check":
			factories.Extensions[typ] = healthFactory{f}
		case "file_storage":
			factories.Extensions[typ] = storageFactory{f}
		}
	}
	return factories
}
