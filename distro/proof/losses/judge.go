package losses

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// limits are what a scenario permits, with its reason in the scenario's table.
type limits struct {
	doubled bool // the backend may get events twice
	// memory permits that a kill loses what was derived and not yet stored.
	memory   bool
	rejected bool // acknowledged events that the backend rejects
	events   bool // only events are compared, not what is derived
	refusing bool // the collector may refuse all events; what is derived may miss
}

// counts are the numbers of events of a run.
type counts struct {
	sent, acknowledged, delivered, doubled, marked, lost, rejected int

	problems []string
}

// judgeEvents compares the events that arrived with those that were acknowledged.
func judgeEvents(w *scenarioRun, l limits) (n counts) {
	w.tally.mu.Lock()
	defer w.tally.mu.Unlock()
	w.clients.mu.Lock()
	defer w.clients.mu.Unlock()
	n.marked = w.tally.marked
	for _, b := range w.clients.sent {
		session := w.clients.session(b.session)
		for seq := b.from; seq < b.to; seq++ {
			n.sent++
			got := w.tally.events[eventKey{session, int64(seq)}]
			if got > 0 {
				n.delivered++
				n.doubled += got - 1
			}
			if b.outcome != acknowledged {
				continue
			}
			n.acknowledged++
			switch {
			case got > 0:
			case l.rejected && w.clients.poisonEvery > 0 && seq%w.clients.poisonEvery == w.clients.poisonEvery-1:
				n.rejected++
			default:
				n.lost++
			}
		}
	}
	if n.lost > 0 {
		n.problems = append(n.problems, fmt.Sprintf("%d of %d acknowledged events are lost", n.lost, n.acknowledged))
	}
	if n.doubled > 0 && !l.doubled {
		n.problems = append(n.problems, fmt.Sprintf("%d events arrived twice", n.doubled))
	}
	if n.acknowledged == 0 && !l.refusing {
		n.problems = append(n.problems, "no event was acknowledged")
	}
	if w.tally.unread > 0 {
		n.problems = append(n.problems, fmt.Sprintf("%d bodies could not be decoded", w.tally.unread))
	}
	return n
}

// An expectedSums holds what the events that arrived add up to.
type expectedSums struct {
	prompts  map[string]promptSums
	total    promptSums
	kinds    map[string]int
	tools    []string // failing ones
	sessions map[int]bool
}

// computeExpected counts each event once that was acknowledged, or that arrived without.
func computeExpected(w *scenarioRun) *expectedSums {
	t := &expectedSums{prompts: map[string]promptSums{}, kinds: map[string]int{}, sessions: map[int]bool{}}
	for _, b := range w.clients.sent {
		for seq := b.from; seq < b.to; seq++ {
			if b.outcome != acknowledged && w.tally.events[eventKey{w.clients.session(b.session), int64(seq)}] == 0 {
				continue
			}
			s := promptSums{events: 1}
			switch kindOf(seq) {
			case "api_request":
				s.requests, s.micros, s.input = 1, costOf(b.session, seq), tokensOf(b.session, seq)
			case "tool_result":
				s.tools = 1
				if fails(seq) {
					s.failures = 1
					t.tools = append(t.tools, failingTool(b.session, seq))
				}
			}
			t.kinds[kindOf(seq)]++
			t.sessions[b.session] = true
			t.total.add(s)
			sums := t.prompts[w.clients.prompt(b.session, seq)]
			sums.add(s)
			t.prompts[w.clients.prompt(b.session, seq)] = sums
		}
	}
	return t
}

// judgeDerived compares summaries, metrics, spans and alerts with what is expected.
func judgeDerived(w *scenarioRun, l limits) (problems []string) {
	if l.events {
		return nil
	}
	w.tally.mu.Lock()
	defer w.tally.mu.Unlock()
	w.clients.mu.Lock()
	defer w.clients.mu.Unlock()
	t := computeExpected(w)
	problems = append(problems, judgeSummaries(w.tally, t, w.kept(l))...)
	compare := func(what string, got, want float64) {
		if got > want*(1+1e-9) || got < want*w.kept(l)*(1-1e-9) {
			problems = append(problems, fmt.Sprintf("%s: %s instead of %s", what, trim(got), trim(want)))
		}
	}
	for _, kind := range []string{"user_prompt", "api_request", "tool_result"} {
		compare("metric of events of "+kind, w.tally.metrics["cowork.events."+kind], float64(t.kinds[kind]))
	}
	compare("metric of cost", w.tally.metrics["cowork.cost"], float64(t.total.micros)/1e6)
	compare("metric of input tokens", w.tally.metrics["cowork.token.usage.input"], float64(t.total.input))
	spans := map[string]int{}
	for _, name := range w.tally.spans {
		spans[name]++
	}
	compare("spans of requests", float64(spans["chat"]), float64(t.kinds["api_request"]))
	compare("spans of tools", float64(spans["execute_tool"]), float64(t.kinds["tool_result"]))
	compare("spans of prompts", float64(spans["invoke_agent"]), float64(len(t.prompts)))
	return append(problems, judgeAlerts(w.tally, t, l)...)
}

