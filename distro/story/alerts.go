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

// Alerts formats alert records, one line for each in the order of arrival:
//
//	2026-11-21 09:31:00 firing   connector_error_rate warning {connector=crm} 0.5 Connector crm: 50% of its calls failed
//
// The braces have the labels of the alert, and the number is its value.
func Alerts(ld plog.Logs) []byte {
	var out bytes.Buffer
	for ev := range cowork.Events(ld) {
		if ev.Name() != "alert" {
			continue
		}
		value, _ := ev.Float("alert.value")
		fmt.Fprintf(&out, "%s %-8s %s %s %s %s %s\n", ev.Time().AsTime().Format(time.DateTime), attributeText(ev, "alert.status"), attributeText(ev, "alert.name"),
			attributeText(ev, "alert.severity"), formatLabels(Labels(ev)), strconv.FormatFloat(value, 'g', 6, 64), attributeText(ev, "alert.message"))
	}
	return out.Bytes()
}

// causal lists the attributes of an alert record that name the event that caused it.
var causal = []string{"event.name", "prompt.id"}

// A Label is a label of an alert.
type Label struct{ Name, Value string }

// Labels returns the group of an alert, and the fixed labels of its rule.
func Labels(alert cowork.Event) (labels []Label) {
	for key, value := range alert.Record().Attributes().All() {
		name, fixed := strings.CutPrefix(key, "alert.labels.")
		if fixed || !strings.HasPrefix(key, "alert.") && !slices.Contains(causal, key) {
			labels = append(labels, Label{name, value.AsString()})
		}
	}
	return labels
}

func formatLabels(labels []Label) string {
	var all []string
	for _, l := range labels {
		all = append(all, l.Name+"="+l.Value)
	}
	return "{" + strings.Join(all, ",") + "}"
}

func attributeText(ev cowork.Event, key string) string {
	s, _ := ev.Str(key)
	return s
}
