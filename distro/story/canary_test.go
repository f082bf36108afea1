package story

import (
	"path/filepath"
	"regexp"
	"slices"
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

// revealing is a set of rules that show every attribute that a rule can show.
const revealing = `
cowork_rules:
  max_active: 100000
  rules:
    - name: revealing_text
      severity: info
      message: >-
        {user} {team} {cost_center} {organization} {model} {tool} {connector} {skill} {plugin} {agent} {client_version} {tool_name} {error_type}
        {status_code} {department} {team.id} {session.id} {request_id} {duration_ms} {service.version} {value} {threshold}
    - name: revealing_groups
      severity: info
      message: '{user}'
      group_by: [user, team, organization, model, tool, connector, skill, plugin]
      window: 15m
      count: {above: 0}
    - name: revealing_values
      severity: info
      message: '{agent}'
      group_by: [agent, client_version, cost_center, department, 'attributes["terminal.type"]', 'resource.attributes["os.type"]']
      window: 15m
      count: {above: 0}
    - name: revealing_terms
      severity: info
      message: '{connector}'
      new_term: {attribute: connector, learn: 1s}
`

// TestCanaries runs the stories in which rules fire, with a canary value in every attribute
// of the schema and in some unknown ones. No alert contains a canary of content or of an
// unknown attribute, or one that redaction removed.
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
			settings := firingRules(t, archive)
			synctest.Test(t, func(t *testing.T) {
				run := runSteps(t, settings, archive, addCanaries)
				passed := marshal(t, run.redacted)
				if section(archive, tokensSection) == nil {
					require.Contains(t, passed, canary+"record_error_", "redaction keeps canaries in content that it scans")
				} else {
					require.NotContains(t, passed, canary, "a canary is no organization of a token")
				}
				for _, found := range canaries.FindAllString(marshal(t, run.alerts), -1) {
					seen[found] = true
					require.True(t, isShowable(found), "%s is in an alert", found)
					require.Contains(t, passed, found, "redaction removed it")
				}
				alerts += run.alerts.LogRecordCount()
			})
		})
	}
	require.Greater(t, alerts, 100, "too few alerts to test")
	require.Contains(t, seen, canary+"record_department_", "a showable attribute is shown")
}

// firingRules returns a story's settings with the built-in rules that fire in it and the
// revealing ones. Each built-in rule fires in a story (TestBuiltinRules).
func firingRules(t *testing.T, archive *txtar.Archive) *confmap.Conf {
	t.Helper()
	settings := settingsOf(t, section(archive, "config.yaml"))
	builtin, err := alert.Builtin()
	require.NoError(t, err)
	names, fired := []any{}, firing(section(archive, "alerts"))
	for _, spec := range builtin {
		if slices.Contains(fired, spec.Name) {
			names = append(names, spec.Name)
		}
	}
	require.NoError(t, settings.Merge(settingsOf(t, []byte(revealing))))
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

var canaries = regexp.MustCompile(canary + `(record|resource|scope|body)_[A-Za-z0-9._]+_`)

// unknown lists attributes outside the schema: one of an administrator, one of a new
// client, and names that alert records use.
var unknown = []string{"acme.secret", "new_attribute", "alert.labels.team", "alert.why", "message"}

// addCanaries sets a canary in every attribute that an event does not have.
func addCanaries(ld plog.Logs) {
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
		setCanary(m, attr.Name, place)
	}
	for _, name := range unknown {
		setCanary(m, name, place)
	}
	setCanary(m, canary+"key_", place)
}

func setCanary(m pcommon.Map, name, place string) {
	if _, has := m.Get(name); has || name == "event.name" || name == "event.timestamp" || name == "service.name" {
		return
	}
	m.PutStr(name, canary+place+"_"+name+"_")
}

// isShowable reports whether an alert may contain a canary: its attribute is a label or
// an identifier of the schema, or a name of the user.
func isShowable(found string) bool {
	_, name, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(found, canary), "_"), "_")
	attr := cowork.AttributeOf(name)
	return attr != nil && (attr.Class == cowork.Label || attr.Class == cowork.Identifier || name == "enduser.id" || name == "process.owner")
}
