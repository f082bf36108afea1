package metric

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCheckDimensions(t *testing.T) {
	check := func(want string, names ...string) {
		t.Helper()
		err := CheckDimensions(names)
		if want == "" {
			require.NoError(t, err)
			return
		}
		require.ErrorContains(t, err, want)
	}
	check("")
	check("", "organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version")
	check("", "department", "team.id", "terminal.type", "user.email", "organization.id", "user.account_uuid", "is_plugin")
	check(`"prompt.id": is different for each session, prompt or request`, "prompt.id")
	for _, id := range []string{"session.id", "request_id", "client_request_id", "tool_use_id", "message.uuid", "ccr.session.id"} {
		check(`"`+id+`": is different`, id)
	}
	check(`"prompt": holds free text`, "user", "prompt")
	check(`"error": holds free text`, "error")
	check(`"event.sequence": is a number or a time`, "event.sequence")
	check(`"event.timestamp": is a number or a time`, "event.timestamp")
	check(`"cost_usd": is a number or a time`, "cost_usd")
	check(`"outcome": is the name of an attribute`, "outcome")
	check(`"event_name": is the name of an attribute`, "event_name")
	check(`"le": is the name of an attribute`, "le")
	check(`"user": comes twice`, "user", "user")
	check(`"team_id": comes twice`, "team.id", "team_id")
	check(`"": is no name`, "")
	check(`is no name`, strings.Repeat("a", 200))
	check(`has 17, at most 16`, strings.Split("a b c d e f g h i j k l m n o p q", " ")...)

	err := CheckDimensions([]string{"prompt.id", "prompt", "team.id"})
	require.Equal(t, 1, strings.Count(err.Error(), "\n"), "all errors are returned")
}

// TestUser checks the order of the attributes that identify a user, and that a marker
// is skipped.
func TestUser(t *testing.T) {
	check := func(user any, own attrs) {
		t.Helper()
		l := newLedger(who)
		l.add(event("user_prompt", own))
		require.Equal(t, user, only(t, l.all(), "cowork.prompts", nil).labels["user"])
	}
	all := attrs{
		"user.account_uuid": "u-1", "enduser.id": "idp-2", "user.email": "u_3df35d89db698ff001ad76feea7c7835",
		"process.owner": "login-4", "user.id": "install-5",
	}
	check("u-1", all)
	for _, step := range []struct{ gone, next string }{
		{"user.account_uuid", "idp-2"},
		{"enduser.id", "u_3df35d89db698ff001ad76feea7c7835"},
		{"user.email", "login-4"},
		{"process.owner", "install-5"},
	} {
		all[step.gone] = "[REDACTED_EMAIL]"
		check(step.next, all)
		all[step.gone] = ""
		check(step.next, all)
	}
	check(nil, attrs{"user.email": "[REDACTED_EMAIL]"})
	check("jane@example.com", attrs{"user.email": "jane@example.com"})
}

// TestDimensions checks that a dimension is read from the record or the resource, and
// that a dimension which is also a label of a metric is written once.
func TestDimensions(t *testing.T) {
	l := newLedger(Settings{Dimensions: []string{"department", "team.id", "model", "tool"}})
	ld := request("req_1", attrs{"team.id": 12})
	ld.ResourceLogs().At(0).Resource().Attributes().PutStr("department", "finance")
	l.add(ld)
	points := l.all()
	require.Equal(t, map[string]any{"department": "finance", "team.id": "12", "model": "claude-opus-5-5", "query_source": "sdk"},
		only(t, points, "cowork.cost", nil).labels)
	require.Equal(t, map[string]any{"department": "finance", "team.id": "12", "model": "claude-opus-5-5", "event.name": "api_request"},
		only(t, points, "cowork.events", nil).labels)
}

// TestLabels checks that values are bounded, and text.
func TestLabels(t *testing.T) {
	l := newLedger(who)
	long := strings.Repeat("ä", 100)
	l.add(event("user_prompt", attrs{"user.account_uuid": long}), event("user_prompt", attrs{"user.account_uuid": long + "ä"}))
	p := only(t, l.all(), "cowork.prompts", nil)
	require.Equal(t, strings.Repeat("ä", 64), p.labels["user"])
	require.EqualValues(t, 2, p.value, "equal labels are one series")
	require.EqualValues(t, 2, l.Stats().Cut)

	for _, bad := range []string{"a\xffb", "\xff", strings.Repeat("a", 127) + "ä", strings.Repeat("\x80", 300)} {
		label, cut := labelOf(bad)
		require.True(t, cut)
		require.LessOrEqual(t, len(label), MaxLabelBytes)
		require.Equal(t, strings.ToValidUTF8(label, ""), label)
	}
}
