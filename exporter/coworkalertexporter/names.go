package coworkalertexporter

import "strings"

// Labels that every alert has. The fingerprint keeps two groups of a rule apart also
// if what distinguishes them is not listed in labels.
const (
	nameLabel        = "alertname"
	severityLabel    = "severity"
	fingerprintLabel = "fingerprint"
)

// ruleLabels stands in a list of labels for all that a rule was given.
const ruleLabels = "alert.labels.*"

var ownLabels = []string{nameLabel, severityLabel, fingerprintLabel}

// annotationNames are the names that Alertmanager's templates and pages expect.
var annotationNames = map[string]string{"alert.message": "summary"}

// annotationName returns what an attribute is called as an annotation.
func annotationName(attribute string) string {
	if name, ok := annotationNames[attribute]; ok {
		return name
	}
	return labelName(strings.TrimPrefix(attribute, "alert."))
}

// labelName returns a name that each Alertmanager accepts: user.email becomes
// user_email. Newer ones take the dot too, older ones refuse the whole request.
func labelName(attribute string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, attribute)
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	// Names that begin with two are Alertmanager's own.
	for strings.HasPrefix(name, "__") {
		name = name[1:]
	}
	return name
}
