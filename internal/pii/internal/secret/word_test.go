package secret

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestWords checks the form that a prefilter requires of the words.
func TestWords(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range Words() {
		require.GreaterOrEqual(t, len(w.Word), 2, w.Word)
		require.Equal(t, strings.ToLower(w.Word), w.Word)
		require.True(t, text.Is(w.Word[0], text.Alnum), w.Word)
		require.NotNil(t, w.At)
		seen[w.Word] = true
	}
	for _, word := range []string{"password", "pin", "mysql", "echo", "bearer", "cookie", "data", "reset", "passord"} {
		require.True(t, seen[word], word)
	}
	tails := nounTails()
	for noun := range nouns {
		require.Contains(t, tails, strings.TrimRight(noun, "0123456789"))
	}
	require.False(t, slices.Contains(tails, ""))
}

func TestWordLinks(t *testing.T) {
	checkRows(t, LinkHeader, "send bearer «q8Zr4Tb1Xw6Pn3Lc9Vd2» along")
	checkRows(t, LinkCommand, "CREATE USER ops IDENTIFIED BY '«Mosspond#204»'", "ALTER USER ops IDENTIFIED BY \"«Mosspond#204»\"", "SELECT PASSWORD('«Mosspond#204»')")
	checkRows(t, LinkEnv, "FROM x⏎ENV DB_PASSWORD «Mosspond#204»⏎")
	checkRows(t, LinkPath, "https://example.com/reset-password/«q8Zr4Tb1Xw6Pn3Lc9Vd2Yk»", "https://example.com/join/«q8Zr4Tb1Xw6Pn3Lc9Vd2Yk».")
	checkNone(t,
		"send bearer token", "bearer of news", "Basic knowledge is enough", "identified by its name", "identified by 'name'", "ENV PATH /usr/bin204", "env x y",
		"https://example.com/join/team", "https://example.com/share/report-2026-final.pdf", "src/callback/authentication_handler.go", "/tokens/",
	)
}
