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

	coworkctl "github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// How time runs in a test of days. The collector stamps points by its own clock, and a
// test cannot wait for days. So a step of the story is sent at once, Prometheus'
// page is read for every flush of the collector, and what stands there is written to
// Prometheus by remote write as if scrapes had been 15 seconds apart while
// something changed and five minutes apart when nothing did. Only the time stamps are the
// test's; names, labels and values are those that the collector exposes.
const (
	step      = 30 * time.Minute
	scrape    = 15 * time.Second
	idle      = 5 * time.Minute
	flushes   = 100 * time.Millisecond
	unchanged = 2 * flushes // a new counter shows 0 for one flush
)

// days are the days of a fleet on their way into Prometheus.
type days struct {
	c    *collector
	end  *prometheus
	jobs []*job
	now  time.Time // as Prometheus sees it
	want figures
}

// A job is a page that Prometheus scrapes.
type job struct {
	name, address string
	keep          func(series string) bool
	series        map[string]*track
	page          []byte // as it was last
	missed        int    // counters that were not seen at 0, and are said to have been
}

// A track is a series with the samples since it was last written, and the one before.
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

// startDays starts a collector as the example has it, but faster.
func startDays(t *testing.T, end *prometheus, now time.Time) *days {
	t.Helper()
	fast := filepath.Join(t.TempDir(), "fast.yaml")
	require.NoError(t, os.WriteFile(fast, []byte("connectors: {cowork_metrics: {flush_interval: "+flushes.String()+"}}\n"+
		"processors: {cowork_correlation: {idle_timeout: 1s}}\n"), 0o600))
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

// tell sends a step's batches and scrapes until all of it is counted.
func (d *days) tell(t *testing.T, batches []coworkctl.Batch) {
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

// count scrapes until all events are counted and nothing changes any more.
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
		require.Less(t, now.Sub(began), patience, "%d of %d events were counted:\n%s", d.counted(), d.want.events, d.c.log)
	}
	return at
}

func (d *days) send(t *testing.T, b coworkctl.Batch) {
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

// scrape reads the first page, and the others if something changed on it.
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

// counted returns how many events the page says there were, without those that the
// collector adds.
func (d *days) counted() (n int) {
	for name, ts := range d.jobs[0].series {
		if strings.HasPrefix(name, "cowork_events_total{") && !strings.Contains(name, `event_name="prompt_summary"`) {
			n += int(ts.last().Value)
		}
	}
	return n
}

// stay has everything be as it is until a time.
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

// read notes what a page says, if it is not what it said before.
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

// begin adds a series. A counter begins at 0, which the connector shows for a flush; a
// machine may be too busy to see it.
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

// write sends what was noted, and remembers the last of it.
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
