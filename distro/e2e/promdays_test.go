package e2e

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/prompb"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// A test of days cannot wait for days, and the collector stamps points by its own clock.
// So each step is sent at once, the test reads the collector's metrics after every flush,
// and writes them to Prometheus by remote write: as if scrapes were 15 seconds apart while
// values change, and five minutes apart otherwise. Only the timestamps are the test's;
// names, labels and values are those that the collector exposes.
const (
	step      = 30 * time.Minute
	scrape    = 15 * time.Second
	idle      = 5 * time.Minute
	flushes   = 100 * time.Millisecond
	unchanged = 2 * flushes // a new counter shows 0 for one flush
)

// days sends days of synthetic events to Prometheus.
type days struct {
	c    *collector
	end  *prometheus
	jobs []*job
	now  time.Time // the time for Prometheus
	want figures
}

// A job is a scrape target.
type job struct {
	name, address string
	keep          func(series string) bool
	series        map[string]*track
	page          []byte // the last response
	missed        int    // counters that were not observed at 0, for which a 0 is added
}

// A track is a series with its unwritten samples and the last written one.
type track struct {
	prompb.TimeSeries
	written bool
}

func (tr *track) last() prompb.Sample { return tr.Samples[len(tr.Samples)-1] }

func (tr *track) add(value float64, at time.Time) {
	if ms := at.UnixMilli(); tr.last().Timestamp < ms {
		tr.Samples = append(tr.Samples, prompb.Sample{Value: value, Timestamp: ms})
	}
}

// startDays starts a collector with the example configuration and shorter intervals.
func startDays(t *testing.T, end *prometheus, now time.Time) *days {
	t.Helper()
	fast := filepath.Join(t.TempDir(), "fast.yaml")
	require.NoError(t, os.WriteFile(fast, []byte("connectors: {cowork_metrics/prometheus: {flush_interval: "+flushes.String()+"}}\n"+
		"processors:\n  cowork_correlation: {idle_timeout: 1s}\n"+
		"  cowork_egress: {hosts: {allowed: [.example.org]}, connectors: {disabled: [Slack]}, plugins: {allowed: ['*']}}\n"), 0o600))
	page := freePorts(t, 1)[0]
	c := startWith(t, []string{"COWORK_PROMETHEUS=" + page}, "../examples/prometheus.yaml", fast)
	return &days{c: c, end: end, now: now, jobs: []*job{
		{name: "cowork", address: page, series: map[string]*track{}, keep: func(series string) bool {
			return strings.HasPrefix(series, "cowork_") || strings.HasPrefix(series, "claude_code_session_count_total")
		}},
		{name: "otelcol-cowork", address: c.metrics, series: map[string]*track{}, keep: func(series string) bool {
			return strings.HasPrefix(series, "otelcol_")
		}},
	}}
}

// sendStep sends the batches of a step and scrapes until all are counted.
func (d *days) sendStep(t *testing.T, batches []synthetic.Batch) {
	t.Helper()
	until := d.now.Add(step)
	for _, b := range batches {
		d.send(t, b)
		d.want.add(b.Logs)
	}
	at := d.now.Add(scrape)
	if len(batches) > 0 {
		at = d.count(t, at)
	}
	d.stay(at, until)
	d.now = until
	for _, j := range d.jobs {
		j.write(t, d.end)
	}
}

// count scrapes until all events are counted and nothing changes.
func (d *days) count(t *testing.T, at time.Time) time.Time {
	t.Helper()
	began, changed := time.Now(), time.Now()
	for now := range time.Tick(flushes / 5) {
		if d.scrape(t, at) {
			changed, at = time.Now(), at.Add(scrape)
		}
		if now.Sub(changed) > unchanged && d.counted() == d.want.events {
			break
		}
		require.Less(t, now.Sub(began), waitLimit, "%d of %d events were counted:\n%s", d.counted(), d.want.events, d.c.log)
	}
	return at
}

