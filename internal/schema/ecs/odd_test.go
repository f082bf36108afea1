package ecs

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

// TestOddValues checks that records with odd values are valid events, in which each field has one
// type. An attribute such as prompt_cost_usd, which no client has, gave cowork.prompt_cost_usd
// the type of a text.
func TestOddValues(t *testing.T) {
	facts, own := loadFacts(t), map[string]pcommon.ValueType{}
	schematest.Odd(func(name string, ld plog.Logs) {
		for e := range cowork.Events(ld) {
			for range 2 { // as it arrived, and normalized
				m := pcommon.NewMap()
				Mapper{}.Map(m, e)
				require.Empty(t, facts.problems(m), name)
				for field, value := range m.All() {
					if typ, ok := own[field]; ok && strings.HasPrefix(field, "cowork.") {
						require.Equal(t, typ, value.Type(), "%s: %s", name, field)
					}
					own[field] = value.Type()
				}
				_, err := json.Marshal(m.AsRaw())
				require.NoError(t, err, name)
				cowork.Normalize(e)
			}
		}
	})
}
