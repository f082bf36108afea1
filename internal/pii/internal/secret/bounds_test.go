package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestLongValuesOverlap checks that long values within each other are judged a bounded number
// of times, and that the next of them counts as a secret.
func TestLongValuesOverlap(t *testing.T) {
	in := strings.Repeat("key=", 2*judgedMost/4)
	var r Reader
	decisions := read(&r, text.View{Text: in})
	require.LessOrEqual(t, len(decisions)*longValue, 2*len(in))
	require.NotEmpty(t, r.Found)
	covered := 0
	for _, found := range r.Found {
		covered += found.End - found.Start
	}
	require.Greater(t, covered, len(in)/4)
	require.Empty(t, read(&r, text.View{Text: "a"}), "the next text is judged anew")
	require.Empty(t, r.Found)
}

// TestLongValue checks that no part of a value beyond valueMost is left.
func TestLongValue(t *testing.T) {
	value := strings.Repeat("aB3$", valueMost)
	for _, in := range []string{"password=" + value + " x", `export TOKEN="` + value + `" x`, "the password is " + value} {
		var r Reader
		read(&r, text.View{Text: in})
		require.Len(t, r.Found, 1)
		require.Equal(t, value, in[r.Found[0].Start:r.Found[0].End])
	}
}

// TestRefusalsAreJudgedOnce checks that a value after several nouns is judged once under each link.
func TestRefusalsAreJudgedOnce(t *testing.T) {
	r := Reader{View: text.View{Text: "password hunter"}}
	value := bounds{9, 15, Bare}
	for range 2 {
		require.False(t, r.judge(Password, LinkNear, value))
		require.Equal(t, refusal{9, 15, Bare, Password, LinkNear}, *r.refusals.of(9))
	}
	require.True(t, r.isUsed)
	r.Reset(text.View{Text: "password=Mosspond#204"})
	require.Equal(t, memory{}, r.memory)
	require.True(t, r.judge(Password, LinkEnv, bounds{9, 21, Argument}))
}

// TestCommandsInOneRound checks that each command of a long line is read where the ones before
// it had findings, and the first few where they had none.
func TestCommandsInOneRound(t *testing.T) {
	const command = "mysql -u app -pMosspond#204 "
	var r Reader
	read(&r, text.View{Text: strings.Repeat(command, 9)})
	require.GreaterOrEqual(t, len(r.Found), 9)
	r.Reset(text.View{})
	r.commandEnd = 100
	for k := range 5 {
		require.Equal(t, k < 3, beginsCommand(&r, k))
	}
	require.True(t, beginsCommand(&r, 100))
}

// TestLineLength checks the lengths of lines in any order.
func TestLineRest(t *testing.T) {
	r := Reader{View: text.View{Text: "one\n\nthree\nend"}}
	for _, i := range []int{0, 1, 3, 4, 5, 7, 11, 14, 2, 0, 12} {
		require.Equal(t, lineLength(r.Text[i:]), lineRest(&r, i), i)
	}
}

// TestByteRun checks the ends of runs in any order, and at a limit.
func TestByteRun(t *testing.T) {
	const in = "password|a b"
	var run byteRun
	for _, c := range [][3]int{{0, 12, 8}, {3, 12, 8}, {3, 5, 5}, {8, 12, 8}, {9, 12, 10}, {0, 4, 4}, {0, 12, 8}, {11, 12, 12}} {
		require.Equal(t, c[2], run.end(in, c[0], c[1], &endsSentenceWord), c)
	}
}

// TestFollowsUserFlag checks the flags before a password.
func TestFollowsUserFlag(t *testing.T) {
	for in, want := range map[string]bool{
		"tool -u app -p X": true, "tool --user app -h db -p X": true, "tool -l app -p X": true, "tool -u -a b -p X": false, "tool -a app -p X": false,
		"tool -u app | other -p X": false,
	} {
		r := Reader{View: text.View{Text: in}}
		require.Equal(t, want, followsUserFlag(&r, strings.LastIndex(in, "-p")), in)
	}
}

// TestManifests compares the documents of a text with those that reading it anew for each place finds.
func TestManifests(t *testing.T) {
	parts := []string{"a: b\n", "---\n", "kind: Secret\n", "kind: ConfigMap\n", "kind: \"Secret\"\n", "kind: Secrets\n", strings.Repeat("x: y\n", objectMax/8)}
	var in strings.Builder
	for i := range 60 {
		in.WriteString(parts[i*i%len(parts)])
	}
	whole := in.String() + "kind: Secret"
	var m manifests
	for _, step := range []int{7, 1231} {
		for i := 1; i < len(whole); i += step {
			var once manifests
			start, end, next := once.documentStart(whole, i), once.documentEnd(whole, i), once.nextSecret(whole, i)
			require.Equal(t, max(0, i-objectMax, strings.LastIndex(whole[:i], documentBreak)), start, i)
			require.Equal(t, min(i+objectMax, i+lengthTo(whole[i:], documentBreak)), end, i)
			require.Equal(t, []int{start, end, next}, []int{m.documentStart(whole, i), m.documentEnd(whole, i), m.nextSecret(whole, i)}, i)
			require.True(t, next == len(whole) || text.HasFold(whole, next, "kind: secret") || text.HasFold(whole, next, "kind: \"secret"), i)
		}
	}
}
