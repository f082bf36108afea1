package literal

import (
	"slices"
	"strings"
)

// useful returns a set if each literal of it is worth looking for, and nil if not.
func useful(set []string) []string {
	if len(set) == 0 || shortest(set) < minLen {
		return nil
	}
	cut := make([]string, len(set))
	for i, s := range set {
		cut[i] = s[:min(len(s), maxLen)]
	}
	return sorted(cut)
}

// better returns the set whose shortest literal is longer, or the smaller set.
func better(a, b []string) []string {
	la, lb := shortest(a), shortest(b)
	if la > lb || la == lb && len(a) <= len(b) {
		return a
	}
	return b
}

// shortest returns the length of the shortest literal, 0 if there is none.
func shortest(set []string) int {
	if len(set) == 0 {
		return 0
	}
	n := len(set[0])
	for _, s := range set[1:] {
		n = min(n, len(s))
	}
	return n
}

func sorted(set []string) []string {
	slices.Sort(set)
	return slices.Compact(set)
}

// shortestOnly drops literals that contain another one.
func shortestOnly(set []string) []string {
	return slices.DeleteFunc(slices.Clone(set), func(long string) bool {
		return slices.ContainsFunc(set, func(short string) bool { return short != long && strings.Contains(long, short) })
	})
}

// join returns each of a followed by each of b, unless that is too much.
func join(a, b []string) (joined []string, ok bool) {
	if len(a)*len(b) > maxSet || shortest(a)+shortest(b) > 4*maxLen {
		return nil, false
	}
	for _, first := range a {
		for _, second := range b {
			joined = append(joined, first+second)
		}
	}
	return sorted(joined), true
}
