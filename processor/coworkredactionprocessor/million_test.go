package coworkredactionprocessor

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// TestMillionAttributes would take too long if the redactor did not read each attribute
// a constant number of times.
func TestMillionAttributes(t *testing.T) {
	const million = 1_000_000
	raw := make(map[string]any, million)
	for i := range million {
		raw["key"+strconv.Itoa(i)] = nil
	}
	m := pcommon.NewMap()
	require.NoError(t, m.FromRaw(raw))
	r := redactorOf(t, defaults)
	r.attributes("", m, 0)
	require.Equal(t, million, m.Len())
}

// TestManyDirtyKeys is the same for keys that must be renamed, of which there can
// be two hundred thousand in a request of 4 MiB.
func TestManyDirtyKeys(t *testing.T) {
	const many = 200_000
	raw := make(map[string]any, many)
	for i := range many {
		raw["a"+strconv.Itoa(i)+"@b.example"] = nil
	}
	m := pcommon.NewMap()
	require.NoError(t, m.FromRaw(raw))
	r := redactorOf(t, defaults)
	r.attributes("", m, 0)
	require.Equal(t, maxRenames, m.Len())
	require.EqualValues(t, many-maxRenames, r.counters.limits[limitKeys])
}
