package store

import "strings"

// needsUsers is the bit of [needs] for the number of users.
const needsUsers = 1 << maxMeasures

// needs returns the columns that a query reads of a measure group: a bit for each
// measure, and one for users. Most queries read one or two of eleven columns, and reading
// the others would take most of the time. A false match makes a query slower, not wrong.
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
