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

// hostile is a name that attacks the page, the database and the reader: script, SQL, and
// a change of text direction.
const hostile = `<img src=x onerror="hacked=1"><script>hacked=1</script>'";DROP TABLE words;--` + "\u202eevil\u202c"

// untouched lists the attributes that every event needs.
var untouched = map[string]bool{"event.name": true, "event.timestamp": true, "event.sequence": true, "service.name": true, "status": true}

// poison appends the hostile text to every text of the events.
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
			continue // numbers and booleans in the form of older clients
		}
		if key == "tool_parameters" {
			v.SetStr(poisonJSON(v.Str()))
			continue
		}
		v.SetStr(v.Str() + hostile)
	}
}

// poisonJSON poisons the members of an object, which name connectors.
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
	poisoned, _ := json.Marshal(members) // strings only: cannot fail
	return string(poisoned)
}

// requireUnharmed checks that the hostile text is shown as text and was not run.
func (b *browser) requireUnharmed(t *testing.T) {
	t.Helper()
	require.True(t, evaluate[bool](t, b, `typeof hacked === "undefined"`), "a script ran that came with an event")
	require.Zero(t, evaluate[int](t, b, `document.querySelectorAll("img[onerror], script:not([src])").length`))
}

// TestPageHostile checks that hostile names are shown as text: none of them runs, sends a
// request, or breaks its surroundings.
func TestPageHostile(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	now := time.Now().UTC()
	ld := eventsOfOtherOrganization(t, now)
	poison(ld)
	huge := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes()
	huge.PutStr("model", strings.Repeat(hostile, 1<<20/len(hostile)))
	huge.PutStr("user.account_uuid", strings.Repeat("x", 1<<20))
	for _, rl := range ld.ResourceLogs().All() { // requests are at most 4 MiB
		one := plog.NewLogs()
		rl.CopyTo(one.ResourceLogs().AppendEmpty())
		p.sendEvents(t, &p.sum, one)
	}
	var alerted truth
	p.sendDemo(t, &alerted, now, 2, 1) // adds alerts and a comparison
	p.awaitFigures(t)

	b := openBrowser(t, p.url())
	paths := append([]string{"/cost?range=24h", "/prompts", "/setup"}, panelPages...)
	for _, one := range p.prompts(t, "") {
		paths = append(paths, "/prompts/"+url.PathEscape(one.ID))
		if len(paths) == 14 {
			break
		}
	}
	seen := false
	for _, path := range paths {
		b.visit(t, path)
		evaluate[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
		b.requireUnharmed(t)
		text := evaluate[string](t, b, `document.body.innerText`)
		require.NotContains(t, text, "\u202e", "%s: a mark that turns the direction of what follows", path)
		require.Less(t, len(text), 1<<20, "%s: a name as long as its sender likes", path)
		seen = seen || strings.Contains(text, "<img src=x onerror=")
	}
	require.True(t, seen, "no hostile name was shown at all")
	b.requireQuiet(t)
	require.NotEmpty(t, p.answer(t, "cost_by_model", always).Rows, "the tables are still there")
}

// refused lists invalid requests and their responses.
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
	{"/?users=kim", http.StatusBadRequest},
	{"/setup?user=kim", http.StatusBadRequest},
	{"/tool", http.StatusBadRequest},
	{"/prompts?limit=1000000", http.StatusBadRequest},
	{"/api/panels/cost.exe", http.StatusNotFound},
	{"/api/panels/cost';drop table word;--.json", http.StatusNotFound},
	{"/nothing", http.StatusNotFound},
}

// TestPageRefuses checks that invalid requests are rejected, with a message that does not
// repeat them.
func TestPageRefuses(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	for _, r := range refused {
		status, body := p.fetch(t, strings.ReplaceAll(r.path, " ", "%20"))
		require.Equal(t, r.status, status, "%.80s", r.path)
		require.NotContains(t, string(body), "root:")
		require.Less(t, len(body), 1<<14, "%.80s", r.path)
	}
	b := openBrowser(t, p.url())
	b.visit(t, "/?range=ever")
	b.checkAccessible(t, "an error page")
}
