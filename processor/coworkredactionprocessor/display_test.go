package coworkredactionprocessor

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/roster"
)

const pseudonymTestKey = "0123456789abcdef0123456789abcdef"

// showAs configures what users are shown as.
func showAs(display ...Display) func(*Config) {
	return func(c *Config) { c.Identities.Display, c.Identities.Key = display, pseudonymTestKey }
}

// redactRecordOf redacts a record with a resource, whose people are those of a list.
func redactRecordOf(t *testing.T, change func(*Config), people *roster.Roster, resource, attributes map[string]any) map[string]any {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	require.NoError(t, rl.Resource().Attributes().FromRaw(resource))
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	require.NoError(t, rec.Attributes().FromRaw(attributes))
	r := redactorOf(t, change)
	r.people = people
	r.redactBatch(func(r *redactor) { redactLogs(r, ld) })
	return rec.Attributes().AsRaw()
}

func TestDisplay(t *testing.T) {
	type attrs = map[string]any
	check := func(display []Display, want any, resource, attributes attrs) {
		t.Helper()
		got := redactRecordOf(t, showAs(display...), nil, resource, attributes)
		require.Equal(t, want, got["cowork.user.name"])
		if attributes["user.email"] != nil {
			require.Equal(t, "[REDACTED_EMAIL]", got["user.email"], "the attribute stays redacted")
		}
	}
	named, unnamed := attrs{"cowork.user.name": "Anna Li", "user.email": "Anna@Example.com", "user.id": "1"}, attrs{"user.email": "Anna@Example.com", "user.id": "1"}
	check([]Display{DisplayName}, "Anna Li", nil, named)
	check([]Display{DisplayName}, nil, nil, unnamed)
	check([]Display{DisplayName, DisplayEmail}, "Anna Li", nil, named)
	check([]Display{DisplayName, DisplayEmail}, "anna@example.com", nil, unnamed)
	check([]Display{DisplayName, DisplayEmail}, "anna@example.com", unnamed, attrs{})
	check([]Display{DisplayEmail}, "anna@example.com", nil, named)
	check([]Display{DisplayEmail}, nil, nil, attrs{"cowork.user.name": "Anna Li"})
	check([]Display{DisplayEmail}, "b@example.com", unnamed, attrs{"enduser.id": "b@example.com"})
	check([]Display{DisplayID, DisplayName}, nil, nil, named)
	check([]Display{DisplayID, DisplayName}, "Anna Li", nil, attrs{"cowork.user.name": "Anna Li"})
	keep := func(c *Config) { c.Identities.Action = ActionKeep }
	require.Equal(t, "Anna Li", redactRecordOf(t, keep, nil, nil, named)["cowork.user.name"])
	require.Equal(t, "anna@example.com", redactRecordOf(t, keep, nil, nil, unnamed)["cowork.user.name"], "kept addresses are shown")
	first := redactRecordOf(t, showAs(DisplayPseudonym), nil, nil, unnamed)["cowork.user.name"]
	require.Regexp(t, "^u_[0-9a-f]{32}$", first)
	check([]Display{DisplayPseudonym}, first, nil, attrs{"cowork.user.name": "Anna Li", "user.email": " anna@example.com"})
	check([]Display{DisplayPseudonym}, nil, nil, attrs{"user.id": "1"})

	// A name that redaction replaced is not there.
	check([]Display{DisplayName, DisplayEmail}, "a@example.com", nil, attrs{"cowork.user.name": "x@example.com", "user.email": "a@example.com"})
}

// TestDisplayedAddress has texts that a sender writes in the place of an address.
func TestDisplayedAddress(t *testing.T) {
	for _, text := range []string{
		"the customer is jane@example.com", "Jane <jane@example.com>", "jane@example.com, 4111111111111111", "@", "jane", "@example.com", "jane@",
		"sk-ant-api03-" + strings.Repeat("aB3_", 24) + "@example.com", strings.Repeat("x", 250) + "@example.com", "[REDACTED_EMAIL]", "",
	} {
		got := redactRecordOf(t, showAs(DisplayEmail), nil, nil, map[string]any{"user.email": text})
		require.NotContains(t, got, "cowork.user.name", text)
	}
}

// TestPeopleAreScanned has a client's own attributes of people, and values of a list that
// redaction would replace.
func TestPeopleAreScanned(t *testing.T) {
	list, err := roster.Parse([]byte("name,team,user.email\nanna@example.com,Team of the 10.1.2.3,a@x\n"), roster.CSV, roster.Settings{
		Join: []string{"user.email"}, Targets: []roster.Target{{Column: "name", Attribute: "cowork.user.name"}, {Column: "team", Attribute: "cowork.team"}},
	})
	require.NoError(t, err)
	const long = "write a letter to the team of the 10.1.2.3 and to anna@example.com"
	attributes := map[string]any{"cowork.user.name": "anna@example.com", "cowork.team": "Team of the 10.1.2.3", "cowork.cost_center": "jane@example.com"}
	require.Equal(t, map[string]any{
		"cowork.user.name": "[REDACTED_EMAIL]", "cowork.team": "Team of the [REDACTED_IP_ADDRESS]", "cowork.cost_center": "[REDACTED_EMAIL]",
	}, redactRecordOf(t, defaults, nil, nil, attributes))
	attributes["prompt"] = long
	require.Equal(t, map[string]any{
		"cowork.user.name": "anna@example.com", "cowork.team": "Team of the 10.1.2.3", "cowork.cost_center": "[REDACTED_EMAIL]", "prompt": "[REDACTED_PROMPT]",
	}, redactRecordOf(t, defaults, list, nil, attributes))

	// Identities and sensitive attributes of the configuration are replaced in any case.
	replaced := func(c *Config) {
		c.Identities.Attributes, c.ExtraSensitiveAttributes = []Key{"cowork.user.name"}, []Key{"cowork.team"}
	}
	got := redactRecordOf(t, replaced, list, nil, attributes)
	require.Equal(t, "[REDACTED_EMAIL]", got["cowork.user.name"])
	require.Equal(t, "[REDACTED]", got["cowork.team"])
}

// TestDisplayInSignals checks spans, data points and the attributes in a record's body.
func TestDisplayInSignals(t *testing.T) {
	r := redactorOf(t, showAs(DisplayEmail))
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("user.email", "a@example.com")
	span := rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	r.redactBatch(func(r *redactor) { redactTraces(r, td) })
	require.Equal(t, map[string]any{"cowork.user.name": "a@example.com"}, span.Attributes().AsRaw())
	require.Equal(t, map[string]any{"user.email": "[REDACTED_EMAIL]"}, rs.Resource().Attributes().AsRaw())

	md := pmetric.NewMetrics()
	point := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics().AppendEmpty().SetEmptySum().DataPoints().AppendEmpty()
	point.Attributes().PutStr("user.email", "b@example.com")
	r.redactBatch(func(r *redactor) { redactMetrics(r, md) })
	require.Equal(t, map[string]any{"user.email": "[REDACTED_EMAIL]", "cowork.user.name": "b@example.com"}, point.Attributes().AsRaw())

	ld := plog.NewLogs()
	rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.Body().SetEmptyMap().PutEmptyMap("attributes").PutStr("user.email", "c@example.com")
	r.redactBatch(func(r *redactor) { redactLogs(r, ld) })
	require.Equal(t, map[string]any{"cowork.user.name": "c@example.com"}, rec.Attributes().AsRaw(), "not the user of another batch")
}
