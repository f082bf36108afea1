package main

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/tenant"
)

// TestToken generates tokens, and finds them in the list of their entries.
func TestToken(t *testing.T) {
	pattern := regexp.MustCompile(`(?s)^# .*?\nAuthorization: Bearer (cwt_[A-Za-z0-9_-]{43})\n\n# .*?\n(.*)$`)
	first := pattern.FindStringSubmatch(succeeds(t, "token", "new", "--name", "acme", "--organization", "a,b", "--organization", "c", "--expires", "2096-01-31").out)
	second := pattern.FindStringSubmatch(succeeds(t, "token", "new", "--name", "all", "--organization", "*").out)
	require.Len(t, first, 3)
	require.Len(t, second, 3)
	require.NotEqual(t, first[1], second[1])
	list, err := tenant.Parse([]byte("tokens:\n"+first[2]+second[2]), nil)
	require.NoError(t, err)
	acme, _ := list.Find(first[1], time.Now())
	require.Equal(t, []string{"a", "b", "c"}, acme.Organizations())
	all, _ := list.Find(second[1], time.Now())
	require.True(t, all.Allows("anything"))
	_, result := list.Find(first[1], time.Date(2096, 2, 1, 0, 0, 0, 0, time.UTC))
	require.Equal(t, tenant.Expired, result)
	require.NotContains(t, first[2], first[1], "the entry has the digest only")
}

func TestTokenFails(t *testing.T) {
	for want, args := range map[string][]string{
		"token new: --name and --organization are required (--organization '*' for all organizations)":                  {"--name", "acme"},
		"token new: name: is no name (at most 64 letters, digits, dots, dashes and underscores)":                        {"--name", "a b", "--organization", "a"},
		"token new: expires: is no time (2027-01-31, which ends with its first moment in UTC, or 2027-01-31T18:00:00Z)": {"--name", "a", "--organization", "a", "--expires", "soon"},
		"token new: --expires is in the past (a day in the future, such as 2027-12-31)":                                 {"--name", "a", "--organization", "a", "--expires", "1999-01-31"},
	} {
		r := command(t, append([]string{"token", "new"}, args...)...)
		require.Equal(t, 1, r.status)
		require.Equal(t, "coworkctl: "+want+"\n", r.err)
		require.Empty(t, r.out)
	}
}
