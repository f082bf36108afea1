package coworkalertexporter

import "strings"

// Labels of every alert. The fingerprint separates the groups of a rule even if the
// attributes that they differ in are not listed in labels.
const (
	nameLabel        = "alertname"
	severityLabel    = "severity"
	fingerprintLabel = "fingerprint"
)

var reservedLabels = []string{nameLabel, severityLabel, fingerprintLabel}

// ruleLabels in the list of labels selects all labels that the rule adds.
const (
	ruleLabels      = ruleLabelPrefix + "*"
	ruleLabelPrefix = "alert.labels."
)

// newAlertParser returns a parser for attributes that become labels and annotations.
func newAlertParser(labels, annotations []string) *alertParser {
	p := &alertParser{}
	for _, attribute := range labels {
		if attribute == ruleLabels {
			p.ruleLabels = true
		} else {
			p.labels = append(p.labels, field{attribute, labelName(attribute)})
		}
	}
	for _, attribute := range annotations {
		p.annotations = append(p.annotations, field{attribute, annotationName(attribute)})
	}
	return p
}

// annotationNames are the annotations that Alertmanager's templates have other names for.
var annotationNames = map[string]string{"alert.message": "summary"}

// annotationName returns the annotation for an attribute.
func annotationName(attribute string) string {
	if name, ok := annotationNames[attribute]; ok {
		return name
	}
	return labelName(strings.TrimPrefix(attribute, "alert."))
}

// labelName returns the label for an attribute, in characters that every release of
// Alertmanager accepts: user.email becomes user_email. Older releases reject a whole
// request for one dot in a name.
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
	// Two leading underscores are reserved for Alertmanager.
	for strings.HasPrefix(name, "__") {
		name = name[1:]
	}
	return name
}
