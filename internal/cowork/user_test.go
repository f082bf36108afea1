package cowork

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var installation = strings.Repeat("0123456789abcdef", 4)

func TestUser(t *testing.T) {
	check := func(want string, attributes map[string]any) {
		t.Helper()
		require.Equal(t, want, eventOf(t, attributes).User())
	}
	all := map[string]any{"user.account_uuid": "a", "enduser.id": "b", "user.email": "c", "process.owner": "d", "user.id": "e"}
	for _, key := range []string{"user.account_uuid", "enduser.id", "user.email", "process.owner", "user.id"} {
		want, _ := all[key].(string)
		check(want, all)
		all[key] = "[REDACTED_EMAIL]"
	}
	check("", all)
	check("", nil)
}

// TestUserName is for the name that the roster writes, which is the user of every event.
func TestUserName(t *testing.T) {
	named := eventOf(t, map[string]any{
		"cowork.user.name": "Anna Li", "cowork.team": "Sales", "cowork.cost_center": "4711", "user.account_uuid": "a", "cost_center": "own",
	})
	require.Equal(t, "Anna Li", named.User())
	require.Equal(t, "Anna Li", named.Dimension("user"))
	require.Equal(t, "Sales", named.Team())
	require.Equal(t, "Sales", named.Dimension("team"))
	require.Equal(t, "4711", named.Dimension("cost_center"))
	require.Equal(t, "Anna Li", eventOf(t, map[string]any{"cowork.user.name": "Anna Li", "cowork.surface": "remote"}).User())

	redacted := eventOf(t, map[string]any{"cowork.user.name": "[REDACTED_EMAIL]", "user.account_uuid": "a", "cost_center": "own", "team.id": "t"})
	require.Equal(t, "a", redacted.User())
	require.Empty(t, redacted.Team())
	require.Equal(t, "own", redacted.Dimension("cost_center"))
}

// TestRemovePeople has the attributes in each place that an event reads.
func TestRemovePeople(t *testing.T) {
	e := eventOf(t, map[string]any{"cowork.user.name": "Anna", "cowork.team": "Sales", "user.id": "a"})
	in := e.Record().Body().SetEmptyMap().PutEmptyMap("attributes")
	in.PutStr("cowork.cost_center", "1")
	in.PutStr("cowork.surface", "remote")
	require.Equal(t, 3, RemoveEventPeople(e))
	require.Equal(t, 0, RemoveEventPeople(e))
	require.Equal(t, map[string]any{"user.id": "a"}, e.Record().Attributes().AsRaw())
	require.Equal(t, 1, in.Len())
}

// TestCloudSessions is for sessions in the cloud without an account, each of which has a
// new user.id: every session was a user, until users and series reached their bounds.
func TestCloudSessions(t *testing.T) {
	check := func(want string, attributes map[string]any) {
		t.Helper()
		attributes["user.id"] = installation
		require.Equal(t, want, eventOf(t, attributes).User(), "%v", attributes)
	}
	type attrs = map[string]any
	check(CloudSessions, attrs{"cowork.surface": "remote", "ccr.session.id": "cse_1", "service.name": "cowork"})
	check(CloudSessions, attrs{"service.name": "cowork", "os.type": "linux"})
	check(CloudSessions, attrs{})
	check(CloudSessions, attrs{"cowork.surface": "remote", "user.email": "[REDACTED_EMAIL]"})
	check("jane@example.com", attrs{"cowork.surface": "remote", "user.email": "jane@example.com"})
	check("u1", attrs{"cowork.surface": "remote", "user.account_uuid": "u1"})

	check(installation, attrs{"service.name": "cowork", "user.email": "[REDACTED_EMAIL]"})
	check(installation, attrs{"service.name": "cowork", "process.owner": "[REDACTED]"})
	check(installation, attrs{"service.name": "cowork", "claude.deployment_mode": "3p"})
	check(installation, attrs{"service.name": "cowork", "os.type": "windows"})
	check(installation, attrs{"service.name": "claude-code"})
	check(installation, attrs{"identity.source": "gateway-oidc"})
	check(installation, attrs{"user.account_id": "user_01"})

	require.Equal(t, "subject", eventOf(t, attrs{"user.id": "subject"}).User())
	require.Equal(t, strings.ToUpper(installation), eventOf(t, attrs{"user.id": strings.ToUpper(installation)}).User())
	require.Equal(t, CloudSessions, eventOf(t, attrs{"cowork.surface": "remote", "user.id": "subject"}).User())
	require.Equal(t, CloudSessions, eventOf(t, attrs{"ccr.session.id": "cse_1"}).User())
	require.Equal(t, CloudSessions, eventOf(t, attrs{"cowork.surface": "remote", "user.id": "[REDACTED]"}).User())
	require.Empty(t, eventOf(t, attrs{"cowork.surface": "remote1"}).User())
	require.False(t, IsMarker(CloudSessions))
}
