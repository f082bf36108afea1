package prompt

import (
	"encoding/hex"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

// storedBefore holds records of the version before events had one identity: a closed
// prompt, and an open one of the same session with a request and a tool.
var storedBefore = map[string]string{
	"c3eefb58d7c42440a9d4abec51d62954.0": "01c3eefb58d7c42440a9d4abec51d629540000000000000000c04e3e9759ab30e3010001008080f6f4c1b483f5188094e1d1c5b483f518" +
		"06636c6f7365642466346532623132342d663937372d343431322d386230392d6461323837316433663931340001a8cd0c25122da23e4a1244f7",
	"0aa84ef60c1847208c5d4ba43985c011.0.0": "010aa84ef60c1847208c5d4ba43985c0110000000000000000c04e3e9759ab30e3000000008080f6f4c1b483f51880a8ccaec9b483f518" +
		"2430616138346566362d306331382d343732302d386335642d3462613433393835633031312466346532623132342d663937372d343431322d386230392d64613238373164336639313406636c6f736564" +
		"0471abfae36be89c21daae830d594e4ee03172323dd55396f44c2282cb807dc89280bcb78bcdb483f5180e020100000001000000dc0b0a141e2802000f636c617564652d6f7075732d352d350104426173683a" +
		"0a38121a121652004a00320e12030a01750a07757365722e69642a000a000a1a0a1812080a06636f776f726b0a0c736572766963652e6e616d65c57360e3",
}

// TestUpgrade restores prompts that an earlier version stored. Their sums continue in
// the same session. Duplicates of events before the upgrade count again, once.
func TestUpgrade(t *testing.T) {
	d := disk{}
	for key, text := range storedBefore {
		value, err := hex.DecodeString(text)
		require.NoError(t, err)
		d[key] = value
	}
	tr := tracker(durable)
	require.Empty(t, tr.Restore(noon, maps.All(d)))
	tr.consistent(t)
	require.Equal(t, Stats{Open: 1, Remembered: 1}, tr.Stats())
	require.Equal(t, []Verdict{Counted, Duplicate}, tr.addAll(t, noon, request(4, "r2", nil), request(4, "r2", nil)))
	traces := tr.closeAll()
	require.Len(t, traces, 1)
	require.Equal(t, int64(2), traces[0].Sums[APIRequests])
	require.Equal(t, int64(1), traces[0].Sums[Tools])
	require.Equal(t, []string{"Bash"}, traces[0].Tools)
	require.Equal(t, "closed", traces[0].Previous)
}
