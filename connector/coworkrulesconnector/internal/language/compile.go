package language

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Compiler compiles the conditions and expressions of one rule.
type Compiler struct {
	language *Language
	rule     string
}

// For returns the compiler of a rule.
func (l *Language) For(rule string) Compiler { return Compiler{l, rule} }

// Condition compiles a condition. Rules with the same condition share its evaluation.
func (c Compiler) Condition(text string) (func(cowork.Event) bool, error) {
	shared, err := c.language.conditionOf(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) bool {
		holds, err := c.language.holds(shared, ev)
		return c.succeeded(err) && holds
	}, nil
}

// Text compiles an expression whose value is a text or can be formatted as one.
func (c Compiler) Text(text string) (func(cowork.Event) (string, bool), error) {
	value, err := c.expression(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) (string, bool) {
		v := value(ev)
		s, ok := textOf(v)
		if !ok && v != nil {
			c.countFault("type")
		}
		return s, ok
	}, nil
}

// Number compiles an expression whose value is a number or a text that can be parsed as one.
func (c Compiler) Number(text string) (func(cowork.Event) (float64, bool), error) {
	value, err := c.expression(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) (float64, bool) {
		v := value(ev)
		f, ok := numberOf(v)
		if !ok && v != nil {
			c.countFault("type")
		}
		return f, ok
	}, nil
}

// Shown is [Shown].
func (c Compiler) Shown(text string) error { return Shown(text) }

// expression compiles an expression. The value is nil if the evaluation fails.
func (c Compiler) expression(text string) (func(cowork.Event) any, error) {
	parsed, err := c.language.parse.expression(text)
	if err != nil {
		return nil, err
	}
	return func(ev cowork.Event) any {
		ctx, release := c.language.contextOf(ev)
		defer release()
		v, err := parsed.Eval(context.Background(), ctx)
		if !c.succeeded(err) {
			return nil
		}
		return v
	}, nil
}

// succeeded counts the error of an evaluation.
func (c Compiler) succeeded(err error) bool {
	if err != nil {
		c.countFault(errorKind(err))
	}
	return err == nil
}

func (c Compiler) countFault(kind string) { c.language.faults[Fault{c.rule, kind}]++ }

// errorKind returns the kind of an error. The text of the error contains values of events.
func errorKind(err error) string {
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
