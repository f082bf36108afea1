package store

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// prompts adds to prompts what came of them.
func (w *writer) prompts(prompts map[string]*promptDelta) {
	for id, p := range prompts {
		if w.err != nil {
			return
		}
		w.prompt(id, p)
	}
}

func (w *writer) prompt(id string, p *promptDelta) {
	events, summary, models := p.events, p.summary, p.models
	user, org, cut := p.user, p.org, p.cut
	var chunks, steps int64
	var stored struct {
		sums, summary, models string
		user, org             uint32
		cut                   int64
	}
	if w.get("select user, organization, sums, summary, models, cut from prompt where id = ?", []any{id},
		&stored.user, &stored.org, &stored.sums, &stored.summary, &stored.models, &stored.cut) {
		events.addSums(w.sums(stored.sums))
		if stored.summary != "" {
			all := w.sums(stored.summary)
			if summary != nil {
				all.addSums(*summary)
			}
			summary = &all
		}
		models = union(splitModels(stored.models), models)
		user, org, cut = first(stored.user, user), first(stored.org, org), cut+stored.cut
		w.get("select count(*), coalesce(sum(steps), 0) from step where prompt = ?", []any{id}, &chunks, &steps)
	}
	shown := events
	if summary != nil {
		shown = *summary
	}
	list := p.steps
	if room := max(0, int64(w.set.MaxSteps)-steps); int64(len(list)) > room {
		cut += int64(len(list)) - room
		list = list[:room]
	}
	w.exec("insert or replace into prompt values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, p.session, user, org, shown.Start, shown.Finish, written(&events), written(summary), strings.Join(models, "\n"), summary != nil, cut)
	if len(list) > 0 {
		w.exec("insert or replace into step values (?, ?, ?, ?)", id, chunks, len(list), w.compressSteps(list))
	}
}

// What is beyond a bound, the oldest: by an order that no two share, since a program can
// give all that it sends the same time.
const (
	surplusPrompts = "delete from prompt where (start, id) <= (select start, id from prompt order by start desc, id desc limit 1 offset ?)"
	surplusAlerts  = "delete from alert where (seen, fingerprint) <= (select seen, fingerprint from alert order by seen desc, fingerprint desc limit 1 offset ?)"
	orphanedSteps  = "delete from step where prompt not in (select id from prompt)"
)

// forgetPrompts keeps the latest prompts, where some were written.
func (w *writer) deleteSurplusPrompts(written int) {
	if written > 0 && w.exec(surplusPrompts, w.set.MaxPrompts) > 0 {
		w.exec(orphanedSteps)
	}
}

// sums reads what a prompt added up to.
func (w *writer) sums(text string) (s promptSums) {
	if err := json.Unmarshal([]byte(text), &s); err != nil && w.err == nil {
		w.err = errDamaged
	}
	return s
}

// written writes what a prompt adds up to, "" if nothing is known.
func written(s *promptSums) string {
	if s == nil {
		return ""
	}
	b, _ := json.Marshal(s) // whole numbers are always written
	return string(b)
}

func splitModels(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func union(a, b []string) []string {
	for _, text := range b {
		if len(a) < maxModels && !slices.Contains(a, text) {
			a = append(a, text)
		}
	}
	return a
}

func first(a, b uint32) uint32 {
	if a != noName {
		return a
	}
	return b
}

// squeeze writes steps, which repeat themselves a lot, in little room.
func (w *writer) compressSteps(steps []step) []byte {
	var b bytes.Buffer
	if w.deflate == nil {
		w.deflate, _ = flate.NewWriter(&b, flate.BestSpeed) // a level that there is
	} else {
		w.deflate.Reset(&b)
	}
	_ = json.NewEncoder(w.deflate).Encode(steps) // into memory
	_ = w.deflate.Close()
	return b.Bytes()
}

// maxStepBytes bounds what is read back of one blob of steps: the most that a prompt may
// have, each with all of its facts.
const maxStepBytes = 32 << 20

// unsqueeze reads steps.
func decompressSteps(b []byte) (steps []step, err error) {
	r := flate.NewReader(bytes.NewReader(b))
	err = json.NewDecoder(io.LimitReader(r, maxStepBytes)).Decode(&steps)
	return steps, err
}

func (w *writer) alerts(alerts map[string]*alertDelta) {
	for fingerprint, a := range alerts {
		w.exec(`insert into alert values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set
			name = excluded.name, severity = excluded.severity, status = excluded.status, detail = excluded.detail,
			starts = excluded.starts, ends = excluded.ends, seen = excluded.seen, times = times + excluded.times
			where excluded.seen >= seen`,
			fingerprint, a.name, a.severity, a.status, a.detail, a.starts, a.ends, a.seen, a.times)
	}
	if len(alerts) > 0 {
		w.alertsDropped = w.exec(surplusAlerts, w.set.MaxAlerts)
	}
}
