package synthetic

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// sensitive matches every value of sensitive.go and nothing in other texts.
var sensitive = regexp.MustCompile(`@example\.com|@db\.example\.net|\b555[- ]01\d\d|\+44 20 7946 0\d{3}|` +
	`\b(4111|5555|4242|6011)[ -]?\d{4}|\b8\d\d-\d\d-\d{4}|DE89 3704|GB29NWBK|FR1420041|NL91 ABNA|` +
	`\b192\.0\.2\.|\b198\.51\.100\.|\b203\.0\.113\.|2001:db8:|\bsk-ant-|\bAKIA[A-Z2-7]{16}|\bghp_|password=|\beyJ`)

// TestSecretsAreInvented checks that each kind of sensitive value is from a range
// that is not assigned.
func TestSecretsAreInvented(t *testing.T) {
	r := newRandom(1, 1)
	for _, s := range sensitiveKinds {
		for range 50 {
			value := s.value.generate(r)
			require.Regexp(t, sensitive, value, s.value.noun)
		}
	}
	for range 200 {
		require.NotRegexp(t, sensitive, topicText(r))
	}
}

// TestPeopleAreInvented checks that all addresses are in the documentation domains
// and different.
func TestPeopleAreInvented(t *testing.T) {
	seen := map[string]bool{}
	organizations := newOrganizations(3)
	for i := range 2000 {
		s := newSeat(3, i, organizations)
		mail := s.email("example.com")
		require.Regexp(t, `^[a-z]+\.[a-z]+\d*@example\.com$`, mail)
		require.False(t, seen[mail], "seat %d has the address of another", i)
		seen[mail] = true
		require.Contains(t, []string{"example.com", "example.org"}, s.domain)
	}
}
