package coworkredactionprocessor

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/jsontext"
)

// redactBatch redacts a batch of a client with a record for each set of attributes, and
// returns the attributes.
func redactBatch(t *testing.T, change func(*Config), records ...map[string]any) (*redactor, []map[string]any) {
	t.Helper()
	ld := plog.NewLogs()
	sl := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	for _, attributes := range records {
		require.NoError(t, sl.LogRecords().AppendEmpty().Attributes().FromRaw(attributes))
	}
	r := redactorOf(t, change)
	r.collecting = len(r.promptKeys.rules) > 0
	if r.collecting {
		redactLogs(r, ld)
		indexPrompts(r)
	}
	redactLogs(r, ld)
	var out []map[string]any
	for _, rec := range sl.LogRecords().All() {
		rec.Attributes().Remove(unknownAttribute)
		out = append(out, rec.Attributes().AsRaw())
	}
	return r, out
}

func TestRepeats(t *testing.T) {
	check := func(key string, in, want any) {
		t.Helper()
		_, out := redactBatch(t, defaults, map[string]any{key: in}, map[string]any{"prompt": words})
		require.Equal(t, map[string]any{key: want}, out[0])
	}
	const marker = "[REDACTED_PROMPT]"
	check("error", "cannot: "+words[5:40]+"!", "cannot: "+marker+"!")
	check("error", "cannot: "+words[5:28]+"!", "cannot: "+words[5:28]+"!")
	check("error", strings.ToUpper(words[5:50]), marker)
	check("error", []byte("x "+words), []byte("x "+marker))
	check("error", []any{words, map[string]any{"a": "x" + words}}, []any{marker, map[string]any{"a": "x" + marker}})
	check("notes", words[:100], marker)
	check("tool_input", `{"a":"b `+words+`","n":1, "c":"d"}`, `{"a":"b `+marker+`","n":1, "c":"d"}`)
	check("tool_input", `{"`+words[:50]+`":1}`, `{"`+marker+`":1}`)
	check("tool_input", `{"a":"{\"b\":\"c `+words+`\"}"}`, `{"a":"{\"b\":\"c `+marker+`\"}"}`)
	check("tool_input", `{"a":"b `+words, `{"a":"b `+marker)
	check("tool_name", strings.ReplaceAll(words[:60], " ", "_"), strings.ReplaceAll(words[:60], " ", "_"))
	check("tool_name", words[:40], marker)
	check("user.email", words[:40], "[REDACTED_EMAIL]")
	check("notes", map[string]any{words[:50]: 1}, map[string]any{marker: int64(1)})
	check("session.id", "f4e2b124-f977-4412-8b09-da2871d3f914", "f4e2b124-f977-4412-8b09-da2871d3f914")
}

// TestRepeatsAcrossJSON checks a prompt that is JSON itself.
func TestRepeatsAcrossJSON(t *testing.T) {
	prompt := `[{"name":"jane","room":117,"floors":[2,-3.5e1,true],"x":"\u00e4\""}]`
	for in, want := range map[string]string{
		prompt: `[{"[REDACTED_PROMPT]":"[REDACTED_PROMPT]","[REDACTED_PROMPT]":"[REDACTED_PROMPT]","[REDACTED_PROMPT]":["[REDACTED_PROMPT]","[REDACTED_PROMPT]",true],` +
			`"[REDACTED_PROMPT]":"[REDACTED_PROMPT]"}]`,
		`{"n":12, "a":{"name":"jane","room":117},"n":13}`: `{"n":12, "a":{"[REDACTED_PROMPT]":"[REDACTED_PROMPT]","[REDACTED_PROMPT]":"[REDACTED_PROMPT]"},"n":13}`,
	} {
		_, out := redactBatch(t, defaults, map[string]any{"prompt": prompt}, map[string]any{"tool_input": in})
		require.Equal(t, want, out[1]["tool_input"])
	}
}

func TestRepeatsOfIdentifiers(t *testing.T) {
	const id = "f4e2b124-f977-4412-8b09-da2871d3f914"
	_, out := redactBatch(t, defaults,
		map[string]any{"prompt": "What did session " + id + " do with claude_code.tool_decision and claude-sonnet-4-5-20250929?"},
		map[string]any{"session.id": id, "error": "no session " + id, "model": "claude-sonnet-4-5-20250929", "event.name": "claude_code.tool_decision"})
	require.Equal(t, map[string]any{
		"session.id": id, "error": "no[REDACTED_PROMPT]", "model": "claude-sonnet-4-5-20250929", "event.name": "claude_code.tool_decision",
	}, out[1], "an identifier and a name stay, so that events can be joined and counted")
}

