package language

import "strings"

// nearest returns the name with the smallest distance to a mistyped one, "" if none is near.
func nearest(typed string, names []string) (near string) {
	want := letters(typed)
	least := 1 + len(want)/3
	for _, name := range names {
		if d := distance(want, letters(name)); d < least || d == least && near != "" && len(name) < len(near) {
			near, least = name, d
		}
	}
	return near
}

// letters returns a name without the characters that join its words.
func letters(s string) string {
	return strings.NewReplacer(".", "", "_", "", "-", "").Replace(strings.ToLower(s))
}

// distance returns the number of bytes that must be changed, added or removed. A missing
// start or end counts as one.
func distance(a, b string) int {
	if a != "" && a != b && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a)) {
		return 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
