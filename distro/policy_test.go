package distro

import (
	"context"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

var update = flag.Bool("update", false, "write docs/redaction-policy.md")

// policyFields are the rows of the table: an attribute of an event, and what a client
// sends in it.
var policyFields = []struct{ event, attribute, sent string }{
	{"user_prompt", "prompt", "Mail jane.doe@example.com the offer for ACME"},
	{"user_prompt", "prompt_length", "44"},
	{"assistant_response", "response", "I sent it to jane.doe@example.com."},
	{"api_request_body", "body", `{"messages":[{"content":"Mail jane.doe@example.com"}]}`},
	{"tool_result", "tool_name", "Bash"},
	{"tool_result", "tool_parameters", `{"full_command":"crm --token ghp_0123456789abcdefghijABCDEFGHIJ012345 --to jane.doe@example.com"}`},
	{"tool_result", "tool_input", `{"file_path":"/Users/jane/offer ACME.docx"}`},
	{"tool_result", "error", "no answer from 203.0.113.7 for jane.doe@example.com"},
	{"tool_result", "summary_text", strings.TrimSpace(strings.Repeat("a new attribute with text ", 6))},
	{"tool_result", "workspace.host_paths", `["/Users/jane/offers"]`},
	{"api_request", "model", "claude-opus-5-5"},
	{"api_request", "cost_usd", "0.042"},
	{"api_request", "session.id", "7e2f1c9a-5d0b-4b6e-9a35-0c8d1f2e3a4b"},
	{"api_request", "user.email", "jane.doe@example.com"},
	{"api_request", "user.id", "3f0e6a6c1d2b4e5f8a9b0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f4051"},
	{"api_request", "user.account_uuid", "82e1c95e-93ed-4541-8334-0cd530049ba7"},
	{"api_request", "enduser.id", "jane.doe@example.com"},
	{"api_request", "process.owner", `CORP\jane`},
	{"api_request", "cowork.user.name", ""},
}

// variableDefault matches a variable of a policy, with its default.
var variableDefault = regexp.MustCompile(`\$\{env:\w+:-([^}]*)\}`)

var policyBlock = regexp.MustCompile("(?ms)^```yaml file=policy-(\\w+)\\.yaml\n(.*?)^```")

// TestPolicies runs the policies of docs/redaction-policy.md on one event of each kind,
// and checks the table of what comes out.
func TestPolicies(t *testing.T) {
	const file, begin, end = "../docs/redaction-policy.md", "<!-- begin policies -->\n", "<!-- end policies -->"
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	names, outputs := []string{"default"}, []map[string]string{applyPolicy(t, "{}")}
	for _, m := range policyBlock.FindAllSubmatch(page, -1) {
		names = append(names, string(m[1]))
		outputs = append(outputs, applyPolicy(t, string(m[2])))
	}
	require.Greater(t, len(names), 4, "policies are blocks of %s with file=policy-NAME.yaml", file)
	var table strings.Builder
	table.WriteString("| event | attribute | sent | " + strings.Join(names, " | ") + " |\n|" + strings.Repeat("---|", len(names)+3) + "\n")
	for _, f := range policyFields {
		table.WriteString("| " + f.event + " | `" + f.attribute + "` | " + cell(f.sent))
		for _, out := range outputs {
			if got := out[f.event+"/"+f.attribute]; got != "" && got == f.sent {
				table.WriteString(" | as sent")
			} else {
				table.WriteString(" | " + cell(got))
			}
		}
		table.WriteString(" |\n")
	}
	before, rest, found := strings.Cut(string(page), begin)
	require.True(t, found, "%s lacks %q", file, begin)
	old, after, found := strings.Cut(rest, end)
	require.True(t, found, "%s lacks %q", file, end)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(before+begin+table.String()+end+after), 0o600))
		return
	}
	require.Equal(t, table.String(), old, "run go test ./distro -run TestPolicies -update")
}

// cell returns a value as a cell of a table, a dash for an attribute that is absent.
func cell(value string) string {
	if value == "" {
		return "–"
	}
	return "`" + strings.ReplaceAll(value, "|", `\|`) + "`"
}

// applyPolicy returns the attributes behind a policy, by event and name. Each field is a
// batch of its own, so that no other text repeats its prompt.
func applyPolicy(t *testing.T, policy string) map[string]string {
	t.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML(variableDefault.ReplaceAll([]byte(policy), []byte("$1")))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	var sink consumertest.LogsSink
	redaction := startPolicy(t, coworkredactionprocessor.NewFactory(), conf, &sink)
	event := startPolicy(t, coworkeventprocessor.NewFactory(), conf, redaction)
	out := map[string]string{}
	for _, f := range policyFields {
		if f.sent == "" {
			continue
		}
		sink.Reset()
		require.NoError(t, event.ConsumeLogs(t.Context(), policyEvent(f.event, f.attribute, f.sent)))
		require.Equal(t, 1, sink.LogRecordCount())
		attributes := sink.AllLogs()[0].ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes()
		if v, ok := attributes.Get(f.attribute); ok {
			out[f.event+"/"+f.attribute] = v.AsString()
		}
		if v, ok := attributes.Get("cowork.user.name"); ok && f.attribute == "user.email" {
			out[f.event+"/cowork.user.name"] = v.AsString()
		}
	}
	return out
}

// policyEvent returns a batch of one event with one attribute.
func policyEvent(event, attribute, value string) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	rec := sl.LogRecords().AppendEmpty()
	rec.Body().SetStr("claude_code." + event)
	rec.Attributes().PutStr("event.name", event)
	rec.Attributes().PutStr(attribute, value)
	if one, ok := strings.CutPrefix(value, `["`); ok {
		rec.Attributes().PutEmptySlice(attribute).AppendEmpty().SetStr(strings.TrimSuffix(one, `"]`))
	}
	return ld
}

// startPolicy starts a processor with its section of a policy.
func startPolicy(t *testing.T, factory processor.Factory, conf *confmap.Conf, next consumer.Logs) processor.Logs {
	t.Helper()
	cfg := factory.CreateDefaultConfig()
	settings, err := conf.Sub("processors::" + factory.Type().String())
	require.NoError(t, err)
	require.NoError(t, settings.Unmarshal(cfg))
	require.NoError(t, confmap.Validate(cfg))
	logs, err := factory.CreateLogs(t.Context(), processortest.NewNopSettings(factory.Type()), cfg, next)
	require.NoError(t, err)
	require.NoError(t, logs.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, logs.Shutdown(context.Background())) })
	return logs
}