// TestRepeatsSources checks which attributes are prompts.
func TestRepeatsSources(t *testing.T) {
	const text = "the numbers of the southern branch, for the board"
	check := func(key string, value any, repeated bool) {
		t.Helper()
		_, out := redactBatch(t, defaults, map[string]any{key: value}, map[string]any{"error": text})
		require.Equal(t, repeated, out[1]["error"] != text, "%s: %v", key, value)
	}
	check("prompt", text, true)
	check("prompt_text", "before "+text, true)
	check("user_prompt", []any{map[string]any{"a": text}}, true)
	check("prompt", []byte(text), true)
	check("outer", map[string]any{"prompt": text}, true)
	check("outer", []any{map[string]any{"prompt": text}}, true)
	check("new_context", "[USER PROMPT]\n"+text, true)
	check("new_context", "[TOOL RESULT: toolu_01]\nno\n\n---\n\n[USER]\n"+text, true)
	check("new_context", "[TOOL RESULT: toolu_01]\n"+text, false)
	check("new_context", "[USER]\nno\n\n---\n\n[TOOL RESULT: toolu_01]\nno\n\n---\n\n"+text, false)
	check("gen_ai.input.messages", `[{"role":"user","parts":[{"type":"text","content":"`+text+`"}]}]`, true)
	check("gen_ai.prompt.0.content", text, true)
	check("response", text, false)
	check("system_reminders", text, false)
	_, out := redactBatch(t, func(c *Config) { c.RedactPromptContent = false }, map[string]any{"prompt": text}, map[string]any{"error": text})
	require.Equal(t, text, out[1]["error"], "the prompt itself stays")
}

// TestRepeatsAndFindings checks that a secret of which a part is repeated is replaced
// completely, and one that is a secret because of repeated words too.
func TestRepeatsAndFindings(t *testing.T) {
	prompt := "for the deployment of the shop the database password is correct-horse"
	_, out := redactBatch(t, defaults, map[string]any{"prompt": prompt},
		map[string]any{"error": "log: " + strings.TrimSuffix(prompt, "correct-horse") + "battery7staple9"},
		map[string]any{"error": "log: " + prompt + "-battery7staple9"},
		map[string]any{"tool_input": `{"a":"log: ` + prompt + `-battery7staple9","b":"jane.doe@example.com"}`})
	require.Equal(t, "log: [REDACTED_PROMPT]", out[1]["error"])
	require.Equal(t, "log: [REDACTED_PROMPT]", out[2]["error"])
	require.JSONEq(t, `{"a":"log: [REDACTED_PROMPT]","b":"[REDACTED_PROMPT]"}`, out[3]["tool_input"].(string))
}

func TestRepeatsLimit(t *testing.T) {
	long := func(word string) string { return strings.Repeat(word+" ", maxPromptBytes/2/(len(word)+1)) }
	last := "this prompt is over the limit of a batch"
	r, out := redactBatch(t, defaults, map[string]any{"prompt": long("first")}, map[string]any{"prompt": long("second")},
		map[string]any{"prompt": last, "error": last})
	require.Equal(t, "[REDACTED_PROMPT]", out[2]["prompt"])
	require.Equal(t, last, out[2]["error"])
	require.EqualValues(t, 1, r.counters.limits[limitPrompts])
	r, _ = redactBatch(t, defaults, map[string]any{"prompt": words, "prompt_text": words}, map[string]any{"prompt": "short"})
	require.Equal(t, []string{words}, r.prompts.texts, "each prompt once")
	require.Empty(t, r.counters.limits)
}

// TestRepeatsTooMany checks that a value does not grow by its markers without bound.
func TestRepeatsTooMany(t *testing.T) {
	many := "[" + strings.TrimSuffix(strings.Repeat(`"of","the","northern","branch",`, maxRepeats/4+1), ",") + "]"
	_, out := redactBatch(t, defaults, map[string]any{"prompt": many}, map[string]any{"tool_input": many})
	require.Equal(t, "[REDACTED_PROMPT]", out[1]["tool_input"])
}

