package answer

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestMemo checks that a slow answer is used again for twenty times as long as it took,
// that a fast one is not, and that an error is not.
func TestMemo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, n := newMemo(), 0
		ask := func(panel string, took time.Duration, err error) (rows int) {
			table, failed := m.answer(question{panel: panel}, func() (report.Table, error) {
				n++
				time.Sleep(took)
				return report.Table{Cut: n}, err
			})
			require.Equal(t, err, failed)
			return table.Cut
		}
		require.Equal(t, 1, ask("fast", slow-1, nil))
		require.Equal(t, 2, ask("fast", slow-1, nil))
		require.Equal(t, 3, ask("slow", slow, nil))
		require.Equal(t, 3, ask("slow", slow, nil))
		require.Equal(t, 4, ask("other", slow, nil), "each question has its own answer")
		time.Sleep(lasting*slow - slow - 1)
		require.Equal(t, 3, ask("slow", slow, nil))
		time.Sleep(time.Nanosecond)
		require.Equal(t, 5, ask("slow", slow, nil))
		failure := errors.New("too long")
		ask("failing", slow, failure)
		require.Equal(t, 7, ask("failing", slow, nil))
	})
}

// TestMemoIsBounded fills a memo with more answers than it holds.
func TestMemoIsBounded(t *testing.T) {
	m := newMemo()
	m.slow = 0
	for i := range 3 * maxAnswers {
		_, err := m.answer(question{from: int64(i)}, func() (report.Table, error) { return report.Table{}, nil })
		require.NoError(t, err)
		require.LessOrEqual(t, len(m.answers), maxAnswers)
	}
	now := time.Now()
	for i := range maxAnswers {
		m.store(question{from: int64(i)}, remembered{until: now.Add(time.Hour)}, now)
	}
	m.store(question{from: maxAnswers}, remembered{until: now.Add(time.Hour)}, now)
	require.LessOrEqual(t, len(m.answers), maxAnswers)
	m.store(question{}, remembered{until: now}, now.Add(2*time.Hour))
	require.Len(t, m.answers, 1, "answers that are over make room")
}
