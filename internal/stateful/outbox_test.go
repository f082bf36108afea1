package stateful

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumererror"
)

// A desk is an outbox of strings and a receiver that records the calls.
type desk struct {
	*Outbox[string]
	calls  []string
	answer error
}

func newDesk(set OutboxSettings[string]) *desk {
	d := &desk{}
	set.MaxItems, set.MaxSize = cmp.Or(set.MaxItems, 100), cmp.Or(set.MaxSize, 100)
	set.SizeOf = func(item *string) int { return len(*item) }
	set.Timeout = time.Second
	set.BeforeSend = func(context.Context) { d.calls = append(d.calls, "save "+d.all()) }
	set.AfterSend = func(context.Context) { d.calls = append(d.calls, strings.TrimSpace("left "+d.all())) }
	set.Send = func(_ context.Context, batch []string) error {
		d.calls = append(d.calls, "send "+strings.Join(batch, ""))
		return d.answer
	}
	set.Report = func(_ context.Context, outcome Outcome, items []string) {
		name := [...]string{Delivered: "delivered", Retried: "retried", Rejected: "rejected", Dropped: "dropped"}[outcome]
		d.calls = append(d.calls, name+" "+strings.Join(items, ""))
	}
	d.Outbox = NewOutbox(set)
	return d
}

func (d *desk) all() (text string) {
	for item := range d.All() {
		text += *item
	}
	return text
}

// check flushes and compares the calls since the last check.
func (d *desk) check(t *testing.T, calls ...string) {
	t.Helper()
	d.Flush(t.Context())
	require.Equal(t, calls, d.calls)
	d.calls = nil
}

var errDown = errors.New("down")

func TestOutboxSendsInOrder(t *testing.T) {
	d := newDesk(OutboxSettings[string]{BatchItems: 2})
	d.check(t)
	require.False(t, d.Push())
	require.False(t, d.Push("a"))
	require.True(t, d.Push("b", "c"))
	d.check(t, "save abc", "send ab", "delivered ab", "send c", "delivered c", "left")
	d.check(t)
	require.Zero(t, d.Len())
}

// TestOutboxRetries sends the same batch again and what was pushed since after it, and
// saves only once.
func TestOutboxRetries(t *testing.T) {
	d := newDesk(OutboxSettings[string]{BatchItems: 2})
	d.Push("a")
	d.answer = errDown
	d.check(t, "save a", "send a", "retried a")
	require.False(t, d.Push("b", "c"), "a flush would meet the same error")
	var newest []string
	for item := range d.Backward() {
		if newest = append(newest, *item); len(newest) == 3 {
			break
		}
	}
	require.Equal(t, []string{"c", "b", "a"}, newest)
	d.check(t, "save abc", "send a", "retried a")
	d.answer = nil
	d.check(t, "send a", "delivered a", "send bc", "delivered bc", "left")
}

// TestOutboxSendsSavedOnly pushes an item while others are saved. It was sent with them,
// and a crash left a receiver with what no storage had.
func TestOutboxSendsSavedOnly(t *testing.T) {
	d := newDesk(OutboxSettings[string]{BatchItems: 2})
	save := d.set.BeforeSend
	d.set.BeforeSend = func(ctx context.Context) {
		save(ctx)
		if len(d.calls) == 1 {
			d.Push("b")
		}
	}
	d.Push("a")
	d.check(t, "save a", "send a", "delivered a", "save b", "send b", "delivered b", "left")
}

// TestOutboxSave checks that saved items are not saved again before they are sent.
func TestOutboxSave(t *testing.T) {
	d := newDesk(OutboxSettings[string]{BatchItems: 1})
	d.Save(t.Context())
	d.Push("a")
	d.Save(t.Context())
	d.Save(t.Context())
	d.check(t, "save a", "send a", "delivered a", "left")
}

func TestOutboxRejects(t *testing.T) {
	d := newDesk(OutboxSettings[string]{BatchItems: 1})
	d.Push("a", "b")
	d.answer = consumererror.NewPermanent(errDown)
	d.check(t, "save ab", "send a", "rejected a", "send b", "rejected b", "left")

	d.Push("c", "d")
	d.set.Send = func(_ context.Context, batch []string) error {
		if batch[0] == "d" {
			return errDown
		}
		return nil
	}
	d.check(t, "save cd", "delivered c", "retried d", "left d")
}

func TestOutboxLimits(t *testing.T) {
	d := newDesk(OutboxSettings[string]{BatchItems: 2, MaxItems: 4, MaxSize: 10})
	d.Push("a", "b", "c")
	d.answer = errDown
	d.check(t, "save abc", "send ab", "retried ab")
	d.Push("d", "e", "f", "g")
	require.Equal(t, 4, d.Len())
	d.check(t, "save defg", "dropped abc", "send de", "retried de")
	d.Push("hhhhhhhh")
	require.Equal(t, 10, d.Size())
	require.Equal(t, 3, d.Len())
	d.Push("iiiiiiiiiiiiiiii")
	require.Equal(t, 16, d.Size(), "the newest item stays")
	d.calls = nil
	d.Discard(t.Context())
	require.Equal(t, []string{"dropped defghhhhhhhhiiiiiiiiiiiiiiii"}, d.calls)
	d.Discard(t.Context())
	require.Zero(t, d.Len()+d.Size())
}

// TestOutboxKeepsTheBatchThatIsSent exceeds the limit during a call of Send.
func TestOutboxKeepsTheBatchThatIsSent(t *testing.T) {
	d := newDesk(OutboxSettings[string]{BatchItems: 2, MaxItems: 3})
	d.Push("a", "b", "c")
	send := d.set.Send
	d.set.Send = func(ctx context.Context, batch []string) error {
		if batch[0] == "a" {
			d.Push("d", "e")
		}
		return send(ctx, batch)
	}
	d.check(t, "save abc", "send ab", "delivered ab", "save e", "dropped cd", "send e", "delivered e", "left")
}

func TestOutboxTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(OutboxSettings[string]{BatchItems: 1})
		d.Push("a")
		d.set.Send = func(ctx context.Context, _ []string) error {
			<-ctx.Done()
			return ctx.Err()
		}
		begin := time.Now()
		d.check(t, "save a", "retried a")
		require.Equal(t, time.Second, time.Since(begin))
	})
}

// TestOutboxConcurrentUse pushes from several goroutines while the outbox is flushed.
func TestOutboxConcurrentUse(t *testing.T) {
	delivered := map[string]bool{}
	o := NewOutbox(OutboxSettings[string]{
		BatchItems: 7, MaxItems: 1000, MaxSize: 10_000, Timeout: time.Minute,
		SizeOf: func(item *string) int { return len(*item) },
		Send: func(_ context.Context, batch []string) error {
			for _, item := range batch {
				delivered[item] = true
			}
			return nil
		},
		Report: func(context.Context, Outcome, []string) {},
	})
	const goroutines, each = 4, 200
	done := make(chan struct{})
	for g := range goroutines {
		go func() {
			defer func() { done <- struct{}{} }()
			for i := range each {
				o.Push(fmt.Sprint(g, i))
			}
		}()
	}
	for range goroutines {
		o.Flush(t.Context())
		<-done
	}
	o.Flush(t.Context())
	require.Len(t, delivered, goroutines*each)
}
