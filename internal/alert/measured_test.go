package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMeasured checks the value and the threshold in words.
func TestMeasured(t *testing.T) {
	check := func(want string, spec Spec) {
		t.Helper()
		require.Equal(t, want, newRig(t, spec).one("tool_result", attributes{"cost_usd": 2.5}).Measured)
	}
	check("1 event", Spec{})
	check("1 event", Spec{Count: &CountSpec{}, Window: time.Hour})
	check("1, threshold 0.5", Spec{Count: &CountSpec{Above: 0.5}, Window: time.Hour})
	check("100 %, threshold 20 %", Spec{Ratio: &RatioSpec{Above: 0.2, Of: "true"}, Window: time.Hour})
	check("2.5, threshold 1", Spec{Sum: &SumSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 1}, Window: time.Hour})
	r := newRig(t, Spec{})
	r.one("x", nil)
	r.silent("x", nil)
	require.Equal(t, "2 events", r.resolved(time.Hour).Measured)
}
