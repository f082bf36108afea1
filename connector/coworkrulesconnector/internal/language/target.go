package language

import (
	"slices"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language/internal/literals"
)

// A target is a converter or an attribute of records that guards test, with its value of
// the current event. It is read when the first guard tests it.
type target struct {
	attribute string // "" for the converters, which are the first targets
	value
	compared  map[string]int // numbers, from 1, of the texts that guards compare it with
	number    int            // of the value, 0 for any other text
	isScanned bool
	found     literals.Text
}

// A value is a value as guards compare it.
type value struct {
	state state
	text  string
}

type state uint8

const (
	isUnread state = iota
	isMissing
	isText
	isTrue
	isFalse
	isOther // a value of another type
)

// states are the states of the values without a text.
var states = map[bool]state{true: isTrue, false: isFalse}

// Targets are the targets of all guards, and the literals of the patterns of IsMatch.
type targets struct {
	ctx      *ottllog.TransformContext // of the current event
	convert  func(converter int, ctx *ottllog.TransformContext) any
	list     []target
	other    target // a text that is the value of none
	literals literals.Set
}

// indexOf returns the index of the target for an attribute.
func (t *targets) indexOf(attribute string) int {
	i := slices.IndexFunc(t.list, func(known target) bool { return known.attribute == attribute })
	if i < 0 {
		i = len(t.list)
		t.list = append(t.list, target{attribute: attribute})
	}
	return i
}

// at returns a target with its value of the current event.
func (t *targets) at(i int) *target {
	target := &t.list[i]
	if target.state == isUnread {
		target.value = t.read(i)
		target.number = 0
		if target.state == isText && len(target.compared) > 0 {
			target.number = target.compared[target.text]
		}
	}
	return target
}

// numberOf returns the number of a text that guards compare a target with.
func (t *targets) numberOf(text string, i int) int {
	target := &t.list[i]
	if target.compared == nil {
		target.compared = map[string]int{}
	}
	if target.compared[text] == 0 {
		target.compared[text] = len(target.compared) + 1
	}
	return target.compared[text]
}

func (t *targets) read(i int) value {
	name := t.list[i].attribute
	if name == "" {
		if text, ok := t.convert(i, t.ctx).(string); ok {
			return value{isText, text}
		}
		return value{state: isMissing}
	}
	v, ok := t.ctx.GetLogRecord().Attributes().Get(name)
	if !ok {
		return value{state: isMissing}
	}
	switch v.Type() {
	case pcommon.ValueTypeEmpty:
		return value{state: isMissing}
	case pcommon.ValueTypeStr:
		return value{isText, v.Str()}
	case pcommon.ValueTypeBool:
		return value{state: states[v.Bool()]}
	}
	return value{state: isOther}
}

// scanned returns the literals of the value of a target.
func (t *targets) scanned(of *target) *literals.Text {
	if !of.isScanned || !t.literals.IsScanned(&of.found) {
		t.literals.Scan(of.text, &of.found)
		of.isScanned = true
	}
	return &of.found
}

// reset forgets the values of the current event.
func (t *targets) reset() {
	t.ctx = nil
	for i := range t.list {
		t.list[i].value, t.list[i].isScanned = value{}, false
	}
	t.other.value, t.other.isScanned = value{}, false
}

// mayMatch reports whether a pattern may match a text, which is the value of a target most
// of the time.
func (t *targets) mayMatch(p *literals.Pattern, text string) bool {
	for i := range t.list {
		if known := &t.list[i]; known.isScanned && known.text == text {
			return p.MayMatch(t.scanned(known))
		}
	}
	if t.other.text != text {
		t.other.text, t.other.isScanned = text, false
	}
	return p.MayMatch(t.scanned(&t.other))
}
