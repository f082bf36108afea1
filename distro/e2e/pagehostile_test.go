package e2e

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// hostile is what somebody might put into a name so that a page runs it, a database obeys
// it, or a reader takes it for something else.
const hostile = `<img src=x onerror="hacked=1"><script>hacked=1</script>'";DROP TABLE words;--` + "\u202eevil\u202c"

// untouched are the attributes that an event would not be one without.
var untouched = map[string]bool{"event.name": true, "event.timestamp": true, "event.sequence": true, "service.name": true, "status": true}

// poison puts something hostile behind every text that events carry.
func poison(ld plog.Logs) {
	for _, rl := range ld.ResourceLogs().All() {
		poisonMap(rl.Resource().Attributes())
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				poisonMap(rec.Attributes())
			}
		}
	}
}

func poisonMap(m pcommon.Map) {
	for key, v := range m.All() {
		if v.Type() != pcommon.ValueTypeStr || untouched[key] || json.Valid([]byte(v.Str())) && key != "tool_parameters" {
			continue // numbers and booleans, as older clients write them
		}
		if key == "tool_parameters" {
			v.SetStr(poisonJSON(v.Str()))
			continue
		}
		v.SetStr(v.Str() + hostile)
	}
}

// poisonJSON does it to the members of an object, so that connectors get their share.
func poisonJSON(object string) string {
	var members map[string]any
	if json.Unmarshal([]byte(object), &members) != nil {
		return object
	}
	for name, value := range members {
		if text, ok := value.(string); ok {
			members[name] = text + hostile
		}
	}
	poisoned, _ := json.Marshal(members) // of strings: cannot fail
	return string(poisoned)
}

// requireUnharmed checks that what is hostile on a page is text, and was not run.
func (b *browser) requireUnharmed(t *testing.T) {
	t.Helper()
	require.True(t, ask[bool](t, b, `typeof hacked === "undefined"`), "a script ran that came with an event")
	require.Zero(t, ask[int](t, b, `document.querySelectorAll("img[onerror], script:not([src])").length`))
}
