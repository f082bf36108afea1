package cowork

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"pgregory.net/rapid"
)

// wireTypes are the types of values in the output, by the type of the schema.
var wireTypes = map[Type]pcommon.ValueType{
	String: pcommon.ValueTypeStr, JSON: pcommon.ValueTypeStr, Timestamp: pcommon.ValueTypeStr, Int: pcommon.ValueTypeInt,
	Double: pcommon.ValueTypeDouble, Bool: pcommon.ValueTypeBool, Strings: pcommon.ValueTypeSlice, Map: pcommon.ValueTypeMap,
}

// TestOneType holds the type of values against the schema. A duration with a fraction
// remained a text, and an error code was a text or an int.
func TestOneType(t *testing.T) {
	for _, c := range []struct {
		key        string
		came, want any
	}{
		{"duration_ms", "6000.7", int64(6001)},
		{"duration_ms", 6000.7, int64(6001)},
		{"duration_ms", " 165 ", int64(165)},
		{"duration_ms", "6e3", int64(6000)},
		{"ttft_ms", 0.2, int64(0)},
		{"cost_usd", 1, 1.0},
		{"cost_usd", "0.25", 0.25},
		{"status_code", "529", int64(529)},
		{"status_code", 529.0, int64(529)},
		{"error_code", -32000, "-32000"},
		{"error_code", "ENOENT", "ENOENT"},
		{"error_code", 5.0, "5"},
		{"error_code", true, "true"},
		{"success", "TRUE", true},
		{"success", 0, false},
		{"model", []any{"a"}, "a"},
		{"tool_parameters", map[string]any{"full_command": "a < b"}, `{"full_command":"a < b"}`},
		{"error", map[string]any{"message": "no", "codes": []any{int64(1)}}, `{"codes":[1],"message":"no"}`},
		{"tool_input", 5, "5"},
		{"user.groups", "a,b", []any{"a,b"}},
		{"user.groups", []any{"a", "b"}, []any{"a", "b"}},
	} {
		e := normalized(eventOf(t, map[string]any{c.key: c.came}))
		require.Equal(t, map[string]any{c.key: c.want}, e.Record().Attributes().AsRaw(), "%s from %v", c.key, c.came)
		require.Empty(t, typeProblems(e), "%s from %v", c.key, c.came)
	}
	text, _ := normalized(eventOf(t, map[string]any{"user.groups": []any{"a", "b"}})).Str("user.groups")
	require.Equal(t, "a,b", text)
}

// TestNoType leaves what does not read as its type, and reports it.
func TestNoType(t *testing.T) {
	deep := any("x")
	for range maxJSONDepth + 1 {
		deep = []any{deep}
	}
	for _, c := range []struct {
		key    string
		came   any
		reason string
	}{
		{"duration_ms", "many", NotInt},
		{"duration_ms", math.Inf(1), NotInt},
		{"duration_ms", 1e300, NotInt},
		{"ttft_ms", -0.2, NotInt},
		{"status_code", "529.5", NotInt},
		{"cost_usd", math.NaN(), NotNumber},
		{"success", "perhaps", NotBoolean},
		{"model", map[string]any{"a": "b"}, NotString},
		{"model", []any{"a", int64(1)}, NotString},
		{"model", []byte("a"), NotString},
		{"tool_parameters", map[string]any{"a": math.Inf(1)}, NotString},
		{"tool_parameters", map[string]any{"a": []any{[]byte("a")}}, NotString},
		{"tool_parameters", deep, NotString},
		{"user.groups", []any{int64(1)}, NotStrings},
		{"cowork.prompt.start", "now", NotTimestamp},
	} {
		e := eventOf(t, map[string]any{c.key: c.came})
		_, read := asString(valueOf(e, c.key))
		require.Equal(t, read, isText(valueOf(e, c.key)), "%s: %v", c.key, c.came)
		before := e.Record().Attributes().AsRaw()
		Normalize(e)
		require.Equal(t, []Problem{{c.key, c.reason}}, typeProblems(e))
		if c.key != "cost_usd" { // NaN is not equal to itself
			require.Equal(t, before, e.Record().Attributes().AsRaw())
		}
	}
}

func valueOf(e Event, key string) pcommon.Value {
	v, _ := e.Record().Attributes().Get(key)
	return v
}

func typeProblems(e Event) []Problem { return checkValues(nil, e.Record().Attributes()) }

// TestEveryAttributeHasOneType puts any value under every name of the schema: afterwards
// it has the type of the schema, or the validator reports it.
func TestEveryAttributeHasOneType(t *testing.T) {
	rows := slices.DeleteFunc(slices.Collect(Attributes()), func(a Attribute) bool { return a.Name == eventName })
	converted := 0
	rapid.Check(t, func(rt *rapid.T) {
		attr := rapid.SampledFrom(rows).Draw(rt, "attribute")
		e := eventOf(t, nil)
		v := e.Record().Attributes().PutEmpty(attr.Name)
		setAny(rt, v)
		came := v.Type()
		NormalizeAttributes(e.Record().Attributes())
		v, ok := e.Record().Attributes().Get(attr.Name)
		if !ok || !present(v) {
			return
		}
		if v.Type() == wireTypes[attr.Type] && (attr.Type != Timestamp || isRFC3339(v.Str())) {
			if came != v.Type() {
				converted++
			}
			return
		}
		require.Equal(rt, came, v.Type(), "a value that does not read remains")
		require.Len(rt, typeProblems(e), 1, "%s: %v", attr.Name, v.AsRaw())
	})
	require.NotZero(t, converted)
}

// TestJSONKeepsRepeatedKeys leaves a map that has a key twice, of which JSON would lose one.
func TestJSONKeepsRepeatedKeys(t *testing.T) {
	e := eventOf(t, nil)
	m := e.Record().Attributes().PutEmptyMap("tool_parameters")
	m.PutStr("model", "a")
	m.PutStr(twin("model"), "b")
	ld := newLogsOf(e)
	for e := range Events(repeatKeys(t, ld, []string{"model"})) {
		Normalize(e)
		require.Equal(t, []Problem{{"tool_parameters", NotString}}, typeProblems(e))
		v, _ := e.Record().Attributes().Get("tool_parameters")
		require.Equal(t, 2, v.Map().Len())
	}
}

func TestJSONIsValid(t *testing.T) {
	e := normalized(eventOf(t, map[string]any{"tool_input": map[string]any{"a": "\"\n", "b": []any{1.5, true, nil}}}))
	require.True(t, json.Valid([]byte(e.text("tool_input"))))
}
