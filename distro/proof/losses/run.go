package losses

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cowork-otel/collector/distro/proof/result"
)

// Options select what is run.
type Options struct {
	Binary string
	Root   string        // of the repository
	Dir    string        // for data and logs
	Phase  time.Duration // of a scenario
	Only   []string      // names; all of the form if empty
	Short  bool
}

// Run runs scenarios one after the other.
func Run(o Options) (*result.Section, error) {
	s := &result.Section{
		Name: "losses", Title: "Losses", Columns: []string{"scenario", "sent", "acknowledged", "delivered", "doubled", "marked", "rejected", "lost", "permitted", "problems"},
		Intro: "Numbered events pass the default configuration with a queue on disk to a backend, while something fails. Clients repeat 429, 502, 503, 504 and connection errors five times within ten seconds. " +
			"Doubled events arrived twice without a mark, marked ones with `cowork.redelivered`. Summaries, metrics, spans, alerts with their notifications, and figures of the page are compared with the events that arrived.",
	}
	outcomes := make([]scenarioResult, len(Scenarios))
	var running errgroup.Group
	running.SetLimit(parallel)
	for i := range Scenarios {
		scenario := &Scenarios[i]
		if len(o.Only) > 0 && !slices.Contains(o.Only, scenario.Name) || len(o.Only) == 0 && o.Short && !scenario.Short {
			continue
		}
		running.Go(func() error {
			r, err := runScenario(o, scenario)
			if err != nil {
				r.problems = append(r.problems, fmt.Sprintf("could not be run: %v", err))
			}
			outcomes[i] = r
			return nil
		})
	}
	_ = running.Wait()
	for i, r := range outcomes {
		if r.ran {
			addScenario(s, &Scenarios[i], r)
		}
	}
	return s, nil
}

// parallel is how many scenarios run at a time. They wait most of their time.
const parallel = 3

// A scenarioResult is what a scenario showed.
type scenarioResult struct {
	ran             bool
	counts          counts
	problems, notes []string
}

func runScenario(o Options, scenario *Scenario) (r scenarioResult, err error) {
	r.ran = true
	dir := filepath.Join(o.Dir, scenario.Name)
	if err := os.RemoveAll(dir); err != nil {
		return r, err
	}
	w, err := newScenarioRun(o, dir, scenario)
	if w != nil && w.backend != nil {
		defer w.close()
	}
	if err != nil {
		return r, err
	}
	begin := time.Now()
	w.clients.start()
	scenario.disturb(w)
	w.clients.stop()
	w.sending = time.Since(begin)
	if w.collector.Running() {
		w.drain(scenario.limits)
		w.problems = append(w.problems, judgePage(w, scenario.limits)...)
		w.problems = append(w.problems, judgeRefused(w, scenario.limits)...)
		w.terminateAll()
	}
	r.counts = judgeEvents(w, scenario.limits)
	r.problems = append(append(w.problems, r.counts.problems...), judgeDerived(w, scenario.limits)...)
	r.notes = w.notes
	return r, nil
}

func addScenario(s *result.Section, scenario *Scenario, r scenarioResult) {
	verdict, permits := strings.Join(r.problems, "; "), scenario.Permits
	if verdict == "" {
		verdict = "none"
	}
	if permits == "" {
		permits = "nothing"
	}
	n := r.counts
	s.AddRow(scenario.Name+": "+scenario.What, n.sent, n.acknowledged, n.delivered, n.doubled, n.marked, n.rejected, n.lost, permits, verdict)
	settle(s, scenario.Name, r.problems, pending)
	for _, note := range r.notes {
		s.Notes = append(s.Notes, scenario.Name+": "+note)
	}
}
