package tenant

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestListEqualsModel compares a list with a search in the entries that it was written from.
func TestListEqualsModel(t *testing.T) {
	type entry struct {
		name, token, older string
		organizations      []string
		expires, until     int // days, 0 for none
	}
	start := day("2026-12-01")
	rapid.Check(t, func(t *rapid.T) {
		text, n := "tokens:\n", rapid.IntRange(1, 5).Draw(t, "n")
		id := rapid.SampledFrom([]string{"a", "A", "b", "ab", "abc", "*a", "1"})
		var entries []entry
		for i := range n {
			e := entry{name: fmt.Sprint("t", i), token: fmt.Sprint("token-of-tenant-", i), expires: rapid.IntRange(0, 3).Draw(t, "expires")}
			e.organizations = rapid.SliceOfN(id, 1, 3).Draw(t, "organizations")
			if rapid.Bool().Draw(t, "any") {
				e.organizations = []string{"*"}
			}
			text += fmt.Sprintf("  - name: %s\n    token: %s\n    organizations: [\"%s\"]\n", e.name, e.token, strings.Join(e.organizations, `","`))
			if e.expires > 0 {
				text += "    expires: " + start.AddDate(0, 0, e.expires).Format(time.DateOnly) + "\n"
			}
			if rapid.Bool().Draw(t, "rotated") {
				e.older, e.until = fmt.Sprint("older-of-tenant-", i), rapid.IntRange(1, 3).Draw(t, "until")
				text += fmt.Sprintf("    previous: {token_sha256: %x, until: %s}\n", DigestOf(e.older), start.AddDate(0, 0, e.until).Format(time.DateOnly))
			}
			entries = append(entries, e)
		}
		list, err := Parse([]byte(text), noFile)
		require.NoError(t, err, text)

		token := rapid.SampledFrom([]string{"token", "older", "none"}).Draw(t, "kind") + fmt.Sprint("-of-tenant-", rapid.IntRange(0, n).Draw(t, "of"))
		today, organization := rapid.IntRange(0, 4).Draw(t, "today"), id.Draw(t, "organization")
		want, allowed := "", false
		for _, e := range entries {
			if e.token == token && (e.expires == 0 || today < e.expires) || e.older == token && today < e.until {
				want, allowed = e.name, slices.Contains(e.organizations, organization) || e.organizations[0] == "*"
			}
		}
		tenant, result := list.Find(token, start.AddDate(0, 0, today))
		require.Equal(t, want != "", result == Accepted)
		require.Equal(t, want != "", tenant != nil)
		if tenant != nil {
			require.Equal(t, want, tenant.Name())
			require.Equal(t, allowed, tenant.Allows(organization))
		}
	})
}

// FuzzParse reads any text. An accepted list has tenants with organizations.
func FuzzParse(f *testing.F) {
	f.Add([]byte(twoTenants))
	f.Add([]byte("tokens: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Parse(data, noFile)
		if err != nil {
			require.Nil(t, list)
			return
		}
		require.Positive(t, list.Tenants())
		for digest, k := range list.keys {
			require.NotEqual(t, Digest{}, digest)
			require.NotEmpty(t, k.tenant.Name())
			require.True(t, k.tenant.organizations == nil || len(k.tenant.organizations) > 0)
		}
	})
}
