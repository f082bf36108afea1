package synthetic

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// recordings is the folder with requests of real clients.
const recordings = "../../../testdata/captures"

// recorded returns the JSON bodies of one signal of real clients.
func recorded(t *testing.T, signal string) [][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(recordings, "*", "*_v1_"+signal+".json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var bodies [][]byte
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		bodies = append(bodies, body)
	}
	return bodies
}

// forms adds the attributes of a kind with their types: "kind key Type".
func forms(into map[string]bool, kind string, a pcommon.Map) {
	for k, v := range a.All() {
		into[kind+" "+k+" "+v.Type().String()] = true
	}
}

// TestRecordedEvents checks that every attribute of a kind of event in a recording is
// generated too, with the same type.
func TestRecordedEvents(t *testing.T) {
	ours := map[string]bool{}
	set := Settings{Seed: 1, Seats: 60, Start: monday, Every: time.Minute, Prompts: 300, Traces: true, Content: DefaultContent}
	for _, b := range generate(t, set) {
		for _, a := range records(b) {
			forms(ours, stringOf(a, "event.name"), a)
		}
	}
	theirs := map[string]bool{}
	for _, body := range recorded(t, "logs") {
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(body)
		require.NoError(t, err)
		for _, a := range records(Batch{Logs: ld}) {
			forms(theirs, stringOf(a, "event.name"), a)
		}
	}
	requireAll(t, ours, theirs)
}

// requireAll checks that all of theirs are among ours.
func requireAll(t *testing.T, ours, theirs map[string]bool) {
	t.Helper()
	var missing []string
	for form := range theirs {
		if !ours[form] {
			missing = append(missing, form)
		}
	}
	require.Empty(t, missing, "in a recording, but not generated")
}

// TestRecordedMetrics checks the same for the clients' metrics.
func TestRecordedMetrics(t *testing.T) {
	gather := func(into map[string]bool, md pmetric.Metrics) {
		for _, m := range metricsOf(md) {
			into[m.Name()+" in "+m.Unit()+": "+m.Description()] = true
			for _, p := range m.Sum().DataPoints().All() {
				require.Equal(t, pmetric.NumberDataPointValueTypeDouble, p.ValueType())
				forms(into, m.Name(), p.Attributes())
			}
		}
	}
	ours, theirs := map[string]bool{}, map[string]bool{}
	for _, b := range generate(t, Settings{Seed: 1, Seats: 60, Start: monday, Every: time.Minute, Prompts: 200, Metrics: true, Content: DefaultContent}) {
		gather(ours, b.Metrics)
	}
	for _, body := range recorded(t, "metrics") {
		md, err := (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics(body)
		require.NoError(t, err)
		gather(theirs, md)
	}
	requireAll(t, ours, theirs)
}

// TestPrice compares the prices with a recorded request.
func TestPrice(t *testing.T) {
	got := opus.price(usage{input: 321, output: 45, cacheRead: 15000, cacheCreate: 2000})
	require.EqualValues(t, 15184, got.micros)
}