func (d *days) send(t *testing.T, b synthetic.Batch) {
	t.Helper()
	if b.Logs.LogRecordCount() > 0 {
		body, err := plogotlp.NewExportRequestFromLogs(b.Logs).MarshalProto()
		require.NoError(t, err)
		d.post(t, "logs", body)
	}
	if b.Metrics.DataPointCount() > 0 {
		body, err := pmetricotlp.NewExportRequestFromMetrics(b.Metrics).MarshalProto()
		require.NoError(t, err)
		d.post(t, "metrics", body)
	}
}

func (d *days) post(t *testing.T, signal string, body []byte) {
	t.Helper()
	status, answer := d.c.post(t, request{signal: signal, contentType: contentTypes["pb"], body: body})
	require.Equal(t, http.StatusOK, status, answer)
}

// scrape reads the first target, and the others if it changed.
func (d *days) scrape(t *testing.T, at time.Time) (changed bool) {
	t.Helper()
	if !d.jobs[0].read(t, at) {
		return false
	}
	for _, j := range d.jobs[1:] {
		j.read(t, at)
	}
	return true
}

// counted returns the number of counted events, without those that the collector
// adds.
func (d *days) counted() (n int) {
	for name, ts := range d.jobs[0].series {
		if strings.HasPrefix(name, "cowork_events_total{") && !strings.Contains(name, `event_name="prompt_summary"`) {
			n += int(ts.last().Value)
		}
	}
	return n
}

// stay repeats the last values until a time.
func (d *days) stay(from, until time.Time) {
	for at := d.now.Add(idle); !at.After(until); at = at.Add(idle) {
		for _, j := range d.jobs {
			for _, tr := range j.series {
				if !at.Before(from) {
					tr.add(tr.last().Value, at)
				}
			}
		}
	}
}

// read records the values of a target if they changed.
func (j *job) read(t *testing.T, at time.Time) (changed bool) {
	t.Helper()
	page := j.get(t)
	if bytes.Equal(page, j.page) {
		return false
	}
	j.page = slices.Clone(page)
	for p := textparse.NewPromParser(page, labels.NewSymbolTable(), false); ; {
		entry, err := p.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		require.NoError(t, err)
		if entry != textparse.EntrySeries {
			continue
		}
		name, _, value := p.Series()
		if key := string(name); j.keep(key) {
			if j.series[key] == nil {
				j.begin(p, key, value, at)
			}
			j.series[key].add(value, at)
		}
	}
}

// begin adds a series. The connector exposes a new counter as 0 for one flush, which a
// busy machine can miss.
func (j *job) begin(p textparse.Parser, key string, value float64, at time.Time) {
	var set labels.Labels
	p.Labels(&set)
	tr := &track{TimeSeries: prompb.TimeSeries{Labels: []prompb.Label{{Name: "instance", Value: j.address}, {Name: "job", Value: j.name}}}}
	set.Range(func(l labels.Label) {
		if l.Name == "job" || l.Name == "instance" {
			l.Name = "exported_" + l.Name
		}
		tr.Labels = append(tr.Labels, prompb.Label{Name: l.Name, Value: l.Value})
	})
	slices.SortFunc(tr.Labels, func(a, b prompb.Label) int { return strings.Compare(a.Name, b.Name) })
	first := value
	if value != 0 && strings.HasPrefix(key, "cowork_") {
		first = 0
		j.missed++
	}
	tr.Samples = []prompb.Sample{{Value: first, Timestamp: at.UnixMilli() - 1}}
	j.series[key] = tr
}

func (j *job) get(t *testing.T) []byte {
	t.Helper()
	resp, err := http.Get("http://" + j.address + "/metrics")
	require.NoError(t, err)
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return page
}

// write sends the recorded samples, and keeps the last of each series.
func (j *job) write(t *testing.T, end *prometheus) {
	t.Helper()
	var series []prompb.TimeSeries
	for _, tr := range j.series {
		fresh := tr.Samples
		if tr.written {
			fresh = fresh[1:]
		}
		series = append(series, prompb.TimeSeries{Labels: tr.Labels, Samples: slices.Clone(fresh)})
		tr.Samples, tr.written = append(tr.Samples[:0], tr.last()), true
	}
	end.write(t, series)
}
