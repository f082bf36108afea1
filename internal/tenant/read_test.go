package tenant

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	acmeToken  = "cwt_acme_0123456789abcdef"
	olderToken = "cwt_older_0123456789abcdef"
	globeToken = "cwt_globe_0123456789abcdef"
	acmeID     = "7ca19e7e-77ab-41b1-a9d1-f99f81888695"
	otherID    = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
)

func noFile(string) (Digest, error) { return Digest{}, errors.New("cannot be read") }

func parse(t *testing.T, text string) *List {
	t.Helper()
	list, err := Parse([]byte(text), noFile)
	require.NoError(t, err)
	return list
}

// twoTenants has a tenant with a rotation, and one for all organizations.
var twoTenants = fmt.Sprintf(`
tokens:
  - name: acme
    organizations: [%s]
    token_sha256: %x
    expires: 2027-06-01T12:00:00Z
    previous: {token: %s, until: 2026-12-15}
  - {name: globe, organizations: ["*"], token: %s}
`, strings.ToUpper(acmeID), DigestOf(acmeToken), olderToken, globeToken)

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

func TestFind(t *testing.T) {
	list := parse(t, twoTenants)
	require.Equal(t, 2, list.Tenants())
	check := func(token, at, name string, want Result) *Tenant {
		t.Helper()
		tenant, got := list.Find(token, day(at))
		require.Equal(t, want, got)
		if name == "" {
			require.Nil(t, tenant)
		} else {
			require.Equal(t, name, tenant.Name())
		}
		return tenant
	}
	acme := check(acmeToken, "2026-12-01", "acme", Accepted)
	require.True(t, acme.Allows(acmeID), "the list has it in capitals")
	require.False(t, acme.Allows(otherID))
	require.False(t, acme.Allows(""))
	require.False(t, acme.Allows(AnyOrganization))
	only, ok := acme.Organization()
	require.True(t, ok)
	require.Equal(t, acmeID, only)
	require.Same(t, acme, check(olderToken, "2026-12-14", "acme", Accepted), "both tokens of a rotation are of one tenant")
	check(olderToken, "2026-12-15", "", Superseded)
	check(acmeToken, "2027-06-01", "acme", Accepted)
	check(acmeToken, "2027-06-02", "", Expired)
	globe := check(globeToken, "2096-01-01", "globe", Accepted)
	require.True(t, globe.Allows(otherID))
	_, ok = globe.Organization()
	require.False(t, ok)
	check("", "2026-12-01", "", Unknown)
	check(acmeToken+" ", "2026-12-01", "", Unknown)
	check(fmt.Sprintf("%x", DigestOf(acmeToken)), "2026-12-01", "", Unknown)

	require.Equal(t, "acme", acme.GetAttribute(NameAttribute))
	require.Equal(t, []string{acmeID}, acme.GetAttribute(OrganizationsAttribute))
	require.Equal(t, []string{"*"}, globe.GetAttribute(OrganizationsAttribute))
	require.Nil(t, acme.GetAttribute("token"))
	for _, name := range acme.GetAttributeNames() {
		require.NotNil(t, acme.GetAttribute(name))
	}
}

func TestUsable(t *testing.T) {
	list := parse(t, twoTenants)
	for at, want := range map[string][2]int{"2026-12-01": {2, 0}, "2027-05-25": {2, 1}, "2027-06-02": {1, 0}} {
		usable, ending := list.Usable(day(at), day(at).Add(14*24*time.Hour))
		require.Equal(t, want, [2]int{usable, ending}, at)
	}
}

