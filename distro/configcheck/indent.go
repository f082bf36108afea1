package configcheck

import (
	"regexp"
	"slices"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// pipelineName matches the name of a pipeline, such as logs/files.
var pipelineName = regexp.MustCompile(`^(logs|metrics|traces)(/|$)`)

// levelHint returns where a key belongs that is on the level of the sections: a component or
// a pipeline that is not indented. Otherwise it suggests a section.
func levelHint(key string, sections []section) string {
	if pipelineName.MatchString(key) {
		return " (indent it below service and pipelines)"
	}
	for _, s := range sections {
		if slices.Contains(s.types, pipelines.TypeOf(key)) {
			return " (indent it below " + s.name + ")"
		}
	}
	return suggest(key, topLevel)
}

// serviceHint returns the hint for an unknown key of the section service.
func serviceHint(key string) string {
	if pipelineName.MatchString(key) {
		return " (indent it below pipelines)"
	}
	return ""
}

// keyHint returns the hint for a name of a section that is no component: a key of a
// component that is not indented has a value in place of keys.
func keyHint(value any) string {
	switch value.(type) {
	case nil, map[string]any:
		return ""
	}
	return " (if it is a key of a component, indent it further)"
}
