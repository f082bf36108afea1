package prompt

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A model is the open prompts and the remembered ones, those longest silent first,
// as a slice can have them.
type model struct {
	open, closed []string
	ended        int
}

const modelOpen, modelClosed = 3, 4

func without(all []string, id string) []string {
	return slices.DeleteFunc(all, func(other string) bool { return other == id })
}

func (m *model) add(id string) {
	m.closed = without(m.closed, id)
	if !slices.Contains(m.open, id) && len(m.open) == modelOpen {
		m.closeOldest()
	}
	m.open = append(without(m.open, id), id)
}

func (m *model) closeOldest() {
	id := m.open[0]
	m.open = m.open[1:]
	m.ended++
	m.closed = append(m.closed, id)
	m.closed = m.closed[max(0, len(m.closed)-modelClosed):]
}

func ids(l list) (all []string) {
	for e := l.oldest; e != nil; e = e.newer {
		all = append(all, e.promptID)
	}
	return all
}

// TestOrder compares the order of prompts with the model after any operations.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := tracker(Settings{MaxOpen: modelOpen, MaxClosed: modelClosed, Remember: 1000 * time.Hour, Durable: true})
		m := &model{open: []string{}, closed: []string{}}
		d := disk{}
		now, sequence := noon, 0
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				id := strconv.Itoa(rapid.IntRange(0, 9).Draw(t, "prompt"))
				sequence++
				now = now.Add(time.Second)
				tr.addAll(t, now, eventOf("brand_new", sequence, attributes{"prompt.id": id, "session.id": rapid.SampledFrom([]any{nil, "s"}).Draw(t, "session")}))
				m.add(id)
			},
			"expire all but the newest": func(*rapid.T) {
				now = now.Add(time.Minute - time.Second)
				tr.Expire(now)
				for len(m.open) > 1 || len(m.open) == 1 && tr.open.n == 0 {
					m.closeOldest()
				}
			},
			"flush": func(*rapid.T) {
				tr.Flush(Shutdown)
				for len(m.open) > 0 {
					m.closeOldest()
				}
			},
			"restart": func(t *rapid.T) {
				before := tr.Take(nil)
				require.Len(t, before, m.ended)
				m.ended = 0
				d.apply(dropAll(before))
				d.checkpoint(tr, nil)
				require.LessOrEqual(t, len(d), modelOpen+modelClosed+modelOpen, "the storage is bounded too")
				tr = d.restored(t, tr.set, now)
			},
			"": func(t *rapid.T) {
				tr.consistent(t)
				require.Equal(t, m.open, append([]string{}, ids(tr.open)...))
				require.Equal(t, m.closed, append([]string{}, ids(tr.closed)...))
			},
		})
	})
}
