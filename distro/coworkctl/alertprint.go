package main

import (
	"bytes"
	"encoding/json"
	"unicode"

	"github.com/pmezard/go-difflib/difflib"
	"go.opentelemetry.io/collector/pdata/plog"

	stories "github.com/cowork-otel/collector/distro/story"
	"github.com/cowork-otel/collector/internal/cowork"
)

// writeAlerts writes a line an alert, as a terminal may show it.
func writeAlerts(told plog.Logs) []byte {
	return bytes.Map(func(r rune) rune {
		if r != '\n' && !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, stories.Alerts(told))
}

// A printed alert is an alert as JSON has it.
type printed struct {
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

// writeAlertsJSON writes an object an alert, each on a line of its own.
func writeAlertsJSON(told plog.Logs) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for e := range cowork.Events(told) {
		p := printed{
			Time: e.Time().AsTime().Format("2006-01-02T15:04:05.000Z"), Status: field(e, "alert.status"), Name: field(e, "alert.name"),
			Severity: field(e, "alert.severity"), Labels: map[string]string{}, Message: field(e, "alert.message"),
			Fingerprint: field(e, "alert.fingerprint"), StartsAt: field(e, "alert.starts_at"), EndsAt: field(e, "alert.ends_at"), PromptID: e.PromptID(),
		}
		p.Value, _ = e.Float("alert.value")
		p.Threshold, _ = e.Float("alert.threshold")
		for _, label := range stories.Labels(e) {
			p.Labels[label.Name] = label.Value
		}
		_ = encoder.Encode(p) // numbers and text always encode, into memory
	}
	return out.Bytes()
}

func field(e cowork.Event, key string) string {
	s, _ := e.Str(key)
	return s
}

// withoutComments returns the lines that count.
func withoutComments(text []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(text) {
		if line = bytes.TrimRight(line, " \r\n"); len(line) > 0 && line[0] != '#' {
			out.Write(append(line, '\n'))
		}
	}
	return out.Bytes()
}

// compare returns how what was told differs from what a file expects, "" if it does not.
func compare(file string, want, got []byte) (string, error) {
	if bytes.Equal(want, withoutComments(got)) {
		return "", nil
	}
	return difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: difflib.SplitLines(string(want)), B: difflib.SplitLines(string(got)),
		FromFile: file, ToFile: "what the rules say", Context: 1,
	})
}
