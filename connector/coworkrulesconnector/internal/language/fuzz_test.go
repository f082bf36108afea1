package language

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// FuzzCheck checks that no text makes Check or Shown panic.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{
		`attributes["success"] == "false"`, `-5 < log.attributes["x"]["y"].z`, `attributes[attributes[`, `"`, `a.b.c(`, `]]`, `log.`, `x => x == 1`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		Check(text, []string{"tool_result"})
		_ = Shown(text)
	})
}

const canary = "CANARY"

// FuzzShown checks that the value of an expression that may be shown never contains a part
// of a value that must not.
func FuzzShown(f *testing.F) {
	for _, text := range []string{
		`attributes["model"]`, `Concat([attributes["model"], attributes["prompt"]], "")`, `body`, `String(attributes)`, `attributes["a\"b"]`,
		`log.attributes["tool_name"][attributes["prompt"]]`, `attributes[Concat(["pro", "mpt"], "")]`, `resource.attributes["x"]`, `severity_text`,
		`cache`, `String(body["x"])`, `event_name`, `scope.attributes`, `instrumentation_scope.name`, `trace_state`, `schema_url`,
	} {
		f.Add(text)
	}
	l, err := New()
	require.NoError(f, err)
	ev := canaries()
	f.Fuzz(func(t *testing.T, text string) {
		value, err := l.For("rule").Text(text)
		if err != nil || Shown(text) != nil {
			return
		}
		shown, _ := value(ev)
		require.NotContains(t, shown, canary, text)
	})
}

// canaries returns an event with a canary in every field and attribute that can hold
// content or the name of a person.
func canaries() cowork.Event {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("x", canary)
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().Attributes().PutStr("x", canary)
	rec := sl.LogRecords().AppendEmpty()
	rec.Body().SetEmptyMap().PutStr("x", canary)
	rec.SetSeverityText(canary)
	rec.SetEventName(canary)
	for a := range cowork.Attributes() {
		if a.Class == cowork.Content || a.Class == cowork.Personal {
			rec.Attributes().PutStr(a.Name, canary)
			rl.Resource().Attributes().PutStr(a.Name, canary)
			continue
		}
		rec.Attributes().PutStr(a.Name, "x")
	}
	rec.Attributes().PutStr("x", canary)
	return the(ld)
}
