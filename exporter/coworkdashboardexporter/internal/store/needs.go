package store

import "strings"

// needsUsers is the bit of [needs] for how many users a group has.
const needsUsers = 1 << maxMeasures

// needs returns what a query reads of a family: a bit for each measure, and one for
// users. Most queries read one or two of eleven columns, and reading numbers that nobody
// asked for would take most of an answer's time. A name that stands in a query for
// something else makes it slower and no less right.
func needs(f *measureGroup, query string) (bits int64) {
	for i, name := range f.measures {
		if strings.Contains(query, name) {
			bits |= 1 << i
		}
	}
	if strings.Contains(query, "users") {
		bits |= needsUsers
	}
	return bits
}
