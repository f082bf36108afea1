package coworkrulesconnector

import (
	"maps"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
)

// An Evaluation is the rules of a configuration at work, without a collector around
// them. It never reads the clock: its owner tells it the time. It is not safe for
// concurrent use.
type Evaluation struct {
	language  *language.Language
	evaluator *alert.Evaluator
	version   string
	alerts    []alert.Alert
	made      time.Time // when the last of them were
	events    int64
	told      map[Told]int64
}

// Told is what alerts are counted by.
type Told struct {
	Rule   string
	Status alert.Status
}

// NewEvaluation compiles the rules of a configuration.
func (c *Config) NewEvaluation() (*Evaluation, error) {
	lang, err := language.New()
	if err != nil {
		return nil, err
	}
	rules, err := c.compile(lang)
	if err != nil {
		return nil, err
	}
	evaluator, err := alert.New(rules, alert.Settings{
		MaxGroups: c.MaxGroups, MaxActive: c.MaxActive, Lateness: c.Lateness, RepeatInterval: c.RepeatInterval,
	})
	return &Evaluation{language: lang, evaluator: evaluator, told: map[Told]int64{}}, err
}

// Add asks the rules of every event of a batch. Alert records are none of their
// business: an alert about an alert would be one about itself.
func (e *Evaluation) Add(ld plog.Logs, now time.Time) {
	e.made = now
	for ev := range e.language.Events(ld) {
		if ev.Name() != alertKind {
			e.events++
			e.alerts = e.evaluator.Add(ev, now, e.alerts)
		}
	}
}

// alertKind is the kind of alert records.
const alertKind = "alert"

// Tick tells the rules the time. Without it nothing resolves.
func (e *Evaluation) Tick(now time.Time) {
	e.made = now
	e.alerts = e.evaluator.Tick(now, e.alerts)
}

// Take returns the alert records of what the rules said since it was last called, in
// one batch and in order.
func (e *Evaluation) Take() plog.Logs {
	for i := range e.alerts {
		e.told[Told{e.alerts[i].Rule.Name, e.alerts[i].Status}]++
	}
	ld := records(e.alerts, e.version, e.made)
	clear(e.alerts)
	e.alerts = e.alerts[:0]
	return ld
}

// Stats count what an Evaluation has done since its beginning.
type Stats struct {
	alert.Stats
	// Events are those that the rules were asked of.
	Events int64
	// Alerts are the records that were made.
	Alerts map[Told]int64
	// Faults are the events on which a condition or an expression failed.
	Faults map[language.Fault]int64
}

// Stats returns what was counted. It is a copy.
func (e *Evaluation) Stats() Stats {
	return Stats{e.evaluator.Stats(), e.events, maps.Clone(e.told), maps.Clone(e.language.Faults())}
}

// pack writes down what the rules know.
func (e *Evaluation) pack() []byte { return e.evaluator.Snapshot(nil) }

// unpack takes over what the run before wrote down, if it did.
func (e *Evaluation) unpack(state []byte, now time.Time) error {
	if len(state) == 0 {
		return nil
	}
	return e.evaluator.Restore(state, now)
}
