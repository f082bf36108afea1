package alert

import (
	"errors"
	"math"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Language returns the compiler for the rule of a name.
type Language func(rule string) Compiler

// A Compiler compiles the conditions and expressions of one rule. The functions that it
// returns accept any event, and are called by one goroutine at a time.
type Compiler interface {
	// Condition compiles a condition.
	Condition(text string) (func(cowork.Event) bool, error)
	// Text compiles an expression for text. It is false for an event that has none.
	Text(text string) (func(cowork.Event) (string, bool), error)
	// Number compiles an expression for a number. It is false for an event that has none.
	Number(text string) (func(cowork.Event) (float64, bool), error)
	// Shown returns why the value of an expression must not be shown to people, nil if it
	// may.
	Shown(text string) error
}

// A noCompiler accepts every text. The functions that it returns must not be called.
type noCompiler struct{}

func (noCompiler) Condition(string) (func(cowork.Event) bool, error)         { return nil, nil }
func (noCompiler) Text(string) (func(cowork.Event) (string, bool), error)    { return nil, nil }
func (noCompiler) Number(string) (func(cowork.Event) (float64, bool), error) { return nil, nil }
func (noCompiler) Shown(string) error                                        { return nil }

// record adds an expression to those of the rule. The expressions of all kinds of rules
// pass through one of the methods below, which record them.
func (c *ruleCompiler) record(key, text string, isName bool) {
	c.expressions = append(c.expressions, Expression{key, text, isName})
}

// compileCondition compiles a condition that must be set.
func (c *ruleCompiler) compileCondition(key, text string) condition {
	if text == "" {
		c.fail(key, "must be a condition, such as 'true'")
		return nil
	}
	c.record(key, text, false)
	compiled, err := c.lang.Condition(text)
	c.failOn(key, err)
	return compiled
}

var errNoName = errors.New("must name a dimension or an attribute, or be an expression")

// textReader compiles the name of an attribute or an expression, whose values are not
// shown.
func (c *ruleCompiler) textReader(key, text string) field {
	if text == "" {
		c.failOn(key, errNoName)
		return field{}
	}
	c.record(key, text, isName(text))
	if isName(text) {
		return field{name: text, read: attributeReader(text)}
	}
	return c.expressionReader(key, text)
}

// shownReader compiles the name of an attribute or an expression, whose values are shown
// in alerts.
func (c *ruleCompiler) shownReader(key, text string) field {
	if !isName(text) {
		if text != "" {
			c.failOn(key, c.lang.Shown(text))
		}
		return c.textReader(key, text)
	}
	c.record(key, text, true)
	f, err := c.shown.field(text)
	c.failOn(key, err)
	return f
}

func (c *ruleCompiler) expressionReader(key, text string) field {
	read, err := c.lang.Text(text)
	c.failOn(key, err)
	return field{name: text, read: func(ev cowork.Event) string { v, _ := read(ev); return v }}
}

// An Amount is a number of an event: an attribute or an expression.
type Amount struct {
	Attribute string `mapstructure:"attribute" yaml:"attribute,omitempty"`
	Value     string `mapstructure:"value" yaml:"value,omitempty"`
}

// A number reads a number of an event. It is false for an event that has none.
type number func(cowork.Event) (float64, bool)

func one(cowork.Event) (float64, bool) { return 1, true }

// amountReader compiles an amount. If the amount is optional and not set, events are
// counted.
func (c *ruleCompiler) amountReader(key string, a Amount, optional bool) number {
	switch {
	case a.Attribute != "" && a.Value != "":
		c.fail(key+"::value", "must not be set together with attribute")
	case a.Attribute != "":
		c.record(key+"::attribute", a.Attribute, true)
		return plausible(func(ev cowork.Event) (float64, bool) { return ev.Float(a.Attribute) })
	case a.Value != "":
		c.record(key+"::value", a.Value, false)
		read, err := c.lang.Number(a.Value)
		c.failOn(key+"::value", err)
		return plausible(read)
	case !optional:
		c.fail(key+"::attribute", "must name what is added up (or value must be an expression for it)")
	}
	return one
}

// maxAmount is more than any event can cost or count. Sums of greater numbers could
// overflow.
const maxAmount = 1e15

// plausible ignores numbers beyond maxAmount.
func plausible(read number) number {
	return func(ev cowork.Event) (float64, bool) {
		f, ok := read(ev)
		return f, ok && math.Abs(f) <= maxAmount
	}
}

func (c *ruleCompiler) checkNotNegative(key string, f float64) {
	c.check(!math.IsNaN(f) && !math.IsInf(f, 0) && f >= 0, key, "must be a number, 0 or more")
}

func (c *ruleCompiler) checkPositive(key string, f float64) {
	c.check(f > 0 && !math.IsInf(f, 0), key, "must be a number greater than 0")
}
