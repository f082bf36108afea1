package pii

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestDisguisesAreCandidates checks that the masks of the walk pass over no
// disguise that reading the text byte by byte shows.
func TestDisguisesAreCandidates(t *testing.T) {
	s, err := New(Settings{})
	require.NoError(t, err)
	pieces := []string{
		"a", "1", " ", "@", ".", "-", "é", "%40", "&#64;", "&commat;", `\u0040`, `\x40`, `\@`, "\x1b[31m", "[31m", "\u200b", "４", "\u0430", "—", "\u00a0",
		"[at]", " (dot) ", " at ", " dot ", "_at_", "_dot_", "4 1 1 1 ", "  ", "\n", "=40", "=\n", " - ", " @ ", "DE89-", "3704", "/22/", "word", strings.Repeat("x", 60),
		"amFuZUBleGFtcGxlLmNvbQ==", "6a616e65406578616d706c652e636f6d", "0x6a616e65406578616d706c652e636f6d", "/", "?",
	}
	rapid.Check(t, func(r *rapid.T) {
		in := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(r, "pieces"), "")
		p := newScan(s, in)
		defer p.release()
		w := &p.cursor
		w.scanText(s, text.View{Text: in})
		want := deobfuscate.Of(in)
		require.True(t, w.signs.Decodes || !want.Decodes, "decodes: %q", in)
		require.True(t, w.signs.Regroups || !want.Regroups, "regroups: %q", in)
		run, _ := deobfuscate.NextRun(nil, in, 0)
		require.True(t, w.signs.Encodes || run.End == 0, "encodes %d:%d: %q", run.Start, run.End, in)
	})
}
