package answer

import (
	"sync"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// An answer that took at least slow is used again for lasting times as long. Open pages
// request all panels after each commit: with ten thousand users, each of them would use a
// processor all the time.
const (
	slow    = 100 * time.Millisecond
	lasting = 20
)

// maxAnswers bounds the answers of a memo.
const maxAnswers = 256

// A question is what an answer depends on, besides the data.
type question struct {
	panel    string
	names    report.Filter // without its times
	from, to int64         // of the span
}

// A memo holds slow answers for a while. It is safe for concurrent use.
type memo struct {
	slow time.Duration

	mu      sync.Mutex
	answers map[question]remembered
}

type remembered struct {
	table report.Table
	until time.Time
}

func newMemo() *memo { return &memo{slow: slow, answers: map[question]remembered{}} }

// answer returns the answer of an earlier call, or that of a function. The rows of an
// answer are shared and must not be changed.
func (m *memo) answer(q question, find func() (report.Table, error)) (report.Table, error) {
	begin := time.Now()
	m.mu.Lock()
	known, ok := m.answers[q]
	m.mu.Unlock()
	if ok && begin.Before(known.until) {
		return known.table, nil
	}
	t, err := find()
	end := time.Now()
	if took := end.Sub(begin); err == nil && took >= m.slow {
		m.store(q, remembered{t, end.Add(lasting * took)}, end)
	}
	return t, err
}

// store stores an answer in place of those that are over. If there are still too many, all
// are dropped.
func (m *memo) store(q question, r remembered, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for old, a := range m.answers {
		if now.After(a.until) {
			delete(m.answers, old)
		}
	}
	if len(m.answers) >= maxAnswers {
		clear(m.answers)
	}
	m.answers[q] = r
}
