package coworkalertexporter

import (
	"context"
	"fmt"
	"time"

	amalert "github.com/prometheus/alertmanager/alert"
	"github.com/prometheus/alertmanager/notify"
	"go.opentelemetry.io/otel/attribute"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/stateful"
)

// A notificationReport counts failed notifications of the embedded Alertmanager, and
// lists them as problems. It is safe for concurrent use.
type notificationReport struct {
	component string
	telemetry *metadata.TelemetryBuilder
}

// A reportingNotifier notifies an integration and reports the outcome.
type reportingNotifier struct {
	notify.Integration
	subject string
	report  notificationReport
}

// integrationsOf returns the integrations of a receiver with reports.
func (r notificationReport) integrationsOf(receiver string, integrations []notify.Integration) []notify.Integration {
	out := make([]notify.Integration, len(integrations))
	for i := range integrations {
		in := &integrations[i]
		n := &reportingNotifier{*in, fmt.Sprintf("receiver %s: %s", receiver, in.String()), r}
		out[i] = notify.NewIntegration(n, in, in.Name(), in.Index(), receiver)
	}
	return out
}

// Notify notifies the integration.
func (n *reportingNotifier) Notify(ctx context.Context, alerts ...*amalert.Alert) (bool, error) {
	retry, err := n.Integration.Notify(ctx, alerts...)
	if err == nil {
		problem.Solve(n.report.component, n.subject)
		return retry, nil
	}
	text, kind := reasonOf(err)
	if kind != "canceled" { // of a shutdown
		n.report.failed(ctx, n.subject, n.Name(), text, kind)
	}
	return retry, err
}

func (r notificationReport) failed(ctx context.Context, subject, integration, text, kind string) {
	problem.Report(problem.Problem{
		Component: r.component, Subject: subject, Text: text, Since: time.Now(),
		Advice: "Notifications are retried until they succeed. Correct the receiver in Alertmanager’s configuration, or its secret file.",
	})
	stateful.AddCount(ctx, r.telemetry.ExporterCoworkAlertNotificationFailures, 1, attribute.String("integration", integration), attribute.String("reason", kind))
}

// dropped counts alerts of which an integration will not be notified.
func (r notificationReport) dropped(n int) {
	stateful.AddCount(context.Background(), r.telemetry.ExporterCoworkAlertUndelivered, n)
}
