package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const printed = `goos: linux
pkg: x
BenchmarkSpeed/strings/pii.Scan-2    25  44213370 ns/op  400.5 MB/s  22107 ns/record  30643 B/op  628 allocs/op
BenchmarkSpeed/strings/contrib_redaction-2    1  1 ns/op  4.00 MB/s  715791 ns/record  3015552 B/op  2857 allocs/op
BenchmarkSpeed/prompt/contrib_redaction-2    1  1 ns/op  4.00 MB/s  29790853 ns/record
BenchmarkSpeed/adversary/pii.Scan-2    1  900 ns/op  28.10 times-clean  67.50 worst-ns/byte
BenchmarkSpeed/clean/pii.Scan-2    25  975.3 ns/op  0 B/op  0 allocs/op
PASS
`

func TestRun(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(strings.NewReader(printed), &out))
	lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	require.Len(t, lines, 3)
	require.Equal(t, strings.Fields("pii.Scan 400 22107 - - - 67.5 28.1 975 0 100"), strings.Fields(lines[1]))
	require.Equal(t, strings.Fields("contrib_redaction 4 715791 - - 29.8 - - - - 1"), strings.Fields(lines[2]))
}

func TestRunRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"PASS\n": "no results of BenchmarkSpeed",
		printed + "--- FAIL: BenchmarkSpeed/records/pii.Scan\n": "the benchmarks failed",
		"BenchmarkSpeed/strings/pii.Scan-2  25  fast ns/op\n":   `pii.Scan: "fast" is no number`,
	} {
		require.ErrorContains(t, run(strings.NewReader(in), new(strings.Builder)), want)
	}
}
