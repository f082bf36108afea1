package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/distro/story"
)

// TestPromptsAreTraces sends recorded runs of a prompt through the built collector
// to an OTLP receiver: each prompt arrives as one trace, whose id is the prompt.id.
func TestPromptsAreTraces(t *testing.T) {
	for _, folder := range []string{"basic-json", "connectors-json"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			end := newBackend(t)
			c := start(t, filepath.Join(root, "distro/config.yaml"), end.config(t), soonIdle(t))
			records := plog.NewLogs()
			for _, r := range captures(t)[folder] {
				status, answer := c.post(t, r)
				require.Equal(t, 200, status, answer)
				if r.signal == "logs" {
					req := plogotlp.NewExportRequest()
					require.NoError(t, decode(r, req))
					req.Logs().ResourceLogs().MoveAndAppendTo(records.ResourceLogs())
				}
			}
			var got *tree
			require.Eventually(t, func() bool {
				got = newTree(end.traces(t))
				return len(got.roots) > 0
			}, waitLimit, 50*time.Millisecond, "no root came:\n%s", c.log)

			got.checkIsPrompt(t, records)
			got.checkSteps(t, records)
			drawn := story.Waterfall(end.traces(t))
			require.NotRegexp(t, sensitive, string(drawn))
			sameText(t, filepath.Join("testdata", folder, "waterfall.txt"), drawn)
			c.stop()
			require.NotRegexp(t, sensitive, c.log.String())
		})
	}
}

// TestTracedPromptIsOneTrace sends the run of a client that sends spans: its own trace is
// the only one, also after the end of the prompt.
func TestTracedPromptIsOneTrace(t *testing.T) {
	t.Parallel()
	end := newBackend(t)
	c := start(t, filepath.Join(root, "distro/config.yaml"), end.config(t), soonIdle(t))
	want := map[pcommon.TraceID]bool{}
	for _, r := range captures(t)["traced-json"] {
		status, answer := c.post(t, r)
		require.Equal(t, 200, status, answer)
		if r.signal == "traces" {
			req := ptraceotlp.NewExportRequest()
			require.NoError(t, decode(r, req))
			for _, span := range newTree(req.Traces()).spans {
				want[span.TraceID()] = true
			}
		}
	}
	require.Eventually(t, func() bool {
		return bytes.Contains(bytes.Join(end.received("logs"), nil), []byte("cowork.prompt_summary"))
	}, waitLimit, 50*time.Millisecond, "no summary came:\n%s", c.log)
	c.stop()
	for _, span := range newTree(end.traces(t)).spans {
		require.True(t, want[span.TraceID()], "%s is in a second trace", span.Name())
	}
}

// TestReadmes checks that the READMEs show the recorded waterfalls, that of cowork_traces
// completely.
func TestReadmes(t *testing.T) {
	contains := func(readme string, drawn []byte) {
		text, err := os.ReadFile(filepath.Join(root, readme))
		require.NoError(t, err)
		require.Contains(t, string(text), "```\n"+string(drawn)+"```\n")
	}
	connectors, err := os.ReadFile("testdata/connectors-json/waterfall.txt")
	require.NoError(t, err)
	contains("connector/coworktracesconnector/README.md", connectors)
	basic, err := os.ReadFile("testdata/basic-json/waterfall.txt")
	require.NoError(t, err)
	contains("README.md", shorten.ReplaceAll(basic, []byte("  $1$2")))
}

// shorten matches the parts of a waterfall other than names, times and failures.
var shorten = regexp.MustCompile(`(?m)  (?:INTERNAL|CLIENT) (\S+ \+\S+)( ERROR)?.*$`)

// soonIdle writes a configuration with a short idle_timeout.
func soonIdle(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "idle.yaml")
	require.NoError(t, os.WriteFile(file, []byte("processors: {cowork_correlation: {idle_timeout: 10s}}\n"), 0o600))
	return file
}

// traces returns all received spans.
func (b *backend) traces(t *testing.T) ptrace.Traces {
	t.Helper()
	all := ptrace.NewTraces()
	for _, body := range b.received("traces") {
		req := ptraceotlp.NewExportRequest()
		if err := req.UnmarshalJSON(body); err != nil {
			t.Error(err)
		}
		req.Traces().ResourceSpans().MoveAndAppendTo(all.ResourceSpans())
	}
	return all
}

// sameText compares text with a file, or writes the file.
func sameText(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, got, 0o600))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "go test ./distro/e2e -update writes it")
	require.Equal(t, string(want), string(got))
}
