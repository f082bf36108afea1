package sigma

import (
	"slices"
	"strings"
)

// tagNamespaces are the namespaces of tags that Sigma defines. Validators of rules reject
// others.
var tagNamespaces = []string{"attack", "car", "cve", "d3fend", "detection", "stp", "tlp"}

// references are the forms of tags outside of Sigma's namespaces, by their own namespace.
var references = map[string]func(name string) string{
	"atlas": func(name string) string { return "MITRE ATLAS " + strings.ToUpper(name) },
	"owasp": func(name string) string { return "OWASP " + strings.ToUpper(strings.Replace(name, "-", ":", 1)) },
}

// tagsOf returns the tags of an alert rule that Sigma has a namespace for, and the others
// as references.
func tagsOf(list []string) (tags, refs []string) {
	for _, tag := range slices.Compact(slices.Sorted(slices.Values(list))) {
		namespace, name, _ := strings.Cut(tag, ".")
		switch form := references[namespace]; {
		case slices.Contains(tagNamespaces, namespace):
			tags = append(tags, tag)
		case form != nil:
			refs = append(refs, form(name))
		default:
			refs = append(refs, tag)
		}
	}
	return tags, refs
}
