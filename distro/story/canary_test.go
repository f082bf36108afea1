package story

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
)

// A curious set of rules shows whatever a rule can be made to show.
const curious = `
cowork_rules:
  max_active: 100000
  rules:
    - name: curious_text
      severity: info
      message: >-
        {user} {organization} {model} {tool} {connector} {skill} {plugin} {agent} {client_version} {tool_name} {error_type}
        {status_code} {department} {team.id} {session.id} {request_id} {duration_ms} {service.version} {value} {threshold}
    - name: curious_groups
      severity: info
      message: '{user}'
      group_by: [user, organization, model, tool, connector, skill, plugin]
      window: 15m
      count: {above: 0}
    - name: curious_values
      severity: info
      message: '{agent}'
      group_by: [agent, client_version, department, 'attributes["terminal.type"]', 'resource.attributes["os.type"]']
      window: 15m
      count: {above: 0}
    - name: curious_terms
      severity: info
      message: '{connector}'
      new_term: {attribute: connector, learn: 1s}
`

// TestCanaries tells the stories in which rules fire once more, with a canary in every
// attribute that an event can have and in some that it cannot, and all rules on. None that
// stands for content or for something unknown is in an alert, and no other unless
// redaction has let it pass.
func TestCanaries(t *testing.T) {
	files, err := filepath.Glob("../../testdata/stories/alert_*.txtar")
	require.NoError(t, err)
	alerts, seen := 0, map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_silent.txtar") {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			settings := everyRule(t, archive)
			synctest.Test(t, func(t *testing.T) {
				ta := perform(t, settings, archive, release)
				passed := marshal(t, ta.redacted)
				require.Contains(t, passed, canary+"record_error_", "redaction leaves the canaries of content that it scans")
				for _, bird := range birds.FindAllString(marshal(t, ta.alerts), -1) {
					seen[bird] = true
					require.True(t, showable(bird), "%s is in an alert", bird)
					require.Contains(t, passed, bird, "redaction removed it")
				}
				alerts += ta.alerts.LogRecordCount()
			})
		})
	}
	require.Greater(t, alerts, 100, "the rules must have something to say")
	require.Contains(t, seen, canary+"record_department_", "what may be shown is shown")
}

// everyRule returns a story's settings with all built-in rules on, and the curious ones.
func everyRule(t *testing.T, archive *txtar.Archive) *confmap.Conf {
	t.Helper()
	settings := settingsOf(t, section(archive, "config.yaml"))
	builtin, err := alert.Builtin()
	require.NoError(t, err)
	var names []any
	for _, spec := range builtin {
		names = append(names, spec.Name)
	}
	require.NoError(t, settings.Merge(settingsOf(t, []byte(curious))))
	require.NoError(t, settings.Merge(confmap.NewFromStringMap(map[string]any{
		"cowork_rules": map[string]any{"builtin_rules": names, "cost_threshold_usd": 0.01},
	})))
	return settings
}

func settingsOf(t *testing.T, yaml []byte) *confmap.Conf {
	t.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML(yaml)
	require.NoError(t, err)
	settings, err := retrieved.AsConf()
	require.NoError(t, err)
	return settings
}

const canary = "kanari_"

var birds = regexp.MustCompile(canary + `(record|resource|scope|body)_[A-Za-z0-9._]+_`)

// unknown are attributes of no schema: an administrator's, a new client's, one like an
// alert's own.
var unknown = []string{"acme.secret", "new_attribute", "alert.labels.team", "alert.why", "message"}

// release puts canaries wherever an event has nothing yet.
func release(ld plog.Logs) {
	for _, rl := range ld.ResourceLogs().All() {
		fill(rl.Resource().Attributes(), "resource")
		for _, sl := range rl.ScopeLogs().All() {
			fill(sl.Scope().Attributes(), "scope")
			for _, rec := range sl.LogRecords().All() {
				fill(rec.Attributes(), "record")
				rec.SetSeverityText(canary + "record_severity_")
				body := rec.Body().SetEmptyMap()
				body.PutStr("text", canary+"body_text_")
				fill(body.PutEmptyMap("attributes"), "body")
			}
		}
	}
}

func fill(m pcommon.Map, place string) {
	for attr := range cowork.Attributes() {
		put(m, attr.Name, place)
	}
	for _, name := range unknown {
		put(m, name, place)
	}
	put(m, canary+"key_", place)
}

func put(m pcommon.Map, name, place string) {
	if _, has := m.Get(name); has || name == "event.name" || name == "event.timestamp" || name == "service.name" {
		return
	}
	m.PutStr(name, canary+place+"_"+name+"_")
}

// showable reports whether a canary may be in an alert: it stands for an attribute of
// the schema that is a label or an identifier, or for a user by another name.
func showable(bird string) bool {
	_, name, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(bird, canary), "_"), "_")
	attr := cowork.AttributeOf(name)
	return attr != nil && (attr.Class == cowork.Label || attr.Class == cowork.Identifier || name == "enduser.id" || name == "process.owner")
}
