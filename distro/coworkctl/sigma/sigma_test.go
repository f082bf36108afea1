package sigma

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/alert"
)

// TestBuiltinRules checks that every document of the built-in rules is valid, that its
// correlation names its rules, and that no two documents have one id.
func TestBuiltinRules(t *testing.T) {
	specs, err := alert.Builtin()
	require.NoError(t, err)
	files, skipped, err := Export(specs)
	require.NoError(t, err)
	require.Equal(t, len(specs), len(files)+len(skipped))
	require.Greater(t, len(files), len(specs)/3)
	rule := schemasOf(t, "sigma-detection-rule-schema.json", "strict-rule.json")
	correlated := schemasOf(t, "sigma-correlation-rules-schema.json", "strict-correlation.json")
	ids := map[string]bool{}
	for _, f := range files {
		names := map[string]bool{}
		for _, doc := range decodeAll(t, f.Text) {
			id := doc["id"].(string)
			require.False(t, ids[id], "%s: id %s is used twice", f.Rule, id)
			ids[id], names[doc["name"].(string)] = true, true
			c, ok := doc["correlation"].(map[string]any)
			if !ok {
				require.NoError(t, rule(doc), "%s: %s", f.Rule, f.Text)
				continue
			}
			require.NoError(t, correlated(doc), "%s: %s", f.Rule, f.Text)
			for _, name := range c["rules"].([]any) {
				require.True(t, names[name.(string)], "%s: correlation of unknown rule %s", f.Rule, name)
			}
		}
	}
	for _, s := range skipped {
		require.NotEmpty(t, s.Reason, s.Rule)
		t.Logf("%s: %s", s.Rule, s.Reason)
	}
	t.Logf("%d of %d rules are exported", len(files), len(specs))
}

// TestSchemaRejects checks that the schemas reject wrong documents.
func TestSchemaRejects(t *testing.T) {
	rule := func(key string, value any) map[string]any {
		return map[string]any{"title": "x", "logsource": map[string]any{}, "detection": map[string]any{"condition": "a"}, key: value}
	}
	correlated := func(key string, value any) map[string]any {
		return map[string]any{"title": "x", "correlation": map[string]any{
			"type": "event_count", "rules": []any{"ab"}, "group-by": []any{}, "timespan": "1h", "condition": map[string]any{"gt": 1}, key: value,
		}}
	}
	for _, file := range []string{"sigma-detection-rule-schema.json", "strict-rule.json"} {
		validate := schemasOf(t, file)
		require.NoError(t, validate(rule("level", "high")), file)
		require.Error(t, validate(rule("level", "warning")), file)
		require.Error(t, validate(rule("detection", map[string]any{})), file)
		require.Error(t, validate(rule("tags", []any{"a"})), file)
	}
	for _, file := range []string{"sigma-correlation-rules-schema.json", "strict-correlation.json"} {
		validate := schemasOf(t, file)
		require.NoError(t, validate(correlated("type", "event_count")), file)
		require.Error(t, validate(correlated("type", "value_count")), file)
		require.Error(t, validate(correlated("timespan", "100000000000h")), file)
	}
	require.Error(t, schemasOf(t, "strict-rule.json")(rule("tags", []any{"atlas.aml.t0051"})))
	require.Error(t, schemasOf(t, "strict-correlation.json")(correlated("condition", map[string]any{"above": 1})))
}

