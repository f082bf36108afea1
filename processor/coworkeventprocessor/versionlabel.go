package coworkeventprocessor

import (
	"regexp"
	"sync"
)

// maxVersions bounds the client versions with a label of their own. A fleet of 37
// users ran 26 versions within three weeks (telemetry.md: CCOTEL).
const maxVersions = 128

// otherVersion is the label of texts that are no version, and of versions over the bound.
const otherVersion = "other"

// versionFormat matches 2.1.329 and 1.15962.1-beta.2. A sender can write any text
// into the version, so it matches neither a phone number nor an IP address.
var versionFormat = regexp.MustCompile(`^\d{1,2}\.\d{1,5}\.\d{1,5}(-[a-z]{1,10}(\.\d{1,4})?)?$`)

// versionLabels maps client versions to metric labels, at most max of them. It is
// safe for concurrent use.
type versionLabels struct {
	max int

	mu   sync.RWMutex
	seen map[string]bool
}

func newVersionLabels(limit int) *versionLabels {
	return &versionLabels{max: limit, seen: map[string]bool{}}
}

// label returns the version itself if it has the format of one and is among the first
// max different ones, else "other".
func (v *versionLabels) label(version string) string {
	v.mu.RLock()
	known := v.seen[version]
	v.mu.RUnlock()
	if known || len(version) <= maxVersionBytes && versionFormat.MatchString(version) && v.admit(version) {
		return version
	}
	return otherVersion
}

const maxVersionBytes = 32

func (v *versionLabels) admit(version string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.seen[version] && len(v.seen) >= v.max {
		return false
	}
	v.seen[version] = true
	return true
}
