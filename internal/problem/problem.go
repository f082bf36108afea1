package problem

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Problem is what a component has found. Its texts are names, counts and advice, never
// values of telemetry or secrets.
type Problem struct {
	Component string // a [ComponentName]
	Subject   string // what has the problem; unique for the component
	Text      string // what is wrong
	Advice    string // what to do
	Since     time.Time
	Count     int64 // of reports since
}

// ComponentName returns the name of a component in problems and in the health check, such as
// "exporter cowork_alert": its kind and its ID.
func ComponentName(kind, id fmt.Stringer) string {
	return strings.ToLower(kind.String()) + " " + id.String()
}

// maxProblems bounds the list. Further problems are counted.
const maxProblems = 100

type key struct{ component, subject string }

var (
	mu      sync.Mutex
	known   = map[key]Problem{}
	dropped Problem // the reports beyond the bound
)

// Report adds a problem, or replaces the texts of the one with its component and subject
// and counts it. It reports whether the problem is new or has another text.
func Report(p Problem) (changed bool) {
	mu.Lock()
	defer mu.Unlock()
	k := key{p.Component, p.Subject}
	before, found := known[k]
	if !found && len(known) >= maxProblems {
		if dropped.Count == 0 {
			dropped = Problem{Component: "(other)", Subject: "(other)", Text: "further problems are not listed", Advice: "Solve those that are listed. The log has all.", Since: p.Since}
		}
		dropped.Count++
		return false
	}
	if found {
		p.Since = before.Since
	}
	p.Count = before.Count + 1
	known[k] = p
	return !found || before.Text != p.Text
}

// Solve removes a problem. It reports whether there was one.
func Solve(component, subject string) bool {
	mu.Lock()
	defer mu.Unlock()
	_, found := known[key{component, subject}]
	delete(known, key{component, subject})
	return found
}

// SolveAll removes all problems of a component, such as at its shutdown.
func SolveAll(component string) {
	mu.Lock()
	defer mu.Unlock()
	maps.DeleteFunc(known, func(k key, _ Problem) bool { return k.component == component })
	maps.DeleteFunc(degraded, func(k key, _ time.Time) bool { return k.component == component })
}

// List returns the problems, the oldest first, and at the end one for all that were reported
// beyond the bound.
func List() []Problem {
	mu.Lock()
	defer mu.Unlock()
	list := slices.SortedFunc(maps.Values(known), func(a, b Problem) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Component, b.Component), cmp.Compare(a.Subject, b.Subject))
	})
	if dropped.Count > 0 {
		list = append(list, dropped)
	}
	return list
}
