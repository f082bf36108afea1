package coworkdeliveryextension

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/extensionmiddleware"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/extension/coworkdeliveryextension/internal/metadata"
	"github.com/cowork-otel/collector/internal/problem"
)

// A middleware wraps the HTTP clients of exporters and counts what backends refuse.
type middleware struct {
	component.StartFunc

	name      string // in problems
	cfg       Config
	telemetry *metadata.TelemetryBuilder

	mu      sync.Mutex
	refused map[string]int64 // by reason
}

var _ extensionmiddleware.HTTPClient = (*middleware)(nil)

func newMiddleware(id component.ID, cfg Config, telemetry *metadata.TelemetryBuilder) *middleware {
	return &middleware{name: problem.ComponentName(component.KindExtension, id), cfg: cfg, telemetry: telemetry, refused: map[string]int64{}}
}

// Shutdown ends the counters and removes the reported problems.
func (m *middleware) Shutdown(context.Context) error {
	problem.SolveAll(m.name)
	m.telemetry.Shutdown()
	return nil
}

// GetHTTPRoundTripper returns a function that wraps the transport of a client.
func (m *middleware) GetHTTPRoundTripper(context.Context) (extensionmiddleware.WrapHTTPRoundTripperFunc, error) {
	return func(_ context.Context, next http.RoundTripper) (http.RoundTripper, error) {
		return &transport{next: next, m: m}, nil
	}, nil
}

// count adds n refused records, and reports them to the setup check. There are few
// reasons, so the counters are bounded.
func (m *middleware) count(ctx context.Context, signal, reason string, n int) {
	if n <= 0 {
		return
	}
	m.mu.Lock()
	m.refused[reason] += int64(n)
	m.reportProblem(reason)
	m.mu.Unlock()
	m.telemetry.ExtensionCoworkDeliveryRefused.Add(ctx, int64(n), metric.WithAttributes(attribute.String("signal", signal), attribute.String("reason", reason)))
}

// reportWaiting reports that telemetry waits because of a status in retry, until the
// backend accepts a batch of that signal. Exporters to several backends can share the
// middleware.
func (m *middleware) reportWaiting(backend, signal string, resp *http.Response) {
	subject := signal + " to " + backend
	status := resp.Header.Get(originalStatus)
	switch {
	case status != "":
		problem.Report(problem.Problem{
			Component: m.name, Subject: subject, Text: "a backend answers " + status + ": telemetry waits in the queue of the exporter",
			Advice: "Set a valid key or token of the backend. What waits is sent then; if the queue is full before, clients get 503.", Since: time.Now(),
		})
	case resp.StatusCode < 300:
		problem.Solve(m.name, subject)
	}
}

// reportProblem reports a reason with its number of records. The caller holds the lock.
func (m *middleware) reportProblem(reason string) {
	advice, ok := advices[reason]
	if !ok {
		advice = "The records are lost. The collector’s log has the answer of the backend."
	}
	problem.Report(problem.Problem{
		Component: m.name, Subject: reason,
		Text:   fmt.Sprintf("a backend has refused %d records, spans or data points since the collector started", m.refused[reason]),
		Advice: advice, Since: time.Now(),
	})
}

// advices are the remedies of the reasons that have one.
var advices = map[string]string{
	"400":          "The backend does not accept their content. The collector’s log has its answer: often an attribute that is too long, or a time that is too old.",
	"401":          "The key of the backend is wrong or expired. Set a valid one; what was refused is lost. With 401 in retry it waits.",
	"403":          "The key of the backend lacks a permission. Set a valid one; what was refused is lost.",
	"404":          "The address of the backend is wrong. Correct the endpoint of the exporter; what was refused is lost.",
	"413":          "The records are larger than the backend accepts. Cut long texts, as in the examples.",
	partialSuccess: "The backend has accepted the rest of their batches. The collector’s log has its message.",
	splitLimit:     "A batch had too many records that the backend does not accept.",
}
