package losses

import (
	"crypto/rand"
	"net/http"
	"os"
	"time"

	"github.com/cowork-otel/collector/distro/proof/backend"
)

// A Scenario disturbs the collector or its backend while clients send.
type Scenario struct {
	Name string
	// What describes the disturbance.
	What string
	// Short reports whether the short form runs the scenario.
	Short bool
	// Permits has the reason of each limit.
	Permits string

	limits      limits
	layout      layout // single if nil
	config      string // a further configuration
	rate        int    // events per second, 300 if 0
	poisonEvery int
	clock       func(session, seq int, at time.Time) time.Time
	disturb     func(*scenarioRun)
}

// mode returns a disturbance by a backend that answers differently for a phase.
func mode(m backend.Mode) func(*scenarioRun) {
	return func(w *scenarioRun) {
		w.phase()
		w.backend.Set(m)
		w.phase()
		w.phase()
		w.backend.Set(backend.OK)
		w.phase()
	}
}

// always returns a disturbance by a backend that stays different.
func always(m backend.Mode) func(*scenarioRun) {
	return func(w *scenarioRun) {
		w.backend.Set(m)
		w.phase()
		w.phase()
	}
}

const (
	answerLost    = "the backend gets a batch twice when its answer is lost"
	lostAtKill    = "what was derived in the last two seconds before a kill may miss in metrics, summaries, spans and the page"
	tierPermits   = answerLost + "; what is derived is not compared: prompts in memory at a kill are summarised from the last checkpoint"
	refusedByDisk = "nothing is acknowledged while an exporter without a queue fails, so what is derived may miss, but not double"
	rejectedByAll = "the backend rejects poisoned records; they are counted apart"
)

// Scenarios lists all of them.
var Scenarios = []Scenario{
	{Name: "kill9", What: "kill -9 under load, after each of some phases", Short: true, Permits: answerLost + "; " + lostAtKill, limits: limits{doubled: true, memory: true}, disturb: func(w *scenarioRun) {
		for range w.repeats() {
			w.phase()
			w.kill()
		}
		w.phase()
	}},
	{Name: "sigterm", What: "SIGTERM and start under load, after each of some phases", Short: true, disturb: func(w *scenarioRun) {
		for range w.repeats() {
			w.phase()
			w.terminate(w.collector)
			w.restart()
		}
		w.phase()
	}},
	{Name: "killdown", What: "kill -9 while the backend is away", Short: true, Permits: answerLost + "; " + lostAtKill, limits: limits{doubled: true, memory: true}, disturb: func(w *scenarioRun) {
		w.backend.Set(backend.Status(http.StatusServiceUnavailable, nil))
		w.phase()
		w.kill()
		w.phase()
		w.backend.Set(backend.OK)
		w.phase()
	}},
	{Name: "down", What: "the backend's port is closed", Short: true, disturb: func(w *scenarioRun) {
		w.phase()
		w.backend.Down()
		w.phase()
		w.phase()
		if err := w.backend.Up(); err != nil {
			w.problemf("%v", err)
		}
		w.phase()
	}},
	{Name: "slow", What: "the backend takes a second for each request", disturb: mode(backend.Slow(time.Second))},
	{Name: "flap", What: "the backend fails every other second: 503 and resets", Short: true, disturb: mode(backend.Flap(time.Second))},
	{Name: "429", What: "the backend answers 429 with Retry-After", disturb: mode(backend.Status(http.StatusTooManyRequests, map[string]string{"Retry-After": "1"}))},
	{Name: "503", What: "the backend answers 503", disturb: mode(backend.Status(http.StatusServiceUnavailable, nil))},
	{Name: "resetwithin", What: "every other connection is reset within a body", disturb: mode(backend.ResetWithin())},
	{Name: "resetafter", What: "every other answer of the backend is lost", Permits: answerLost, limits: limits{doubled: true}, disturb: mode(backend.ResetAfter())},
	{Name: "400", What: "the backend answers 400 to each batch with a poisoned record, one in 50", Short: true, Permits: rejectedByAll, poisonEvery: 50, limits: limits{rejected: true}, disturb: always(backend.Poison(poisonKey))},
	{Name: "partial", What: "the backend rejects one record in 50 by a partial success", Permits: rejectedByAll, poisonEvery: 50, limits: limits{rejected: true}, disturb: always(backend.Partial(poisonKey))},
	{Name: "hang", What: "SIGTERM while the backend gives no answer", limits: limits{doubled: true}, Permits: answerLost, disturb: func(w *scenarioRun) {
		w.phase()
		w.backend.Set(backend.Hang())
		w.phase()
		w.terminate(w.collector)
		w.backend.Set(backend.OK)
		w.restart()
		w.phase()
	}},
	{Name: "clock", What: "clocks of clients are wrong: ten minutes slow or fast, or jump back", Short: true, clock: func(session, seq int, at time.Time) time.Time {
		return at.Add([]time.Duration{0, -10 * time.Minute, 10 * time.Minute, time.Duration(seq/20%2) * -5 * time.Minute}[session%4])
	}, disturb: func(w *scenarioRun) {
		w.phase()
		w.phase()
	}},
	{Name: "diskfull", What: "the file exporter writes to a full disk", Short: true, Permits: refusedByDisk, limits: limits{refusing: true}, config: "exporters:\n  file/logs: {path: /dev/full, create_directory: false, directory_permissions: null, rotation: null}\n", disturb: func(w *scenarioRun) {
		if _, err := os.Stat("/dev/full"); err != nil {
			w.notes = append(w.notes, "no /dev/full: an ordinary file instead")
		}
		w.phase()
		w.phase()
	}},
	{Name: "damaged", What: "every file of the state is overwritten with garbage while the collector is stopped", disturb: func(w *scenarioRun) {
		w.phase()
		w.clients.stop()
		w.drain(limits{})
		w.terminate(w.collector)
		w.damage("state", func(data []byte) []byte {
			_, _ = rand.Read(data[:min(len(data), 16384)])
			return data
		})
		w.restart()
	}},
	{Name: "memory", What: "the memory limiter refuses: 48 MiB at 3,000 events a second", rate: 3000, config: "processors:\n  memory_limiter: {limit_mib: 48, spike_limit_mib: 16, check_interval: 100ms}\n", disturb: func(w *scenarioRun) {
		w.phase()
		w.phase()
	}},
	{Name: "tiers", What: "two tiers: a correlator is away, then the ingest collector is killed", Short: true, Permits: tierPermits, layout: twoTiers, limits: limits{doubled: true, events: true}, disturb: func(w *scenarioRun) {
		w.phase()
		w.killOther(0)
		w.phase()
		w.kill()
		w.phase()
	}},
	{Name: "tiersdown", What: "two tiers: the ingest collector is killed while a correlator is away", Permits: tierPermits, layout: twoTiers, limits: limits{doubled: true, events: true}, disturb: func(w *scenarioRun) {
		w.phase()
		w.others[0].Kill()
		w.phase()
		w.kill()
		w.phase()
		if err := w.others[0].Start(); err != nil {
			w.problemf("%v", err)
		}
		w.phase()
	}},
	{Name: "kafka", What: "Kafka between two tiers: both collectors are killed in turn", Short: true, Permits: tierPermits, layout: throughKafka, limits: limits{doubled: true, events: true}, disturb: func(w *scenarioRun) {
		w.phase()
		w.kill()
		w.phase()
		w.killOther(0)
		w.phase()
	}},
}
