package load

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/cowork-otel/collector/distro/proof/process"
	"github.com/cowork-otel/collector/distro/proof/result"
)

// Options select what is run.
type Options struct {
	Binary, Dir string
	Root        string // of the repository
	Short       bool
}

// An amount is how much a form of the program sends.
type amount struct {
	rounds   int
	warm     int           // events before the measurement
	events   int           // for the events per CPU second
	paced    int           // batches for the latency
	interval time.Duration // between these
}

var amounts = map[bool]amount{
	false: {rounds: 5, warm: 6000, events: 60000, paced: 1000, interval: 5 * time.Millisecond},
	true:  {rounds: 1, warm: 600, events: 6000, paced: 100, interval: 5 * time.Millisecond},
}

// A sample is the measurement of a stage in a round.
type sample struct {
	perSecond float64 // events per CPU second
	latencies []time.Duration
	rss       int64
}

// Run measures all stages in alternating rounds.
func Run(o Options) (*result.Section, error) {
	all, err := recorded(filepath.Join(o.Root, "testdata/captures"))
	if err != nil {
		return nil, err
	}
	a := amounts[o.Short]
	samples := make([][]sample, len(stages))
	for round := range a.rounds {
		for i := range stages {
			s, err := measure(o, &stages[i], all, a, round*len(stages)+i+1)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", stages[i].name, err)
			}
			samples[i] = append(samples[i], s)
		}
	}
	section := &result.Section{
		Name: "load", Title: "Load", Columns: []string{"stage", "events per CPU second", "of bare", "p50", "p99", "added p50", "added p99", "MiB"},
		Intro: fmt.Sprintf("Recorded events of clients in batches of %d over gRPC, %d events and %d paced batches in each of %d alternating rounds. "+
			"CPU is that of the process, user and system, until it is idle again. Ratios are the median of those within a round; latencies are of paced batches over all rounds.", batchSize, a.events, a.paced, a.rounds),
	}
	for i := range stages {
		addStage(section, stages[i].name, samples[i], samples[0])
	}
	return section, nil
}

func addStage(s *result.Section, name string, own, bare []sample) {
	var speeds, ratios []float64
	for i := range own {
		speeds = append(speeds, own[i].perSecond)
		ratios = append(ratios, own[i].perSecond/bare[i].perSecond)
	}
	p50, p99 := quantile(own, 0.5), quantile(own, 0.99)
	s.AddRow(name, fmt.Sprintf("%.0f", median(speeds)), fmt.Sprintf("%.2f", median(ratios)), milliseconds(p50), milliseconds(p99),
		milliseconds(p50-quantile(bare, 0.5)), milliseconds(p99-quantile(bare, 0.99)), own[len(own)-1].rss>>20)
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// quantile returns a quantile of the latencies of all rounds.
func quantile(samples []sample, q float64) time.Duration {
	var all []time.Duration
	for _, s := range samples {
		all = append(all, s.latencies...)
	}
	slices.Sort(all)
	if len(all) == 0 {
		return 0
	}
	return all[min(len(all)-1, int(q*float64(len(all))))]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000)
}

// measure starts a collector with a stage, and sends to it.
func measure(o Options, st *stage, all []template, a amount, salt int) (s sample, err error) {
	dir := filepath.Join(o.Dir, fmt.Sprint(salt))
	if err := os.RemoveAll(dir); err != nil {
		return s, err
	}
	c, err := process.New(o.Binary, dir, st.config)
	if err != nil {
		return s, err
	}
	if st.config != "default:" {
		c.Configs = []string{filepath.Join(dir, "stage.yaml")}
		if err := os.WriteFile(c.Configs[0], []byte(st.config), 0o600); err != nil {
			return s, err
		}
	}
	if err := c.Start(); err != nil {
		return s, err
	}
	defer c.Kill()
	fleet, err := newFleet(c.GRPC)
	if err != nil {
		return s, err
	}
	defer fleet.close()
	if err := fleet.flood(requests(all, salt<<8, a.warm)); err != nil {
		return s, err
	}
	batches := requests(all, salt<<8|1, a.events)
	before, err := idleCPU(c)
	if err != nil {
		return s, err
	}
	if err := fleet.flood(batches); err != nil {
		return s, err
	}
	after, err := idleCPU(c)
	if err != nil {
		return s, err
	}
	s.perSecond = float64(len(batches)*batchSize) / max(after-before, 10*time.Millisecond).Seconds()
	s.rss = c.RSS()
	s.latencies, err = fleet.pace(requests(all, salt<<8|2, a.paced*batchSize), a.interval)
	if err == nil {
		_, err = c.Terminate(time.Minute)
	}
	_ = os.RemoveAll(dir)
	return s, err
}

// idleCPU waits until the process is idle, and returns the CPU time that it has used.
func idleCPU(c *process.Collector) (cpu time.Duration, err error) {
	for range 40 {
		last := cpu
		if cpu, err = c.CPU(); err != nil || cpu-last <= 10*time.Millisecond {
			return cpu, err
		}
		time.Sleep(500 * time.Millisecond)
	}
	return cpu, nil
}