func TestConditions(t *testing.T) {
	for ottl, want := range map[string]string{
		`attributes["a"] == "x"`:                                                              "selection_1",
		`attributes["a"] == 1 or attributes["b"] != nil`:                                      "selection_1 or not selection_2",
		`not (attributes["a"] == "x" and attributes["b"] > 2)`:                                "not (selection_1 and selection_2)",
		`attributes["a"] == "x" and (attributes["b"] == true or IsMatch(URL(), "^h"))`:        "selection_1 and (selection_2 or selection_3)",
		`(attributes["a"] == "x" or attributes["b"] == "y") and IsMatch(Command(), "(?i)rm")`: "(selection_1 or selection_2) and selection_3",
		`attributes["a"] == "x" or IsMatch(FileRead(), "\\.env\"")`:                           "selection_1 or selection_2",
		`IsMatch(FileWritten(), "^/etc") and IsMatch(ConnectorTool(), "x")`:                   "selection_1 and selection_2",
		`true`: "",
	} {
		var d detection
		require.NoError(t, d.addCondition(ottl), ottl)
		require.Equal(t, want, d.condition, ottl)
	}
	for ottl, want := range map[string]string{
		`Double(attributes["a"]) > 1`:        "Sigma cannot",
		`IsMatch(ToolText(), "x")`:           "all arguments",
		`resource.attributes["a"] == "b"`:    "Sigma cannot",
		`attributes["a"] == attributes["b"]`: "Sigma cannot",
		`attributes["a"] > "x"`:              "Sigma cannot",
	} {
		var d detection
		require.ErrorContains(t, d.addCondition(ottl), want, ottl)
	}
	var d detection
	require.NoError(t, d.addCondition(`attributes["a"] == "*?\\" and IsMatch(FilePath(), "(?i)\\.ssh/") and attributes["n"] >= 2.5 and attributes["z"] == nil`))
	require.Equal(t, []selection{
		{"selection_1", "a|cased", `\*\?\\`},
		{"selection_2", "file.path|re|i", `\.ssh/`},
		{"selection_3", "n|gte", 2.5},
		{"selection_4", "z", nil},
	}, d.selections)
}

func TestExport(t *testing.T) {
	specs := []alert.Spec{
		{
			Name: "many", Description: "Many.", Why: "Because.", Severity: "warning", Tags: []string{"owasp.llm03-2026", "attack.t1110", "atlas.aml.t0051.001", "acme.project"}, FalsePositives: "None.",
			Events: []string{"auth"}, Condition: `attributes["success"] == false`, GroupBy: []string{"user"}, Window: 15 * time.Minute, Count: &alert.CountSpec{Above: 5},
		},
		{Name: "client", Severity: "info", Events: []string{"auth"}, GroupBy: []string{"client_version"}, Window: time.Hour, Count: &alert.CountSpec{Above: 1}},
		{Name: "share", Severity: "info", Window: time.Hour, Ratio: &alert.RatioSpec{Above: 0.5}},
		{Name: "all", Severity: "info", Condition: "true"},
	}
	files, skipped, err := Export(specs)
	require.NoError(t, err)
	require.Equal(t, []Skipped{
		{"client", "client_version is no single field"},
		{"share", "no form of Sigma for ratio"},
		{"all", "it matches every event"},
	}, skipped)
	require.Len(t, files, 1)
	docs := decodeAll(t, files[0].Text)
	require.Len(t, docs, 2)
	require.Equal(t, []any{"attack.t1110"}, docs[0]["tags"])
	require.Equal(t, []any{"acme.project", "MITRE ATLAS AML.T0051.001", "OWASP LLM03:2026"}, docs[1]["references"])
	require.Equal(t, map[string]any{
		"condition":   "selection_1 and selection_2",
		"selection_1": map[string]any{"event.name": []any{"auth"}},
		"selection_2": map[string]any{"success": false},
	}, docs[0]["detection"])
	require.Equal(t, map[string]any{
		"type": "event_count", "rules": []any{"many_event"}, "group-by": []any{"user.account_uuid"}, "timespan": "15m", "condition": map[string]any{"gt": 5},
	}, docs[1]["correlation"])
	again, _, err := Export(specs)
	require.NoError(t, err)
	require.Equal(t, files, again, "the same rules give the same files")
}

// schemasOf returns a function that validates a document by each of the schemas.
func schemasOf(t *testing.T, files ...string) func(doc map[string]any) error {
	t.Helper()
	var schemas []*jsonschema.Resolved
	for _, file := range files {
		text, err := os.ReadFile("testdata/" + file)
		require.NoError(t, err)
		var schema jsonschema.Schema
		require.NoError(t, json.Unmarshal(text, &schema))
		resolved, err := schema.Resolve(nil)
		require.NoError(t, err)
		schemas = append(schemas, resolved)
	}
	return func(doc map[string]any) error {
		for i, schema := range schemas {
			if err := schema.Validate(doc); err != nil {
				return fmt.Errorf("%s: %w", files[i], err)
			}
		}
		return nil
	}
}

func decodeAll(t *testing.T, text []byte) (docs []map[string]any) {
	t.Helper()
	dec := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var doc map[string]any
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return docs
		}
		require.NoError(t, err)
		docs = append(docs, doc)
	}
}
