package ecs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/schema"
)

// techniquePattern matches the id of a technique of ATT&CK in a tag of a rule, and the id
// of its sub-technique.
var techniquePattern = regexp.MustCompile(`(?i)^attack\.(t\d{4})(\.\d{3})?$`)

// The fields of the techniques of an alert.
const (
	frameworkField    = "threat.framework"
	techniqueField    = "threat.technique.id"
	subTechniqueField = "threat.technique.subtechnique.id"
)

// writeTechniques writes the techniques of an alert, each once, and their sub-techniques.
func writeTechniques(w *writer) {
	var ids, sub []string
	for _, tag := range schema.TagsOf(w.Event, &w.bounds) {
		id := techniquePattern.FindStringSubmatch(tag)
		if id == nil {
			continue
		}
		technique := strings.ToUpper(id[1])
		ids = appendNew(ids, technique)
		if id[2] != "" {
			sub = appendNew(sub, technique+id[2])
		}
	}
	if len(ids) == 0 {
		return
	}
	w.dst.PutStr(frameworkField, "MITRE ATT&CK")
	w.putAll(techniqueField, ids...)
	if len(sub) > 0 {
		w.putAll(subTechniqueField, sub...)
	}
}

// appendNew appends a text that the list does not contain.
func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
