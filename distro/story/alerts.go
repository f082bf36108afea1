package story

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Alerts writes alert records, a line an alert in the order in which they came:
//
//	2026-11-21 09:31:00 firing   connector_error_rate warning {connector=crm} 0.5 Connector crm: 50% of its calls failed
//
// The braces have what the alert is grouped by, and the number is its value.
func Alerts(ld plog.Logs) []byte {
	var out bytes.Buffer
	for ev := range cowork.Events(ld) {
		if ev.Name() != "alert" {
			continue
		}
		value, _ := ev.Float("alert.value")
		fmt.Fprintf(&out, "%s %-8s %s %s %s %s %s\n", ev.Time().AsTime().Format(time.DateTime), text(ev, "alert.status"), text(ev, "alert.name"),
			text(ev, "alert.severity"), braces(Labels(ev)), strconv.FormatFloat(value, 'g', 6, 64), text(ev, "alert.message"))
	}
	return out.Bytes()
}

// causal are the attributes of an alert record that say which event caused it.
var causal = []string{"event.name", "prompt.id"}

// A Label is what an alert is told apart by.
type Label struct{ Name, Value string }

// Labels returns what an alert is grouped by, and the fixed labels of its rule.
func Labels(alert cowork.Event) (labels []Label) {
	for key, value := range alert.Record().Attributes().All() {
		name, fixed := strings.CutPrefix(key, "alert.labels.")
		if fixed || !strings.HasPrefix(key, "alert.") && !slices.Contains(causal, key) {
			labels = append(labels, Label{name, value.AsString()})
		}
	}
	return labels
}

func braces(labels []Label) string {
	var all []string
	for _, l := range labels {
		all = append(all, l.Name+"="+l.Value)
	}
	return "{" + strings.Join(all, ",") + "}"
}

func text(ev cowork.Event, key string) string {
	s, _ := ev.Str(key)
	return s
}
