package configcheck

import (
	"github.com/cowork-otel/collector/distro/rawcheck"
)

// checkRaw warns of telemetry without redaction, which is an error if redaction is required.
func checkRaw(c *checker) {
	required, err := rawcheck.Required(c.LookupEnv)
	if err != nil {
		c.addError(rawcheck.Variable, "%s", err)
	}
	for _, p := range rawcheck.Check(c.service.graph) {
		if required {
			c.addError(p.Where, "%s", p.Text+"; "+rawcheck.Variable+" refuses it")
		} else {
			c.addWarning(p.Where, "%s", p.Text)
		}
	}
}
