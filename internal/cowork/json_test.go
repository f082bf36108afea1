package cowork

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestJSONString compares the iteration over members with a decoder: whatever a valid
// object has under a key that needs no escapes is read the same.
func TestJSONString(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "crm", `a "quoted" one`, `back\slash`, "brackets ]}{[,:", "line\nline", "ü€😀", "\u2028"})
	value := rapid.OneOf(
		rapid.Map(text, func(s string) any { return s }),
		rapid.Map(rapid.Float64Range(-1e9, 1e9), func(f float64) any { return f }),
		rapid.Map(rapid.SliceOfN(text, 0, 3), func(s []string) any { return s }),
		rapid.Map(rapid.MapOfN(text, text, 0, 3), func(m map[string]string) any { return m }),
		rapid.Just[any](nil), rapid.Just[any](true),
	)
	rapid.Check(t, func(rt *rapid.T) {
		object := rapid.MapOf(rapid.StringMatching(`[a-z_]{1,6}`), value).Draw(rt, "object")
		indent := rapid.SampledFrom([]string{"", " ", "\t"}).Draw(rt, "indent")
		data, err := json.MarshalIndent(object, "", indent)
		require.NoError(rt, err)
		for key, want := range object {
			s, _ := want.(string)
			require.Equal(rt, s, jsonString(string(data), key), "%s of %s", key, data)
		}
		require.Empty(rt, jsonString(string(data), "no such key"))
	})
}

// TestCutJSON reads the members before the cut, and no others.
func TestCutJSON(t *testing.T) {
	object := `{"mcp_server_name":"crm","arguments":{"to":["a","b"]},"mcp_tool_name":"send"}`
	for cut := range len(object) {
		server, tool := jsonString(object[:cut], "mcp_server_name"), jsonString(object[:cut], "mcp_tool_name")
		require.Contains(t, []string{"", "crm"}, server, object[:cut])
		require.Contains(t, []string{"", "send"}, tool, object[:cut])
	}
	cut, _, _ := strings.Cut(object, "arguments")
	require.Equal(t, "crm", jsonString(cut, "mcp_server_name"))
	for _, text := range []string{"", "[]", "null", `{"a"}`, `{"a" 1}`, `{a:"b"}`, `{"a":`, `{"a":"\uZZZZ"}`} {
		require.Empty(t, jsonString(text, "a"), text)
	}
}
