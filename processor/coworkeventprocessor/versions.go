package coworkeventprocessor

import (
	"regexp"
	"sync"
)

// maxVersions bounds the client versions that are told apart. A fleet of 37
// users ran 26 versions within three weeks (telemetry.md: CCOTEL).
const maxVersions = 128

// otherVersion stands for what is no version, and for versions over the bound.
const otherVersion = "other"

// versionShape is that of 2.1.329 and 1.15962.1-beta.2. A sender can write what
// it likes into the version, so neither a phone number nor an IP address may fit.
var versionShape = regexp.MustCompile(`^\d{1,2}\.\d{1,5}\.\d{1,5}(-[a-z]{1,10}(\.\d{1,4})?)?$`)

// versions turns client versions into metric labels, at most max of them. It is
// safe for concurrent use.
type versions struct {
	max int

	mu   sync.RWMutex
	seen map[string]bool
}

func newVersions(limit int) *versions {
	return &versions{max: limit, seen: map[string]bool{}}
}

// label returns the version itself while it looks like one and is among the
// first max that were seen, else "other".
func (v *versions) label(version string) string {
	v.mu.RLock()
	known := v.seen[version]
	v.mu.RUnlock()
	if known || len(version) <= maxVersionBytes && versionShape.MatchString(version) && v.admit(version) {
		return version
	}
	return otherVersion
}

const maxVersionBytes = 32

func (v *versions) admit(version string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.seen[version] && len(v.seen) >= v.max {
		return false
	}
	v.seen[version] = true
	return true
}
