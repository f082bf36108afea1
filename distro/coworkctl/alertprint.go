package main

import (
	"bytes"
	"encoding/json"

	"github.com/pmezard/go-difflib/difflib"
	"go.opentelemetry.io/collector/pdata/plog"

	stories "github.com/cowork-otel/collector/distro/story"
	"github.com/cowork-otel/collector/internal/cowork"
)

// formatAlerts returns one line per alert, safe for a terminal.
func formatAlerts(alerts plog.Logs) []byte {
	return terminalText(stories.Alerts(alerts))
}

// alertJSON is the JSON form of an alert.
type alertJSON struct {
	Time        string            `json:"time"`
	Status      string            `json:"status"`
	Name        string            `json:"name"`
	Severity    string            `json:"severity"`
	Labels      map[string]string `json:"labels"`
	Value       float64           `json:"value"`
	Threshold   float64           `json:"threshold"`
	Message     string            `json:"message"`
	Fingerprint string            `json:"fingerprint"`
	StartsAt    string            `json:"starts_at"`
	EndsAt      string            `json:"ends_at,omitempty"`
	PromptID    string            `json:"prompt_id,omitempty"`
}

// formatAlertsJSON returns one JSON object per alert, each on its own line.
func formatAlertsJSON(alerts plog.Logs) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for e := range cowork.Events(alerts) {
		p := alertJSON{
			Time: e.Time().AsTime().Format("2006-01-02T15:04:05.000Z"), Status: stringField(e, "alert.status"), Name: stringField(e, "alert.name"),
			Severity: stringField(e, "alert.severity"), Labels: map[string]string{}, Message: stringField(e, "alert.message"),
			Fingerprint: stringField(e, "alert.fingerprint"), StartsAt: stringField(e, "alert.starts_at"), EndsAt: stringField(e, "alert.ends_at"), PromptID: e.PromptID(),
		}
		p.Value, _ = e.Float("alert.value")
		p.Threshold, _ = e.Float("alert.threshold")
		for _, label := range stories.Labels(e) {
			p.Labels[label.Name] = label.Value
		}
		_ = encoder.Encode(p) // numbers and text always encode
	}
	return out.Bytes()
}

func stringField(e cowork.Event, key string) string {
	s, _ := e.Str(key)
	return s
}

// withoutComments returns the lines that are neither empty nor comments.
func withoutComments(text []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(text) {
		if line = bytes.TrimRight(line, " \r\n"); len(line) > 0 && line[0] != '#' {
			out.Write(append(line, '\n'))
		}
	}
	return out.Bytes()
}

// diffAlerts returns the difference between the expected and the actual output, ""
// if there is none.
func diffAlerts(file string, want, got []byte) (string, error) {
	if bytes.Equal(want, withoutComments(got)) {
		return "", nil
	}
	return difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: difflib.SplitLines(string(want)), B: difflib.SplitLines(string(got)),
		FromFile: file, ToFile: "alerts of the rules", Context: 1,
	})
}
