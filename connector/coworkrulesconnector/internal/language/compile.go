package language

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Compiler compiles for one rule.
type Compiler struct {
	language *Language
	rule     string
}

// For returns the compiler of a rule, on whose account faults are counted.
func (l *Language) For(rule string) Compiler { return Compiler{l, rule} }

// Condition compiles a condition.
func (c Compiler) Condition(text string) (func(cowork.Event) bool, error) {
	parsed, err := c.language.parse.condition(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) bool {
		view, leave := c.language.view(ev)
		defer leave()
		holds, err := parsed.Eval(context.Background(), view)
		return c.fine(err) && holds
	}, nil
}

// Text compiles an expression whose value is text, or can be written as such.
func (c Compiler) Text(text string) (func(cowork.Event) (string, bool), error) {
	value, err := c.value(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) (string, bool) {
		v := value(ev)
		s, ok := textOf(v)
		if !ok && v != nil {
			c.count("type")
		}
		return s, ok
	}, nil
}

// Number compiles an expression whose value is a number, or a text that reads as one.
func (c Compiler) Number(text string) (func(cowork.Event) (float64, bool), error) {
	value, err := c.value(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) (float64, bool) {
		v := value(ev)
		f, ok := numberOf(v)
		if !ok && v != nil {
			c.count("type")
		}
		return f, ok
	}, nil
}

// Shown is [Shown].
func (c Compiler) Shown(text string) error { return Shown(text) }

// value compiles an expression. Its value is nil where it fails.
func (c Compiler) value(text string) (func(cowork.Event) any, error) {
	parsed, err := c.language.parse.expression(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) any {
		view, leave := c.language.view(ev)
		defer leave()
		v, err := parsed.Eval(context.Background(), view)
		if !c.fine(err) {
			return nil
		}
		return v
	}, nil
}

func (c Compiler) fine(err error) bool {
	if err != nil {
		c.count(kindOf(err))
	}
	return err == nil
}

func (c Compiler) count(kind string) { c.language.faults[Fault{c.rule, kind}]++ }

// kindOf says what kind of error it is. Its text has values of the event.
func kindOf(err error) string {
	var (
		typ    ottl.TypeError
		when   *time.ParseError
		number *strconv.NumError
	)
	switch {
	case errors.As(err, &typ):
		return "type"
	case errors.As(err, &when):
		return "time"
	case errors.As(err, &number):
		return "number"
	}
	return "other"
}
