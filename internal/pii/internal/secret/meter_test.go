package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestMeter checks the budget of a round, that of a call, and the credit of the bytes that were read.
func TestMeter(t *testing.T) {
	var m Meter
	m.StartCall(1000)
	m.StartRound()
	m.spend(WorkAtOnce)
	require.False(t, m.Exceeds(0))
	m.spend(1)
	require.True(t, m.Exceeds(0))
	require.False(t, m.Exceeds(1), "a byte before the candidate gives credit")
	m.EndText(1)
	require.False(t, m.Exceeds(0), "so does a text before it")
	require.Equal(t, WorkAtOnce+1, m.Peak)
	m.StartRound()
	require.False(t, m.Exceeds(0), "a round has a budget of its own")
	m.spend(WorkRounds*WorkPerByte*1000 + WorkAtOnce)
	require.True(t, m.Exceeds(1<<30), "a call has one too")
	m.StartCall(0)
	require.Equal(t, Meter{}, m)
}

// TestReserve checks that the rest of a text is replaced from the first candidate on after which
// little of the budget was left.
func TestReserve(t *testing.T) {
	r := Reader{View: text.View{Text: strings.Repeat("password ", 9)}}
	r.Meter.spend(WorkAtOnce - workReserve + WorkPerByte*9)
	require.False(t, r.Meter.Exceeds(9))
	r.Meter.spend(WorkPerByte*9 + 1)
	require.False(t, r.Meter.Exceeds(18))
	r.Meter.spend(workReserve + 10*WorkPerByte)
	require.True(t, r.Meter.Exceeds(27))
	require.Equal(t, len(r.Text), ReplaceRest(&r, 27))
	require.Equal(t, 18, r.Found[0].Start)
	require.Equal(t, 1, r.Meter.Cuts)
	r.Meter.EndText(len(r.Text))
	ReplaceRest(&r, 27)
	require.Equal(t, 27, r.Found[1].Start)
}

// TestIsStrained checks when a text that was redacted is read completely again.
func TestIsStrained(t *testing.T) {
	require.False(t, (&Meter{Peak: WorkAtOnce / 2}).IsStrained(5, 0))
	require.True(t, (&Meter{Peak: WorkAtOnce/2 + 1}).IsStrained(5, -100))
	require.True(t, (&Meter{Peak: WorkAtOnce / 2}).IsStrained(5, 1))
	require.True(t, (&Meter{Peak: WorkAtOnce, Cuts: 1}).IsStrained(2, 0))
	require.False(t, (&Meter{Peak: WorkAtOnce, Cuts: 1}).IsStrained(1, 50), "the text before the rest is the same")
}