// TestRepeatsProperty checks that no 24 bytes of a prompt are left in a batch, and that
// JSON stays valid, for random texts of parts of the prompt.
func TestRepeatsProperty(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pieces := []string{
		"the northern branch ", "closing \"soon\" ", "line\nbreak ", "tab\there ", `C:\new\tools `, "größer ", "<b>&amp;</b> ", "日本語 ", "😀 ", "x",
		`{"a":"b"}`, " ", "0123456789",
	}
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		return b.String()
	}
	for range 150 {
		prompt := text(4 + random.IntN(20))
		part := func() string {
			runes := []rune(prompt)
			start := random.IntN(len(runes))
			return text(random.IntN(4)) + string(runes[start:start+random.IntN(len(runes)-start)+1]) + text(random.IntN(4))
		}
		document, err := json.Marshal(map[string]any{"k": part(), part(): []any{part(), map[string]any{"d": part()}}})
		require.NoError(t, err)
		nested, err := json.Marshal(map[string]any{"inner": string(document)})
		require.NoError(t, err)
		_, out := redactBatch(t, func(c *Config) { c.MaxUnknownBytes = 1 << 20 }, map[string]any{"prompt": prompt}, map[string]any{
			"error": part(), "notes": part(), "tool_input": string(document), "tool_parameters": string(nested), "list": []any{part()},
			"map": map[string]any{"a": part()},
		})
		require.True(t, isJSON(out[1]["tool_input"].(string)), "%q", out[1]["tool_input"])
		require.True(t, isJSON(out[1]["tool_parameters"].(string)), "%q", out[1]["tool_parameters"])
		var inner map[string]string
		require.NoError(t, json.Unmarshal([]byte(out[1]["tool_parameters"].(string)), &inner))
		require.True(t, isJSON(inner["inner"]), "%q", inner["inner"])
		requireNoPart(t, prompt, pcommonTexts(t, out[1]))
	}
}

// pcommonTexts returns the texts of attributes, and those of JSON in them.
func pcommonTexts(t *testing.T, attributes map[string]any) (texts []string) {
	t.Helper()
	var visit func(v any)
	visit = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				visit(key)
				visit(value)
			}
		case []any:
			for _, value := range v {
				visit(value)
			}
		case string:
			texts = append(texts, v)
			var inner any
			if strings.HasPrefix(v, "{") && json.Unmarshal([]byte(v), &inner) == nil {
				visit(inner)
			}
		}
	}
	visit(attributes)
	return texts
}

func requireNoPart(t *testing.T, prompt string, texts []string) {
	t.Helper()
	for _, text := range texts {
		for i := 0; i+24 <= len(prompt); i++ {
			require.NotContains(t, text, prompt[i:i+24], "of %q", prompt)
		}
	}
}

// FuzzRepeats checks with any prompt and text that nothing is left, and JSON stays valid.
func FuzzRepeats(f *testing.F) {
	f.Add(words, words[3:70])
	f.Add(`a "quoted" text with \n escapes`, `["a \"quoted\" text with \\n escapes"]`)
	f.Add("日本語日本語日本語日本語日本語", `{"a":"\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e"}`)
	f.Fuzz(func(t *testing.T, prompt, text string) {
		if len(prompt) > 1<<10 || len(text) > 1<<10 {
			return
		}
		_, out := redactBatch(t, defaults, map[string]any{"prompt": prompt}, map[string]any{"tool_input": text})
		got := out[1]["tool_input"].(string)
		texts := []string{got}
		if isJSON(text) { // words such as true, white space and punctuation stay
			require.True(t, isJSON(got), "%q became %q", text, got)
			texts = texts[:0]
			for s := range jsontext.Strings(got) {
				texts = append(texts, got[s.Start:s.End])
			}
		}
		if !strings.Contains(prompt, "REDACTED") {
			requireNoPart(t, prompt, texts)
		}
	})
}

// TestAllocRepeats checks that a batch with a prompt allocates nothing for records that do
// not repeat it.
func TestAllocRepeats(t *testing.T) {
	if underRace() {
		t.Skip("the race detector drops pooled memory at random; make test runs this without it")
	}
	r, _ := redactBatch(t, defaults, map[string]any{"prompt": words})
	require.NotNil(t, r.prompts)
	m := pcommon.NewMap()
	require.NoError(t, m.FromRaw(map[string]any{
		"session.id": "f4e2b124-f977-4412-8b09-da2871d3f914", "event.name": "tool_result", "duration_ms": 165, "success": true,
		"tool_parameters": `{"bash_command":"ls","full_command":"ls -l \"a b\" | wc -l","description":"Count files"}`,
		"error":           "cannot summarise the numbers of another branch for the board", "department": "finance",
	}))
	r.attributes("", m, 0)
	require.Zero(t, testing.AllocsPerRun(100, func() { r.attributes("", m, 0) }))
}
