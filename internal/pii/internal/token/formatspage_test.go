package token

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

var update = flag.Bool("update", false, "write formats.md instead of comparing with it")

const formatsFile = "../../formats.md"

// TestFormatsPage checks that formats.md is generated from the tables.
func TestFormatsPage(t *testing.T) {
	page := formatsPage(t)
	if *update {
		require.NoError(t, os.WriteFile(formatsFile, []byte(page), 0o600))
		return
	}
	got, err := os.ReadFile(formatsFile)
	require.NoError(t, err)
	require.Equal(t, sha256.Sum256([]byte(page)), sha256.Sum256(got), "formats.md is not up to date: go test ./internal/pii/internal/token -run TestFormatsPage -update")
}

// formatsPage is testdata/formats.md with the tables in the place of its mark.
func formatsPage(t *testing.T) string {
	t.Helper()
	frame, err := os.ReadFile("testdata/formats.md")
	require.NoError(t, err)
	var b strings.Builder
	for _, group := range formatGroups {
		fmt.Fprintf(&b, "### %s\n\n| token | starts with | goes on with | characters | |\n|---|---|---|---|---|\n", group.title)
		for _, f := range group.rows {
			fmt.Fprintf(&b, "| %s | `%s` | `%s` | %s | %s |\n", f.Name, f.Prefix, alphabet(f.Body), size(f), extra(f))
		}
		b.WriteString("\n")
	}
	before, after, found := strings.Cut(string(frame), "<!-- tables -->\n")
	require.True(t, found)
	return fmt.Sprintf(before, len(formats)) + strings.TrimSuffix(b.String(), "\n") + after
}

func size(f Format) string {
	switch f.Most {
	case 0:
		return fmt.Sprintf("%d or more", f.Least)
	case f.Least:
		return fmt.Sprint(f.Least)
	}
	return fmt.Sprintf("%d to %d", f.Least, f.Most)
}

// extra describes the check of a format.
func extra(f Format) string {
	switch {
	case checksums[f.Prefix] != nil:
		return "CRC-32 at the end raises the rank"
	case f.Check != nil:
		return f.Check.about
	}
	return ""
}

// alphabet writes a class as a regular expression would.
func alphabet(c text.Class) string {
	in := ""
	for _, part := range []struct {
		class text.Class
		text  string
	}{
		{text.Upper, "A-Z"},
		{text.Lower, "a-z"},
		{text.Digit, "0-9"},
		{text.Joiner, "_-"},
		{text.Dot, "."},
		{text.Base64x, "+/="},
		{text.Colon, ":"},
		{text.OddKey, "$%@?&!"},
	} {
		if c&part.class != 0 {
			in += part.text
		}
	}
	if c&text.Hexa != 0 && c&text.Alnum == 0 {
		in = "0-9A-Fa-f" + in
	}
	return in
}
