package coworkredactionprocessor

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkContent measures texts for which the replacement of content takes longest.
// ns/byte must not depend on the length.
func BenchmarkContent(b *testing.B) {
	nested := func(text string) string {
		for range maxJSONNesting {
			raw, err := json.Marshal(map[string]string{"a": text})
			require.NoError(b, err)
			text = string(raw)
		}
		return text
	}
	for _, c := range []struct{ name, key, unit string }{
		{"repeated", "error", words + "\n"},
		{"repeated JSON", "tool_input", `{"a":"` + words + `","b":1},`},
		{"repeated short strings", "tool_input", `"of","the","northern","branch",`},
		{"numbers", "tool_input", `17,18,19,20,`},
		{"unknown JSON", "notes", `{"a":"` + words + `","b":"c"},`},
	} {
		for _, size := range []int{4 << 10, 64 << 10} {
			text := strings.Repeat(c.unit, size/len(c.unit))
			if c.unit[len(c.unit)-1] == ',' {
				text = "[" + text[:len(text)-1] + "]"
			}
			for name, text := range map[string]string{c.name: text, c.name + " nested": nested(text)} {
				b.Run(name, func(b *testing.B) {
					cfg := createDefaultConfig().(*Config)
					rules, err := newRuleSet(cfg)
					require.NoError(b, err)
					r := newRedactor(rules, newUnknownAttributes())
					r.client = true
					r.prompts = &prompts{texts: []string{words, `"of","the","northern","branch","of"`, "17,18,19,20,17,18,19,20,17"}}
					r.prompts.index.Reset(r.prompts.texts)
					for b.Loop() {
						r.text(r.rule(c.key), c.key, text)
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
				})
			}
		}
	}
}
