package problem

import (
	"errors"
	"slices"
	"syscall"
	"time"
)

// degraded are the places that could not be written, with the time of the last attempt.
var degraded = map[key]time.Time{}

// degradedFor is how long a place counts as degraded after the last attempt. Without
// traffic there is no attempt: the health check would never succeed again.
const degradedFor = time.Minute

// ReportWrite reports that a component cannot write to a place, such as a file. The
// collector is degraded until [SolveWrite]. It returns whether the problem is new.
func ReportWrite(component, place string, err error, now time.Time) (changed bool) {
	Degrade(component, place, now)
	text := "cannot be written"
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		text = "cannot be written: no space left on its disk"
	}
	return Report(Problem{Component: component, Subject: place, Text: text, Advice: "Free space on the disk, and check that the collector's user may write there.", Since: now})
}

// SolveWrite ends the problem of a place. It reports whether there was one.
func SolveWrite(component, place string) bool {
	Recover(component, place)
	return Solve(component, place)
}

// Degrade marks a place as one that cannot be written, without a problem in the list.
func Degrade(component, place string, now time.Time) {
	mu.Lock()
	defer mu.Unlock()
	k := key{component, place}
	if _, found := degraded[k]; found || len(degraded) < maxProblems {
		degraded[k] = now
	}
}

// Recover ends the mark of a place.
func Recover(component, place string) {
	mu.Lock()
	defer mu.Unlock()
	delete(degraded, key{component, place})
}

// Degraded returns the components that cannot write now, sorted. The health check fails
// meanwhile.
func Degraded(now time.Time) (components []string) {
	mu.Lock()
	defer mu.Unlock()
	for k, last := range degraded {
		if now.Sub(last) < degradedFor {
			components = append(components, k.component)
		}
	}
	slices.Sort(components)
	return slices.Compact(components)
}
