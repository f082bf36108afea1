package coworkredactionprocessor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/xpdata/entity"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Each of these tests is about a value that was not redacted in an earlier version.

func TestBodiesOfUnexpectedNames(t *testing.T) {
	for _, name := range []func(plog.LogRecord){
		func(r plog.LogRecord) { r.SetEventName("api_request_body") },
		func(r plog.LogRecord) {
			r.SetEventName("x.y")
			r.Attributes().PutStr("event.name", "api_response_body")
		},
		func(r plog.LogRecord) {
			r.SetEventName("tool_result")
			r.Attributes().PutStr("event.name", "claude_code.api_request_body")
		},
		func(r plog.LogRecord) { r.Attributes().PutStr("event.name", "API_REQUEST_BODY") },
		func(r plog.LogRecord) { r.Body().SetStr("claude.api_request_body") },
		func(r plog.LogRecord) { r.Body().SetEmptyMap().PutStr("name", "api_request_body") },
	} {
		rec := plog.NewLogRecord()
		name(rec)
		rec.Attributes().PutStr("body", `{"messages":["a confidential plan"]}`)
		redactRecord(redactorOf(t, defaults), cowork.EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec))
		body, _ := rec.Attributes().Get("body")
		require.Equal(t, "[REDACTED_BODY]", body.Str())
	}
}

func TestEntities(t *testing.T) {
	res := pcommon.NewResource()
	ref := entity.ResourceEntityRefs(res).AppendEmpty()
	ref.SetType(leak)
	ref.SetSchemaUrl(leak)
	ref.IdKeys().Append(leak, "session.id")
	ref.DescriptionKeys().Append(leak)
	redactResource(redactorOf(t, defaults), res, "", func(string) {}, false)
	require.Equal(t, hidden, ref.Type())
	require.Equal(t, hidden, ref.SchemaUrl())
	require.Equal(t, []string{hidden, "session.id"}, ref.IdKeys().AsRaw())
	require.Equal(t, []string{hidden}, ref.DescriptionKeys().AsRaw())
}

func TestContextOfMapsAndLists(t *testing.T) {
	r := redactorOf(t, defaults)
	check := func(key string, in, want any) {
		t.Helper()
		require.Equal(t, want, clean(t, r, key, in))
	}
	check("password", map[string]any{"value": "hunter2x"}, map[string]any{"value": "[REDACTED_API_KEY]"})
	check("args", []any{"curl", "--password", "hunter2x", "x"}, []any{"curl", "--password", "[REDACTED_API_KEY]", "x"})
	check("tool_input", `{"args":["--password","hunter2x"],"password":{"value":"hunter2x"}}`,
		`{"args":["--password","[REDACTED_API_KEY]"],"password":{"value":"[REDACTED_API_KEY]"}}`)

	v := pcommon.NewValueMap()
	v.Map().PutStr("name", "DB_PASSWORD") // before the value, as in a list of variables
	v.Map().PutStr("value", "hunter2x")
	r.value(r.rule("env"), "env", v, 0)
	require.Equal(t, map[string]any{"name": "DB_PASSWORD", "value": "[REDACTED_API_KEY]"}, v.Map().AsRaw())
}

func TestSmallNumbers(t *testing.T) {
	r := redactorOf(t, func(c *Config) { c.CustomPatterns = map[CustomName]Pattern{"emp": `^\d{5}$`} })
	require.Equal(t, "[REDACTED_EMP]", clean(t, r, "note", int64(12345)))
	require.Equal(t, "[REDACTED_API_KEY]", clean(t, r, "password", int64(123456)))
	require.Equal(t, int64(12345), clean(t, r, "duration_ms", int64(12345)))
}

func TestShapesThatAreNone(t *testing.T) {
	r := redactorOf(t, defaults)
	require.Equal(t, "[REDACTED_PHONE]", clean(t, r, "duration_ms", "+14155550132"))
	require.Equal(t, "[REDACTED_EMAIL]", clean(t, r, "user.email", "[REDACTED_JANE_DOE]"))
}

// TestManyKeysOfMarkers would take too long if the search for a unique name started at
// the first number each time, or read the complete map.
func TestManyKeysOfMarkers(t *testing.T) {
	raw := map[string]any{}
	for i := range 200_000 {
		raw["[REDACTED_EMAIL]_"+string(rune('a'+i%26))+pcommon.NewValueInt(int64(i)).AsString()] = nil
	}
	for i := range maxRenames {
		raw[pcommon.NewValueInt(int64(i)).AsString()+"@b.example"] = nil
	}
	m := pcommon.NewMap()
	require.NoError(t, m.FromRaw(raw))
	r := redactorOf(t, defaults)
	r.attributes("", m, 0)
	require.Equal(t, 200_000+maxRenames, m.Len())
}

// TestDeepContext would not end if a list after a name or a flag were read twice at each
// level: under the name and under its own key.
func TestDeepContext(t *testing.T) {
	r := redactorOf(t, defaults)
	v := pcommon.NewValueMap()
	deep := v
	for range 100 {
		deep = deep.SetEmptyMap().PutEmpty("value")
		list := deep.SetEmptySlice()
		list.AppendEmpty().SetStr("--password")
		deep = list.AppendEmpty()
	}
	bottom := deep
	bottom.SetStr("to a@b.example")
	r.value(r.rule("note"), "note", v, 0)
	require.Equal(t, "to [REDACTED_EMAIL]", bottom.Str())
}

// TestContextKeepsTheKey checks that the rule of the own key also applies to a value
// after a flag.
func TestContextKeepsTheKey(t *testing.T) {
	r := redactorOf(t, func(c *Config) { c.Identities.Attributes = []Key{"user.groups"} })
	require.Equal(t, []any{"[REDACTED]", "[REDACTED]"}, clean(t, r, "user.groups", []any{"--x", "jane"}))
	require.Equal(t, []any{"--retries", "[REDACTED_API_KEY]"}, clean(t, r, "password", []any{"--retries", "hunter2x"}), "a flag is no password")
}
