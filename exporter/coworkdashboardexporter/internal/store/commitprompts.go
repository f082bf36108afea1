package store

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// prompts updates the prompts of a delta.
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

// The statements that delete the oldest rows beyond a limit. The id breaks ties, since
// many rows can have the same time.
const (
	surplusPrompts = "delete from prompt where (start, id) <= (select start, id from prompt order by start desc, id desc limit 1 offset ?)"
	surplusAlerts  = "delete from alert where (seen, fingerprint) <= (select seen, fingerprint from alert order by seen desc, fingerprint desc limit 1 offset ?)"
	orphanedSteps  = "delete from step where prompt not in (select id from prompt)"
)

// deleteSurplusPrompts deletes the oldest prompts beyond the limit if any were written.
func (w *writer) deleteSurplusPrompts(written int) {
	if written > 0 && w.exec(surplusPrompts, w.set.MaxPrompts) > 0 {
		w.exec(orphanedSteps)
	}
}

// sums decodes the sums of a prompt.
func (w *writer) sums(text string) (s promptSums) {
	if err := json.Unmarshal([]byte(text), &s); err != nil && w.err == nil {
		w.err = errDamaged
	}
	return s
}

// written encodes the sums of a prompt, "" for nil.
func written(s *promptSums) string {
	if s == nil {
		return ""
	}
	b, _ := json.Marshal(s) // cannot fail for integers
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

// compressSteps compresses steps, which are highly repetitive.
func (w *writer) compressSteps(steps []step) []byte {
	var b bytes.Buffer
	if w.deflate == nil {
		w.deflate, _ = flate.NewWriter(&b, flate.BestSpeed) // BestSpeed is a valid level
	} else {
		w.deflate.Reset(&b)
	}
	_ = json.NewEncoder(w.deflate).Encode(steps) // cannot fail in memory
	_ = w.deflate.Close()
	return b.Bytes()
}

// maxStepBytes bounds the size of a decompressed blob: the steps of the largest prompt
// with all details.
const maxStepBytes = 32 << 20

// decompressSteps reverses compressSteps.
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
