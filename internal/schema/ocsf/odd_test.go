package ocsf

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

// TestOddValues checks that records with odd values are valid documents, in which each path has one
// type. The validation takes most of the time: it reads each fifth.
func TestOddValues(t *testing.T) {
	facts, types, count := loadFacts(t), map[string]string{}, 0
	schematest.Odd(func(name string, ld plog.Logs) {
		for e := range cowork.Events(ld) {
			for range 2 { // as it arrived, and normalized
				m := pcommon.NewMap()
				Mapper{}.Map(m, e)
				if count++; count%5 == 0 {
					require.Empty(t, facts.validate(decode(t, m)), name)
				}
				requireTypes(t, types, "", m)
				cowork.Normalize(e)
			}
		}
	})
}
