package distro

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
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
	"go.yaml.in/yaml/v3"

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

// sigmaFields returns the fields that the exported rules read, sorted.
func sigmaFields(t *testing.T) []string {
	t.Helper()
	specs, err := alert.Builtin()
	require.NoError(t, err)
	files, _, err := sigma.Export(specs)
	require.NoError(t, err)
	fields := map[string]bool{}
	for _, file := range files {
		decoder := yaml.NewDecoder(bytes.NewReader(file.Text))
		for {
			var rule struct {
				Detection   map[string]any
				Correlation struct {
					GroupBy []string `yaml:"group-by"`
				}
			}
			err := decoder.Decode(&rule)
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, file.Rule)
			for _, field := range rule.Correlation.GroupBy {
				fields[field] = true
			}
			for _, selection := range rule.Detection {
				collectFields(fields, selection)
			}
		}
	}
	return slices.Sorted(maps.Keys(fields))
}

// collectFields adds the fields of a selection: a map, or a list of maps.
func collectFields(fields map[string]bool, selection any) {
	switch x := selection.(type) {
	case map[string]any:
		for key := range x {
			field, _, _ := strings.Cut(key, "|")
			fields[field] = true
		}
	case []any:
		for _, element := range x {
			collectFields(fields, element)
		}
	}
}

// arguments have the fields that are arguments of tools: an attribute of an event, and the
// value that the field has then.
var arguments = map[string]struct{ tool, input, want string }{
	"process.command_line": {"Bash", `{"command":"ls -l"}`, "ls -l"},
	"file.path":            {"Read", `{"file_path":"/a/b"}`, "/a/b"},
	"url.full":             {"WebFetch", `{"url":"https://example.com/a"}`, "https://example.com/a"},
}

// sampleOf returns an event with a value of a field of Sigma rules, and the value.
func sampleOf(t *testing.T, field string) (e cowork.Event, want any) {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	attributes := sl.LogRecords().AppendEmpty().Attributes()
	attributes.PutStr("event.name", "tool_result")
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
		want = map[cowork.Type]any{cowork.Int: int64(7), cowork.Double: 7.5, cowork.Bool: true, cowork.Strings: []any{"seven"}}[attribute.Type]
		if want == nil {
			want = "seven"
		}
		require.NoError(t, attributes.PutEmpty(field).FromRaw(want))
	}
	return cowork.EventOf(rl.Resource(), sl.Scope(), sl.LogRecords().At(0)), want
}

// withoutColumn are the fields of Sigma rules that flat rows do not have. sigma-flat.yml lists
// them.
var withoutColumn = []string{
	"body",
	"cowork.clock_skew_ms",
	"cowork.delivery_delay_ms",
	"cowork.egress.disabled",
	"cowork.egress.unlisted",
	"cowork.prompt.api_error_count",
	"cowork.prompt.cost_usd",
	"cowork.prompt.tool_failure_count",
	"error_count",
	"has_hooks",
	"is_plugin",
	"marketplace.is_official",
	"mcp_server_scope",
	"num_blocking",
	"plugin.scope",
	"safe_mode",
	"server_scope",
	"system_prompt",
	"tool",
	"tool_input",
	"tool_parameters",
}

// TestSigmaPipelines checks the pipelines for sigma-cli: each field of an exported rule has
// the value of its attribute under the name that the pipeline gives it.
func TestSigmaPipelines(t *testing.T) {
	for file, format := range map[string]struct {
		mapper  schema.Mapper
		without []string
	}{
		"examples/sigma-flat.yml": {flat.Mapper{}, withoutColumn},
		"examples/sigma-ecs.yml":  {ecs.Mapper{}, []string{"duration_ms"}}, // event.duration is in nanoseconds
	} {
		t.Run(file, func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			var pipeline struct {
				Name            string
				Priority        int
				Transformations []struct {
					ID, Type string
					Mapping  map[string]string
				}
			}
			decoder := yaml.NewDecoder(bytes.NewReader(data))
			require.NoError(t, decoder.Decode(&pipeline))
			require.Len(t, pipeline.Transformations, 1)
			require.Equal(t, "field_name_mapping", pipeline.Transformations[0].Type)
			mapping := pipeline.Transformations[0].Mapping
			fields := sigmaFields(t)
			require.Greater(t, len(fields), 20)
			var without []string
			for _, field := range fields {
				e, want := sampleOf(t, field)
				name := field
				if to, ok := mapping[field]; ok {
					name = to
				}
				m := pcommon.NewMap()
				format.mapper.Map(m, e)
				if got, ok := m.Get(name); !ok || !assert.ObjectsAreEqual(want, got.AsRaw()) {
					without = append(without, field)
				}
			}
			require.Equal(t, format.without, without)
			for field := range mapping {
				require.Contains(t, fields, field, "the mapping has a field that no rule reads")
			}
			for _, field := range without {
				require.Contains(t, string(data), field, "the file lists what it cannot map")
			}
		})
	}
}
