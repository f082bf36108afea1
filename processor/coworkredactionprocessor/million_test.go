package coworkredactionprocessor

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// TestMillionAttributes would not end in the time of a test if anything in the
// walk took more than a constant number of looks at each attribute.
func TestMillionAttributes(t *testing.T) {
	const million = 1_000_000
	raw := make(map[string]any, million)
	for i := range million {
		raw["key"+strconv.Itoa(i)] = "v"
	}
	for i := range million / 100 {
		raw["a"+strconv.Itoa(i)+"@b.example"] = "to a@b.example"
	}
	m := pcommon.NewMap()
	require.NoError(t, m.FromRaw(raw))
	w := walkerOf(t, defaults)
	w.attributes(m, 0)
	require.Equal(t, million+maxRenames, m.Len())
	require.EqualValues(t, million/100-maxRenames, w.tally.limits[limitKeys])
}
