package losses

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/cowork-otel/collector/distro/proof/backend"
	"github.com/cowork-otel/collector/distro/proof/process"
)

// A scenarioRun is a collector between clients and a backend, while a scenario runs.
type scenarioRun struct {
	collector *process.Collector
	// others are the collectors behind it, in a layout with several.
	others     []*process.Collector
	stopBroker func()
	backend    *backend.Backend
	clients    *clients
	tally      *tally
	length     time.Duration // of a phase of the scenario
	kills      int           // of the first collector
	sending    time.Duration // how long the clients sent
	notes      []string
	problems   []string
}

func newScenarioRun(o Options, dir string, s *Scenario) (*scenarioRun, error) {
	ports, err := process.FreePorts(1)
	if err != nil {
		return nil, err
	}
	w := &scenarioRun{tally: newTally(), length: o.Phase, stopBroker: func() {}}
	if w.backend, err = backend.New(ports[0], w.tally); err != nil {
		return nil, err
	}
	begin := time.Now()
	w.clients = &clients{
		numbering: &numbering{salt: s.Name + begin.String(), poisonEvery: s.poisonEvery, at: func(session, seq int) time.Time {
			at := begin.Add(time.Duration(seq) * time.Millisecond)
			if s.clock != nil {
				at = s.clock(session, seq, at)
			}
			return at
		}},
		sessions: 10, size: 6, rate: 300,
		address: func(int) string { return w.collector.HTTP },
	}
	if s.rate > 0 {
		w.clients.rate = s.rate
	}
	start := single
	if s.layout != nil {
		start = s.layout
	}
	return w, start(w, o, dir, ports[0], s)
}

// close ends everything that still runs.
func (w *scenarioRun) close() {
	for _, c := range append([]*process.Collector{w.collector}, w.others...) {
		if c != nil && c.Running() {
			c.Kill()
		}
	}
	w.stopBroker()
	w.backend.Down()
}

// phase waits for the length of a phase.
func (w *scenarioRun) phase() { time.Sleep(w.length) }

// memoryAtKill is how long before a kill what was derived may be in memory only: an interval
// of checkpoints, and the rounds that are under way.
const memoryAtKill = 2 * time.Second

// kept returns the share of what is derived that must have survived the kills.
func (w *scenarioRun) kept(l limits) float64 {
	if l.refusing {
		return 0
	}
	if !l.memory {
		return 1
	}
	return max(0.2, 1-float64(w.kills)*memoryAtKill.Seconds()/max(w.sending.Seconds(), 1))
}

// repeats is how often a scenario repeats its disturbance: more with long phases.
func (w *scenarioRun) repeats() int {
	if w.length < 5*time.Second {
		return 3
	}
	return 10
}

// restart starts the collector again after it has ended.
func (w *scenarioRun) restart() {
	if err := w.collector.Start(); err != nil {
		w.problemf("%v", err)
	}
}

// kill ends the collector at once, and starts it again.
func (w *scenarioRun) kill() {
	w.kills++
	w.collector.Kill()
	w.restart()
}

// killOther ends a collector behind the first at once, and starts it again after a phase.
func (w *scenarioRun) killOther(i int) {
	w.others[i].Kill()
	w.phase()
	if err := w.others[i].Start(); err != nil {
		w.problemf("%v", err)
	}
}

// terminateAll stops all collectors, the first one first.
func (w *scenarioRun) terminateAll() {
	w.terminate(w.collector)
	for _, c := range w.others {
		w.terminate(c)
	}
}

// terminateLimit is how long a collector may take to stop.
const terminateLimit = 20 * time.Second

// terminate stops the collector as an administrator does.
func (w *scenarioRun) terminate(c *process.Collector) {
	took, err := c.Terminate(3 * terminateLimit)
	if err != nil {
		w.problemf("SIGTERM: %v", err)
	}
	if took > terminateLimit {
		w.problemf("SIGTERM: took %.0f s (at most %.0f s)", took.Seconds(), terminateLimit.Seconds())
	}
}

func (w *scenarioRun) problemf(format string, args ...any) {
	w.problems = append(w.problems, fmt.Sprintf(format, args...))
}

const (
	// quietLimit is how long nothing may arrive until a run is judged as it is.
	quietLimit = 15 * time.Second
	// drainLimit bounds the wait for everything to arrive.
	drainLimit = 2 * time.Minute
)

// drain waits until everything has arrived and is complete, or nothing arrives any more.
func (w *scenarioRun) drain(limits limits) {
	for deadline := time.Now().Add(drainLimit); time.Now().Before(deadline) && w.backend.Quiet() < quietLimit; time.Sleep(200 * time.Millisecond) {
		if len(judgeEvents(w, limits).problems) == 0 && len(judgeDerived(w, limits)) == 0 {
			return
		}
	}
}

// figure returns the number that a panel of the page shows.
func (w *scenarioRun) figure(panel string) (float64, error) {
	// Events of a client with a fast clock are in the future.
	query := url.Values{"from": {time.Now().Add(-24 * time.Hour).UTC().Format(time.RFC3339)}, "to": {time.Now().Add(2 * time.Hour).UTC().Format(time.RFC3339)}}
	status, body, err := process.Get(w.collector.Page, "/api/panels/"+panel+".json?"+query.Encode())
	if err != nil || status != http.StatusOK {
		return 0, fmt.Errorf("page: %s answered %d: %w", panel, status, err)
	}
	return firstNumber(body)
}

// damage overwrites the middle of each file of a folder below the data.
func (w *scenarioRun) damage(folder string, change func([]byte) []byte) (names []string) {
	_ = filepath.WalkDir(filepath.Join(w.collector.Data(), folder), func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name) //nolint:gosec // a folder of the program's own
		if err == nil && len(data) > 0 {
			names = append(names, filepath.Base(name))
			err = os.WriteFile(name, change(data), 0o600) //nolint:gosec // as above
		}
		return err
	})
	return names
}
