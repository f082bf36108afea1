package roster

import (
	"slices"
	"strconv"
	"strings"
)

// makeUnique gives different names to people of one name: the name and the team in
// parentheses, if the teams differ, else the name and a number, by the order of their
// identities. So the names do not depend on the order of the rows. team is -1 where
// teams are not kept.
func makeUnique(entries []*entry, name, team int) {
	byName := map[string][]*entry{}
	for _, e := range entries {
		slices.Sort(e.identities)
		if e.Values[name] != "" {
			byName[e.Values[name]] = append(byName[e.Values[name]], e)
		}
	}
	taken := map[string]bool{}
	var repeated []string
	for text, group := range byName {
		taken[text] = true
		if len(group) > 1 {
			repeated = append(repeated, text)
		}
	}
	slices.Sort(repeated)
	for _, text := range repeated {
		group := byName[text]
		slices.SortFunc(group, func(a, b *entry) int { return slices.Compare(a.identities, b.identities) })
		if !nameByTeam(group, text, name, team, taken) {
			nameByNumber(group, text, name, taken)
		}
	}
}

// nameByTeam adds the teams to the names of a group, and reports whether that makes them
// different.
func nameByTeam(group []*entry, text string, name, team int, taken map[string]bool) bool {
	if team < 0 {
		return false
	}
	names := make([]string, len(group))
	seen := map[string]bool{}
	for i, e := range group {
		names[i] = text + " (" + e.Values[team] + ")"
		if e.Values[team] == "" || len(names[i]) > MaxValueBytes || taken[names[i]] || seen[names[i]] {
			return false
		}
		seen[names[i]] = true
	}
	for i, e := range group {
		e.Values[name] = names[i]
		taken[names[i]] = true
	}
	return true
}

// nameByNumber adds numbers to the names of a group.
func nameByNumber(group []*entry, text string, name int, taken map[string]bool) {
	const digits = 8 // of a space and a number
	if len(text) > MaxValueBytes-digits {
		text = strings.TrimSpace(strings.ToValidUTF8(text[:MaxValueBytes-digits], ""))
	}
	n := 1
	for _, e := range group {
		for taken[text+" "+strconv.Itoa(n)] {
			n++
		}
		e.Values[name] = text + " " + strconv.Itoa(n)
		taken[e.Values[name]] = true
	}
}
