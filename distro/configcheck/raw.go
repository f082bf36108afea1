package configcheck

import (
	"github.com/cowork-otel/collector/distro/pipelines"
	"github.com/cowork-otel/collector/distro/rawcheck"
)

// checkRaw warns of telemetry without redaction, which is an error if redaction is required.
func checkRaw(r *Report, g pipelines.Graph, lookup func(name string) (string, bool)) {
	required, err := rawcheck.Required(lookup)
	if err != nil {
		r.addError(rawcheck.Variable, "%s", err)
	}
	for _, p := range rawcheck.Check(g) {
		if required {
			r.addError(p.Where, "%s", p.Text+"; "+rawcheck.Variable+" refuses it")
		} else {
			r.addWarning(p.Where, "%s", p.Text)
		}
	}
}
