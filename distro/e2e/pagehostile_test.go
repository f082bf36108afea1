package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

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

// TestPageHostile checks that a page full of hostile names shows them as text: nothing of
// them runs, calls home, or breaks what it stands in.
func TestPageHostile(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	now := time.Now().UTC()
	ld := somebodyElse(t, now)
	poison(ld)
	huge := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes()
	huge.PutStr("model", strings.Repeat(hostile, 1<<20/len(hostile)))
	huge.PutStr("user.account_uuid", strings.Repeat("x", 1<<20))
	for _, rl := range ld.ResourceLogs().All() { // a request of 4 MiB at most
		one := plog.NewLogs()
		rl.CopyTo(one.ResourceLogs().AppendEmpty())
		p.tell(t, &p.sum, one)
	}
	var alerted truth
	p.tellDemo(t, &alerted, now, 2, 1) // its alerts, and something to compare with
	p.settle(t)

	b := look(t, p.url())
	paths := []string{"/", "/?range=24h", "/prompts", "/setup"}
	for _, one := range p.prompts(t, "") {
		paths = append(paths, "/prompts/"+url.PathEscape(one.ID))
		if len(paths) == 8 {
			break
		}
	}
	seen := false
	for _, path := range paths {
		b.visit(t, path)
		ask[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
		b.requireUnharmed(t)
		text := ask[string](t, b, `document.body.innerText`)
		require.NotContains(t, text, "\u202e", "%s: a mark that turns the direction of what follows", path)
		require.Less(t, len(text), 1<<20, "%s: a name as long as its sender likes", path)
		seen = seen || strings.Contains(text, "<img src=x onerror=")
	}
	require.True(t, seen, "no hostile name was shown at all")
	b.requireQuiet(t)
	require.NotEmpty(t, p.answer(t, "cost_by_model", always).Rows, "the tables are still there")
}

// refused are requests that are no reader's, and how they are answered.
var refused = []struct {
	path   string
	status int
}{
	{"/..%2f..%2fetc%2fpasswd", http.StatusNotFound},
	{"/static/../../../etc/passwd", http.StatusNotFound},
	{"/static/x/..%2f..%2fpages.go", http.StatusNotFound},
	{"/static//etc/passwd", http.StatusNotFound},
	{"/prompts/" + strings.Repeat("x", 5000), http.StatusBadRequest},
	{"/prompts/no-such-prompt", http.StatusNotFound},
	{"/?user=" + strings.Repeat("x", 1<<16), http.StatusBadRequest},
	{"/?range=ever", http.StatusBadRequest},
	{"/?from=2026-01-02&to=2026-01-01", http.StatusBadRequest},
	{"/?from=1900-01-01", http.StatusBadRequest},
	{"/?model=%00", http.StatusBadRequest},
	{"/?model=%ff", http.StatusBadRequest},
	{"/prompts?limit=1000000", http.StatusBadRequest},
	{"/api/panels/cost.exe", http.StatusNotFound},
	{"/api/panels/cost';drop table word;--.json", http.StatusNotFound},
	{"/nothing", http.StatusNotFound},
}

// TestPageRefuses checks that what no reader would ask for is refused, and told without
// repeating it.
func TestPageRefuses(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	for _, r := range refused {
		status, body := p.fetch(t, strings.ReplaceAll(r.path, " ", "%20"))
		require.Equal(t, r.status, status, "%.80s", r.path)
		require.NotContains(t, string(body), "root:")
		require.Less(t, len(body), 1<<14, "%.80s", r.path)
	}
	b := look(t, p.url())
	b.visit(t, "/?range=ever")
	b.checkAccessible(t, "a page that says no")
}
