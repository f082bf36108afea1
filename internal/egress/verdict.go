package egress

import "slices"

// A Verdict is the result of looking up a name in the lists.
type Verdict string

// The verdicts. None is that of an event that names nothing, or of a kind of name that no
// list has.
const (
	None     Verdict = ""
	Local    Verdict = "local" // this machine or a private network, on no list
	Allowed  Verdict = "allowed"
	Unlisted Verdict = "unlisted"
	Disabled Verdict = "disabled"
)

// order is the order of the verdicts, the worst last.
var order = []Verdict{None, Local, Allowed, Unlisted, Disabled}

// worse returns the worse one of two verdicts.
func worse(a, b Verdict) Verdict {
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

// IsVerdict reports whether a text is a verdict.
func IsVerdict(s string) bool { return s != "" && slices.Contains(order, Verdict(s)) }
