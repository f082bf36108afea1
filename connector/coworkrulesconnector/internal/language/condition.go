package language

import (
	"context"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A sharedCondition is a condition of one or more rules, with its value for an event.
type sharedCondition struct {
	parsed *condition
	guard  *guard
	event  uint64 // that the value is of
	holds  bool
	err    error
}

// conditionOf returns a condition, which is compiled once.
func (l *Language) conditionOf(text string) (*sharedCondition, error) {
	if c, ok := l.conditions[text]; ok {
		return c, nil
	}
	parsed, err := l.parse.condition(text)
	if err != nil {
		return nil, err
	}
	c := &sharedCondition{parsed: parsed, guard: guardOf(text, &l.targets)}
	l.conditions[text] = c
	return c, nil
}

// holds evaluates a condition, once for the current event.
func (l *Language) holds(c *sharedCondition, ev cowork.Event) (bool, error) {
	if !l.isCurrent(ev) {
		ctx, release := l.contextOf(ev)
		defer release()
		return c.parsed.Eval(context.Background(), ctx)
	}
	if c.event != l.events {
		c.event, c.holds, c.err = l.events, false, nil
		if c.guard.mayHold(&l.targets) {
			c.holds, c.err = c.parsed.Eval(context.Background(), l.current)
		}
	}
	return c.holds, c.err
}
