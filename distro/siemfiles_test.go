package distro

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/distro/coworkctl/sigma"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/flat"
)

// azureTypes are the types of columns in Azure Monitor.
var azureTypes = map[cowork.Type]string{cowork.String: "string", cowork.Int: "long", cowork.Double: "real", cowork.Bool: "boolean"}

// TestGuideLine checks that the line of the guide is that of the event in testdata.
func TestGuideLine(t *testing.T) {
	guide, err := os.ReadFile("../docs/siem.md")
	require.NoError(t, err)
	line := regexp.MustCompile("(?s)```json\n(.*?)\n```").FindSubmatch(guide)
	require.NotNil(t, line)
	incident, err := os.ReadFile("../testdata/incident.json")
	require.NoError(t, err)
	for record := range bytes.Lines(incident) {
		if !bytes.Contains(record, []byte("pandoc")) {
			continue
		}
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(record)
		require.NoError(t, err)
		for e := range cowork.Events(ld) {
			cowork.Normalize(e)
			m := pcommon.NewMap()
			flat.Mapper{}.Map(m, e)
			row, err := json.Marshal(m.AsRaw())
			require.NoError(t, err)
			require.JSONEq(t, string(row), string(line[1]), "the line is %s", row)
		}
		return
	}
	require.Fail(t, "no such event")
}

// TestSentinelRule checks that the data collection rule for Microsoft Sentinel declares all
// columns of flat rows, and that its transformation writes the time of an event.
func TestSentinelRule(t *testing.T) {
	const file = "examples/sentinel-dcr.json"
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var rule map[string]any
	require.NoError(t, json.Unmarshal(data, &rule))
	properties := rule["properties"].(map[string]any)
	var columns []any
	for _, c := range flat.Columns() {
		columns = append(columns, map[string]any{"name": c.Name, "type": azureTypes[c.Type]})
	}
	stream := properties["streamDeclarations"].(map[string]any)["Custom-Cowork"].(map[string]any)
	stream["columns"] = columns
	want, err := json.MarshalIndent(rule, "", "  ")
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile(file, append(want, '\n'), 0o600))
		return
	}
	require.JSONEq(t, string(want), string(data), "go test ./distro -run TestSentinelRule -update writes it")
}

// TestSecOpsParser checks that the parser for Google SecOps reads columns of flat rows only.
func TestSecOpsParser(t *testing.T) {
	data, err := os.ReadFile("examples/secops-parser.conf")
	require.NoError(t, err)
	names := map[string]bool{}
	for _, c := range flat.Columns() {
		names[c.Name] = true
	}
	_, declared, _ := strings.Cut(string(data), "replace => {")
	declared, _, _ = strings.Cut(declared, "}")
	read := regexp.MustCompile(`"([a-z_]+)" => ""`).FindAllStringSubmatch(declared, -1)
	require.Greater(t, len(read), 10)
	initialised := map[string]bool{"not_json": true}
	for _, match := range read {
		require.True(t, names[match[1]], match[1])
		initialised[match[1]] = true
	}
	for _, match := range regexp.MustCompile(`if \[([a-z_]+)\]|"%\{([a-z_]+)\}"`).FindAllStringSubmatch(string(data), -1) {
		require.True(t, initialised[match[1]+match[2]], match[0])
	}
	require.Equal(t, strings.Count(string(data), "{"), strings.Count(string(data), "}"))
}

// arguments have the fields that are arguments of tools: an attribute of an event, and the
// value that the field has then.
var arguments = map[string]struct{ tool, input, want string }{
	"process.command_line":  {"Bash", `{"command":"ls -l"}`, "ls -l"},
	"file.path":             {"Read", `{"file_path":"/a/b"}`, "/a/b"},
	"url.full":              {"WebFetch", `{"url":"https://example.com/a"}`, "https://example.com/a"},
	"cowork.file_read":      {"mcp__files__read_file", `{"path":"/a/b"}`, "/a/b"},
	"cowork.file_written":   {"Write", `{"file_path":"/a/b"}`, "/a/b"},
	"cowork.connector_tool": {"mcp__mail__send", `{}`, "mail/send"},
	"cowork.connector":      {"mcp__mail__send", `{}`, "mail"},
}

// sampleOf returns an event with a value of a field of Sigma rules, and the value.
func sampleOf(t *testing.T, field string) (e cowork.Event, want any) {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	attributes := sl.LogRecords().AppendEmpty().Attributes()
	kind := "tool_result"
	if field == "tool" { // of another kind, it is the name of one
		kind = "tool"
	}
	attributes.PutStr("event.name", kind)
	argument, isArgument := arguments[field]
	switch attribute := cowork.AttributeOf(field); {
	case isArgument:
		attributes.PutStr("tool_name", argument.tool)
		attributes.PutStr("tool_input", argument.input)
		want = argument.want
	case field == "event.name":
		want = "tool_result"
	case attribute == nil:
		require.Fail(t, "no attribute", field)
	default:
		want = map[cowork.Type]any{cowork.Int: int64(7), cowork.Double: 7.5, cowork.Bool: true, cowork.Strings: []any{"seven"}, cowork.Timestamp: "2026-11-21T09:30:00.000Z"}[attribute.Type]
		if want == nil {
			want = "seven"
		}
		require.NoError(t, attributes.PutEmpty(field).FromRaw(want))
	}
	return cowork.EventOf(rl.Resource(), sl.Scope(), sl.LogRecords().At(0)), want
}

// TestSigmaPipelines checks the pipelines for sigma-cli: they are current, serve all built-in
// rules, and each field has the value of its attribute under the name that they give it.
func TestSigmaPipelines(t *testing.T) {
	specs, err := alert.Builtin()
	require.NoError(t, err)
	files, _, err := sigma.Export(specs)
	require.NoError(t, err)
	mappers := map[string]schema.Mapper{"flat": flat.Mapper{}, "ecs": ecs.Mapper{}}
	require.Len(t, sigma.Formats, len(mappers))
	for _, format := range sigma.Formats {
		t.Run(format.Name, func(t *testing.T) {
			file := "examples/sigma-" + format.Name + ".yml"
			want, err := format.Pipeline(files)
			require.NoError(t, err)
			if *update {
				require.NoError(t, os.WriteFile(file, want, 0o600))
			}
			got, err := os.ReadFile(file)
			require.NoError(t, err)
			require.True(t, bytes.Equal(want, got), "%s: is not current (go test ./distro -run TestSigmaPipelines -update writes it)", file)
			fields := slices.Collect(maps.Keys(arguments))
			for _, f := range files {
				require.Empty(t, format.Missing(f), f.Rule)
				fields = append(fields, f.Fields...)
			}
			for attribute := range cowork.Attributes() {
				fields = append(fields, attribute.Name)
			}
			slices.Sort(fields)
			checked := 0
			for _, field := range slices.Compact(fields) {
				name := format.NameOf(field)
				if name == "" {
					continue
				}
				e, want := sampleOf(t, field)
				m := pcommon.NewMap()
				mappers[format.Name].Map(m, e)
				value, ok := m.Get(name)
				assert.True(t, ok, "%s: has no %s", field, name)
				if list, isList := want.([]any); isList && format.Name == "flat" {
					want = list[0] // a text, with spaces between more
				}
				if ok {
					assert.Equal(t, want, value.AsRaw(), "%s as %s", field, name)
				}
				checked++
			}
			require.Greater(t, checked, 70)
		})
	}
}