func judgeSummaries(tally *tally, t *expectedSums, kept float64) (problems []string) {
	right, less, more, missing := 0, 0, 0, 0
	for id, want := range t.prompts {
		got, found := tally.summaries[id]
		switch {
		case !found:
			missing++
		case got == want:
			right++
		case got.events > want.events || got.micros > want.micros:
			more++
		default:
			less++
		}
	}
	if more > 0 {
		problems = append(problems, fmt.Sprintf("summaries: %d of %d are too large", more, len(t.prompts)))
	}
	if float64(right) < kept*float64(len(t.prompts)) {
		problems = append(problems, fmt.Sprintf("summaries: %d of %d are right, %d too small, %d missing", right, len(t.prompts), less, missing))
	}
	return problems
}

// judgeAlerts requires that each failing tool fires, and that all that fired resolve, with a
// notification for each. A kill permits no exception: alerts are stored before their events
// are acknowledged.
func judgeAlerts(tally *tally, t *expectedSums, l limits) (problems []string) {
	fired, notified, open := 0, 0, 0
	for _, tool := range t.tools {
		fired += min(1, tally.fired[tool+" firing"])
		notified += min(1, tally.hooks[tool+" firing"])
		if tally.fired[tool+" firing"] > 0 && tally.fired[tool+" resolved"] == 0 || tally.hooks[tool+" firing"] > 0 && tally.hooks[tool+" resolved"] == 0 {
			open++
		}
	}
	if fired < len(t.tools) && !l.refusing || notified < fired {
		problems = append(problems, fmt.Sprintf("alerts: %d fired and %d notified of %d", fired, notified, len(t.tools)))
	}
	if open > 0 {
		problems = append(problems, fmt.Sprintf("alerts: %d fired and are not resolved", open))
	}
	return problems
}

// judgeRefused compares the number of records that the collector reports as refused by the
// backend with those that the backend rejected.
func judgeRefused(w *scenarioRun, l limits) (problems []string) {
	if !l.rejected {
		return nil
	}
	want := float64(judgeEvents(w, l).rejected)
	got, err := w.collector.SelfMetric("otelcol_extension_cowork_delivery_refused")
	if err == nil {
		var alt float64
		alt, err = w.collector.SelfMetric("otelcol_extension_cowork_delivery_refused_total")
		got += alt
	}
	if err != nil || got < want {
		problems = append(problems, fmt.Sprintf("records reported as refused: %s instead of %s", trim(got), trim(want)))
	}
	return problems
}

// judgePage compares figures of the page with what is expected.
func judgePage(w *scenarioRun, l limits) (problems []string) {
	if l.events {
		return nil
	}
	w.tally.mu.Lock()
	t := computeExpected(w)
	w.tally.mu.Unlock()
	want := []struct {
		panel string
		value float64
	}{{"cost", float64(t.total.micros) / 1e6}, {"prompts", float64(t.kinds["user_prompt"])}, {"sessions", float64(len(t.sessions))}}
	for _, f := range want {
		got, err := w.figure(f.panel)
		if err != nil {
			problems = append(problems, err.Error())
		} else if got > f.value*(1+1e-6) || got < f.value*w.kept(l)*(1-1e-6) {
			problems = append(problems, fmt.Sprintf("page, %s: %s instead of %s", f.panel, trim(got), trim(f.value)))
		}
	}
	return problems
}

// trim formats a number without its noise.
func trim(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }

// firstNumber returns the first cell of a panel's answer.
func firstNumber(body []byte) (float64, error) {
	var panel struct {
		Rows [][]any `json:"rows"`
	}
	if err := json.Unmarshal(body, &panel); err != nil {
		return 0, err
	}
	if len(panel.Rows) == 0 || len(panel.Rows[0]) == 0 {
		return 0, nil
	}
	if v, ok := panel.Rows[0][0].(float64); ok {
		return v, nil
	}
	return 0, errors.New("page: a figure is not a number")
}
