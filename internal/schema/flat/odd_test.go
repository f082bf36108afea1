package flat

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

// TestOddValues checks that records with odd values are rows of columns in their types.
func TestOddValues(t *testing.T) {
	schematest.Odd(func(name string, ld plog.Logs) {
		for e := range cowork.Events(ld) {
			for range 2 { // as it arrived, and normalized
				m := pcommon.NewMap()
				Mapper{}.Map(m, e)
				requireRow(t, m)
				_, err := json.Marshal(m.AsRaw())
				require.NoError(t, err, name)
				cowork.Normalize(e)
			}
		}
	})
}