// TestErrors has lists that are refused. No error has a value of the list.
func TestErrors(t *testing.T) {
	entry := func(text string) string { return "tokens:\n  - {" + text + "}\n" }
	const token, organizations = "token: secret-secret-secret", "organizations: [secret]"
	for text, want := range map[string]string{
		"":                          "line 1: is no map with the key tokens (tokens: a list of tokens)",
		"[secret]":                  "line 1: is no map with the key tokens (tokens: a list of tokens)",
		"tokens: secret:":           "line 1: is no valid YAML (a key is indented too far, or a value with a colon needs quotes)",
		"tokens: secret":            "line 1: tokens: is no list (one element for each token, such as - name: …)",
		"tokens: []":                "line 1: tokens: is empty (a token, as coworkctl token new prints it)",
		"secret: []":                "line 1: has an unknown key (have tokens)",
		"tokens: [secret]":          "line 1: is no map (name, organizations and token_sha256)",
		entry("name: a, secret: b"): "line 2: has an unknown key (have name, organizations, expires, previous, token_sha256, token, token_file)",
		entry("name: a, name: b"):   "line 2: name: is there twice (each key once)",
		entry(token):                "line 2: has no name (the value of cowork.tenant)",
		entry("name: sec ret"):      "line 2: name: is no name (at most 64 letters, digits, dots, dashes and underscores)",
		entry("name: " + strings.Repeat("a", 65)):                                                        "line 2: name: is no name (at most 64 letters, digits, dots, dashes and underscores)",
		entry("name: a, " + token):                                                                       `line 2: organizations: is no list (values of organization.id, or ["*"] for all)`,
		entry("name: a, organizations: secret"):                                                          `line 2: organizations: is no list (values of organization.id, or ["*"] for all)`,
		entry("name: a, organizations: []"):                                                              `line 2: organizations: is no list (values of organization.id, or ["*"] for all)`,
		entry("name: a, organizations: [sec ret]"):                                                       "line 2: organizations: has an element that is no organization.id (text without blanks, at most 128 characters)",
		entry(`name: a, organizations: ["*", secret]`):                                                   `line 2: organizations: has "*" and others ("*" alone, or without it)`,
		entry("name: a, " + organizations):                                                               "line 2: has 0 tokens (one of token_sha256, token, token_file)",
		entry("name: a, token_file: b, " + organizations + "," + token):                                  "line 2: has 2 tokens (one of token_sha256, token, token_file)",
		entry("name: a, token: secret, " + organizations):                                                "line 2: token: is no token (16 to 4096 characters without blanks, as coworkctl token new prints it)",
		entry("name: a, token: [secret], " + organizations):                                              "line 2: token: is no text (as coworkctl token new prints it)",
		entry("name: a, token_sha256: secret, " + organizations):                                         "line 2: token_sha256: is no SHA-256 digest (64 hexadecimal digits, as coworkctl token new prints it)",
		entry("name: a, token_file: secret, " + organizations):                                           "line 2: token_file: cannot be read",
		entry("name: a, expires: secret, " + organizations + "," + token):                                "line 2: expires: is no time (2027-01-31, which ends with its first moment in UTC, or 2027-01-31T18:00:00Z)",
		entry("name: a, previous: secret, " + organizations + "," + token):                               "line 2: previous: is no map (token_sha256 and until)",
		entry("name: a, previous: {" + token + "}, " + organizations + ", token: another-secret-secret"): "line 2: previous: has no until (the day on which the older token ends)",
		entry("name: a, previous: {until: 2026-12-01, " + token + "}, " + organizations + "," + token):   "line 2: has the token of another entry (a token of its own)",
		entry("name: a, "+organizations+","+token) + "  - {name: a}\n":                                   "line 3: name: is the name of another entry (use previous for the token that a rotation replaces)",
	} {
		_, err := Parse([]byte(text), noFile)
		require.EqualError(t, err, want, "%s", text)
		require.NotContains(t, err.Error(), "secret-")
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, Invalid, e.Reason)
	}
}

// TestBounds has lists at each bound, and beyond it.
func TestBounds(t *testing.T) {
	tokens := func(n int) []byte {
		var b strings.Builder
		b.WriteString("tokens:\n")
		for i := range n {
			fmt.Fprintf(&b, "  - {name: t%d, organizations: [o%d], token: token-of-tenant-%d}\n", i, i, i)
		}
		return []byte(b.String())
	}
	organizations := func(n int) []byte {
		return []byte("tokens: [{name: a, token: " + acmeToken + ", organizations: [" + strings.TrimSuffix(strings.Repeat("o,", n), ",") + "]}]")
	}
	check := func(data []byte, want Reason) {
		t.Helper()
		_, err := Parse(data, noFile)
		if want == "" {
			require.NoError(t, err)
			return
		}
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, want, e.Reason)
	}
	check(tokens(MaxTokens), "")
	check(tokens(MaxTokens+1), TooMany)
	check(organizations(MaxOrganizations), "")
	check(organizations(MaxOrganizations+1), TooMany)
	check(append(tokens(1), []byte("#"+strings.Repeat("x", MaxBytes))...), TooLarge)
}

func TestTokenFile(t *testing.T) {
	digest, err := ParseTokenFile([]byte(acmeToken + "\r\n"))
	require.NoError(t, err)
	require.Equal(t, DigestOf(acmeToken), digest)
	for _, text := range []string{"", "short", acmeToken + "\n" + acmeToken, strings.Repeat("x", MaxTokenBytes+1)} {
		_, err := ParseTokenFile([]byte(text))
		require.Error(t, err)
	}
	list, err := Parse([]byte("tokens: [{name: a, organizations: [o], token_file: one, previous: {token_file: two, until: 2026-12-01}}]"),
		func(path string) (Digest, error) { return DigestOf(path), nil })
	require.NoError(t, err)
	require.True(t, list.HasFile("one"))
	require.True(t, list.HasFile("two"))
	require.False(t, list.HasFile("three"))
	_, result := list.Find("one", day("2026-12-02"))
	require.Equal(t, Accepted, result)
	_, result = list.Find("two", day("2026-12-02"))
	require.Equal(t, Superseded, result)
}

// TestExample reads the list of the documentation.
func TestExample(t *testing.T) {
	data, err := os.ReadFile("../../distro/examples/tokens.yml")
	require.NoError(t, err)
	list, err := Parse(data, noFile)
	require.NoError(t, err)
	require.Positive(t, list.Tenants())
}
