package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// unread is written to, so that no reading is optimized away.
var unread int

// recorded returns the recorded batches, unchanged or normalized.
func recorded(tb testing.TB, normalized bool) (batches []plog.Logs, records int) {
	tb.Helper()
	for _, ld := range captured(tb) {
		for e := range Events(ld) {
			if normalized {
				Normalize(e)
			}
		}
		batches = append(batches, ld)
		records += ld.LogRecordCount()
	}
	return batches, records
}

// allocates counts the allocations of one pass over the recorded batches.
func allocates(tb testing.TB, normalized bool, read func(Event)) float64 {
	tb.Helper()
	batches, _ := recorded(tb, normalized)
	return testing.AllocsPerRun(20, func() {
		for _, ld := range batches {
			for e := range Events(ld) {
				read(e)
			}
		}
	})
}

func TestAllocViews(t *testing.T) {
	user, connector := DimensionOf("user"), DimensionOf("connector")
	for _, normalized := range []bool{false, true} {
		require.Zero(t, allocates(t, normalized, func(e Event) {
			unread += readAll(e) + len(user(e)) + len(connector(e)) + len(e.Dimension("department"))
		}), "normalized: %v", normalized)
	}
}

func TestAllocSchema(t *testing.T) {
	require.Zero(t, allocates(t, false, func(e Event) {
		if kind := e.Kind(); kind != nil {
			unread += len(kind.Doc)
		}
		for key := range e.Record().Attributes().All() {
			unread += len(AttributeOf(key).Doc)
		}
	}))
}

func TestAllocCheck(t *testing.T) {
	validator := NewValidator(Minimal, []string{"service.name"})
	var problems []Problem
	for _, normalized := range []bool{false, true} {
		require.Zero(t, allocates(t, normalized, func(e Event) {
			problems = validator.Check(problems[:0], e)
			if len(problems) != 0 {
				t.Errorf("%s: %v", e.Name(), problems)
			}
		}), "normalized: %v", normalized)
	}
}

func TestAllocContentArrived(t *testing.T) {
	require.Zero(t, allocates(t, false, func(e Event) {
		if ContentArrived(e) {
			unread++
		}
	}))
}

// TestAllocNormalizedAgain has nothing to change, which must cost nothing.
func TestAllocNormalizedAgain(t *testing.T) {
	require.Zero(t, allocates(t, true, Normalize))
}

func TestAllocIsIdentifier(t *testing.T) {
	for _, s := range []string{
		"f4e2b124-f977-4412-8b09-da2871d3f914", "toolu_mock_0100abcdefg-hijklmn", "jane.doe@example.com",
		"7ca19e7e77ab51b1e9d1f99f818886950229109d4808f246ba790ecc1661122f", "[REDACTED_EMAIL]",
	} {
		require.Zero(t, testing.AllocsPerRun(20, func() {
			if IsIdentifier(s) || IsMarker(s) {
				unread++
			}
		}), s)
	}
}
