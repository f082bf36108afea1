package configcheck

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// A contentReader is the configuration of a component with rules that read content.
type contentReader interface {
	// ContentNeeded returns the switches of clients without which an enabled rule never
	// fires, by its name.
	ContentNeeded() map[string][]string
}

// contentKeys are the keys of cowork_redaction that replace the content of a switch.
var contentKeys = map[string]string{
	"user_prompts":        "redact_prompt_content",
	"assistant_responses": "redact_response_content",
	"raw_api_bodies":      "redact_api_bodies",
}

// checkRules warns of rules that never fire, because redaction in front of them replaces all
// content that they read.
func checkRules(c *checker) {
	for where, cfg := range c.inUse() {
		rules, reads := cfg.(contentReader)
		id, isConnector := strings.CutPrefix(where, "connectors"+delimiter)
		if !reads || !isConnector {
			continue
		}
		redaction, at := redactionBefore(c.service.graph, id)
		if at == "" {
			continue
		}
		needed := rules.ContentNeeded()
		for _, rule := range slices.Sorted(maps.Keys(needed)) {
			if keys := replaces(redaction, needed[rule]); len(keys) > 0 {
				c.addWarning(where+delimiter+"builtin_rules", "%s never fires: processors::%s replaces all content that it reads (set %s to false, or take the rule out)", rule, at, strings.Join(keys, ", "))
			}
		}
	}
}

// redactionBefore returns the cowork_redaction in front of a connector and its ID, "" if there
// is none.
func redactionBefore(g pipelines.Graph, connector string) (config map[string]any, id string) {
	for _, p := range g.Pipelines {
		if !slices.Contains(p.Exporters, connector) {
			continue
		}
		for _, before := range append([]pipelines.Pipeline{p}, g.Before(p, connector)...) {
			for _, id := range before.Processors {
				if pipelines.TypeOf(id) == "cowork_redaction" {
					return g.Config("processors", id), id
				}
			}
		}
	}
	return nil, ""
}

// replaces returns the keys that replace the content of all switches, nil if one is left.
func replaces(redaction map[string]any, switches []string) (keys []string) {
	for _, name := range switches {
		key := contentKeys[name]
		if key == "" || fmt.Sprint(redaction[key]) == "false" || fmt.Sprint(redaction["enabled"]) == "false" {
			return nil
		}
		keys = append(keys, key)
	}
	return keys
}
