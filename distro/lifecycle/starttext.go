package lifecycle

import (
	"regexp"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// startTexts replace the texts of the collector around the error of a component by its key.
var startTexts = []struct {
	pattern *regexp.Regexp
	key     string
}{
	{regexp.MustCompile(`^(?:failed to setup configuration components: )?(?:cannot start pipelines|failed to build pipelines|failed to build extensions): `), ""},
	{regexp.MustCompile(`^failed to start "([^"]+)" (\w+): `), "${2}s::$1: "},
	{regexp.MustCompile(`^failed to start receiver "([^"]+)": `), "receivers::$1: "},
	{regexp.MustCompile(`^failed to create extension "([^"]+)": `), "extensions::$1: "},
	{regexp.MustCompile(`^failed to create "([^"]+)" (\w+)(?: for data type "[^"]+"|, in pipeline "[^"]+"): `), "${2}s::$1: "},
	{regexp.MustCompile(`^failed to create connector "([^"]+)"(?: in pipelines \S+ and \S+)?: `), "connectors::$1: "},
	{regexp.MustCompile(`^cycle detected: `), "service::pipelines: connectors are in a circle (remove one of them from a pipeline): "},
}

// startText returns the text of an error of a start with the key of the component in front.
func startText(text string) string {
	for _, t := range startTexts {
		text = t.pattern.ReplaceAllString(text, t.key)
	}
	return configcheck.WithValues(text)
}
