// Package semconv names the versions of the GenAI conventions that spans and metrics can
// follow.
//
// The conventions moved from the semantic conventions of OpenTelemetry, whose last version
// with them is v1.41, to a repository of their own. Some names differ. That repository has
// no release that could be confirmed: GenAI0 has the names of its texts of October 2026, with
// the schema gen-ai-dev/1.42.0-dev in their manifest.
package semconv

import (
	"fmt"
	"slices"
)

// A Version selects the names that are emitted.
type Version string

// The versions. Both emits the names of the two others.
const (
	V141   Version = "v1.41"
	GenAI0 Version = "genai-v0.1"
	Both   Version = "both"
)

var versions = []Version{V141, GenAI0, Both}

// Validate checks that the version exists.
func (v Version) Validate() error {
	if slices.Contains(versions, v) {
		return nil
	}
	return fmt.Errorf("unknown value %q (have v1.41, genai-v0.1, both)", string(v))
}

// Emits reports whether a name is emitted that is part of one version only. The zero of
// only is a name of every version, that of v is V141.
func (v Version) Emits(only Version) bool {
	if v == "" {
		v = V141
	}
	return only == "" || v == Both || v == only
}
