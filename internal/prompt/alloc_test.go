package prompt

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestAllocAdd adds new events to an open prompt that has got as large as it gets,
// and some of them again.
func TestAllocAdd(t *testing.T) {
	tr := tracker(Settings{MaxPromptDigests: 256, Durable: true})
	for i := range 1000 {
		tr.addAll(t, noon, eventOf("brand_new", i, nil))
	}
	const n = 2000
	events := make([]cowork.Event, n)
	for i := range events {
		f := request(i, "req_"+strconv.Itoa(i), nil)
		if i%2 == 0 {
			f = eventOf("tool_result", i, attributes{"tool_use_id": "toolu_" + strconv.Itoa(i), "tool_name": "Bash"})
		}
		events[i] = f.view(t)
	}
	tr.Add(noon, events[0])
	tr.Add(noon, events[1])
	i := 2
	require.Zero(t, testing.AllocsPerRun(n-3, func() {
		tr.Add(noon, events[i-1])
		if tr.Add(noon, events[i]).Verdict != Counted {
			t.Fatal("was not new")
		}
		i++
	}))
}
