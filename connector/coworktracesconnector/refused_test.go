package coworktracesconnector

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/cowork"
)

// redelivered returns a batch of a request that was passed on before.
func redelivered(id string) plog.Logs {
	return event("api_request", attrs{"request_id": id, cowork.RedeliveredAttribute: true})
}

func TestRedeliveredEventHasNoSpan(t *testing.T) {
	tel := without(t, defaults, redelivered("r"))
	metadatatest.AssertEqualConnectorCoworkTracesSkipped(t, tel, point(1, "reason", "redelivered"), ignoreTime)
}

// TestRefusedSpanIsEmittedAgain checks that an event has a span when it is delivered again
// because the next component refused its span, and that other events have none.
func TestRefusedSpanIsEmittedAgain(t *testing.T) {
	sink := &consumertest.TracesSink{}
	logs, err := NewFactory().CreateLogsToTraces(t.Context(), connectortest.NewNopSettings(NewFactory().Type()), createDefaultConfig(), sink)
	require.NoError(t, err)
	c := logs.(*tracesConnector)
	c.next = consumertest.NewErr(errors.New("queue is full"))
	require.Error(t, c.ConsumeLogs(t.Context(), event("api_request", attrs{"request_id": "refused"})))
	c.next = sink
	require.NoError(t, c.ConsumeLogs(t.Context(), redelivered("refused")))
	require.NoError(t, c.ConsumeLogs(t.Context(), redelivered("accepted")))
	require.Equal(t, 1, sink.SpanCount())
}

// TestRefusedEventsAreBounded reaches the bound.
func TestRefusedEventsAreBounded(t *testing.T) {
	var r refusedEvents
	dropped, events := int64(0), 0
	for dropped == 0 && events < 10*maxRefused {
		events++
		dropped = r.add(event("api_request", attrs{"request_id": events}))
	}
	require.Positive(t, dropped)
	require.Greater(t, events, maxRefused)
	for e := range cowork.Events(event("api_request", attrs{"request_id": events})) {
		require.True(t, r.contain(e))
	}
}
