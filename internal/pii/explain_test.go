package pii_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// explained returns the decisions about a text, one "value noun link" each, and checks that the
// offsets are those of the value in the text.
func explained(t *testing.T, s *pii.Scanner, key, in string) (lines []string) {
	t.Helper()
	s.Explain(key, in, func(value string, d pii.Decision) {
		line := value + " | " + d.Noun + " | " + d.Link
		if d.Refused != "" {
			line += " | refused: " + d.Refused
		} else {
			require.NotEmpty(t, d.Weights)
			var sum float32
			for _, w := range d.Weights {
				sum += w.Value
			}
			require.InDelta(t, d.Score, sum, 1e-3)
			require.Equal(t, d.Score >= 0, d.Accepted)
		}
		if d.Start < 0 {
			line += " | plain form"
		} else {
			raw := in[d.Start:d.End]
			require.Equal(t, value, strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(raw))
		}
		lines = append(lines, line)
	})
	return lines
}

func TestExplain(t *testing.T) {
	s := scanner(t, pii.Settings{})
	check := func(in string, want ...string) {
		t.Helper()
		require.Equal(t, want, explained(t, s, "", in), in)
	}
	check("nothing here")
	check("DB_PASSWORD=Mosspond#204 x", "Mosspond#204 | password | environment variable")
	check("DB_PASSWORD=${DB_PASSWORD}", "${DB_PASSWORD | password | environment variable | refused: template")
	check(`{"n": 1, "text": "export DB_PASSWORD=Mosspond#204"}`, "Mosspond#204 | password | environment variable")
	check(`{"a\"b": "\"", "text": "say \"x\": password=\"Moss\\pond#204\""}`, `Moss\pond#204 | password | parameter of a query`)
	check(`{"label": "Password", "value": "Mosspond#204"}`, "Mosspond#204 | password | sibling field")
	check(`{"password": 48213377}`, "48213377 | password | key of the text")
	check(`{"text": "{\"password\": \"Mosspond#204\"}"}`, "Mosspond#204 | password | key of the text")
	check(`{"password": "Mosspond#204"`, "Mosspond#204 | password | member of an object")
	check("DB_PASSWORD=Mosspond#204 a%20DB_TOKEN%3D4f9d2c7be1a85630", "Mosspond#204 | password | environment variable", "4f9d2c7be1a85630 | token | environment variable | plain form")
	require.Equal(t, []string{"Mosspond#204 | password | key of the text"}, explained(t, s, "password", "Mosspond#204"))
	require.Empty(t, explained(t, s.Except("secret"), "", "DB_PASSWORD=Mosspond#204"))
}

// TestExplainAgrees checks that each accepted value of the corpora is a part of a finding.
func TestExplainAgrees(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for _, cases := range corpora(t) {
		for _, c := range cases {
			_, found := s.Redact(nil, c.key, c.in)
			s.Explain(c.key, c.in, func(_ string, d pii.Decision) {
				if !d.Accepted || d.Start < 0 {
					return
				}
				for _, f := range found {
					if d.Start < f.End && f.Start < d.End {
						return
					}
				}
				t.Errorf("%q: %d:%d is accepted and no finding", c.in, d.Start, d.End)
			})
		}
	}
}

func FuzzExplain(f *testing.F) {
	seed(f)
	s := everything(f)
	f.Fuzz(func(t *testing.T, key, text string) {
		s.Explain(key, text, func(value string, d pii.Decision) {
			require.NotEmpty(t, d.Noun)
			require.NotEmpty(t, d.Link)
			if d.Start >= 0 {
				require.True(t, d.Start <= d.End && d.End <= len(text))
				require.LessOrEqual(t, len(value), len(text))
			}
		})
	})
}
