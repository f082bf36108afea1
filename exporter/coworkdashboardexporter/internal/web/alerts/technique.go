package alerts

import "strings"

// lists are the names of the lists that tags are from, by their first part.
var lists = []struct{ prefix, name string }{
	{"attack.", "ATT&CK"}, {"atlas.", "ATLAS"}, {"owasp.", "OWASP"},
}

// techniquesOf returns the techniques of the tags of a rule by their list, such as
// "ATT&CK T1059.004, T1071 · OWASP LLM03-2026". Tags of other lists come last.
func techniquesOf(tags []string) string {
	ids := make([][]string, len(lists)+1)
	for _, tag := range tags {
		at, id := len(lists), tag
		for i, l := range lists {
			if rest, ok := strings.CutPrefix(tag, l.prefix); ok {
				at, id = i, strings.ToUpper(rest)
			}
		}
		ids[at] = append(ids[at], id)
	}
	var parts []string
	for i, list := range ids {
		text := strings.Join(list, ", ")
		if text != "" && i < len(lists) {
			text = lists[i].name + " " + text
		}
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}
