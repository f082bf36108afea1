package main

import (
	"context"
	"errors"

	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/distro/quality/scoring"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// The attributes of the texts. Both are scanned by default, and neither name is
// context for a value.
const (
	plainKey = "error"
	jsonKey  = "tool_parameters"
)

// redact sends the texts of records through the processor and returns the redacted
// texts in the same order.
func redact(ctx context.Context, records []scoring.Record) (texts []string, err error) {
	factory := coworkredactionprocessor.NewFactory()
	sink := new(consumertest.LogsSink)
	p, err := factory.CreateLogs(ctx, processortest.NewNopSettings(factory.Type()), factory.CreateDefaultConfig(), sink)
	if err != nil {
		return nil, err
	}
	if err := p.Start(ctx, componenttest.NewNopHost()); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Shutdown(ctx)) }()
	if err := p.ConsumeLogs(ctx, batch(records)); err != nil {
		return nil, err
	}
	for _, ld := range sink.AllLogs() {
		for _, rec := range ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
			for _, v := range rec.Attributes().All() {
				texts = append(texts, v.AsString())
			}
		}
	}
	if len(texts) != len(records) {
		return nil, errors.New("the processor did not return every record with its one attribute")
	}
	return texts, nil
}

// batch returns a log record for each record of a corpus.
func batch(records []scoring.Record) plog.Logs {
	ld := plog.NewLogs()
	logs := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, r := range records {
		key := plainKey
		if r.JSON() {
			key = jsonKey
		}
		logs.AppendEmpty().Attributes().PutStr(key, r.Text)
	}
	return ld
}
