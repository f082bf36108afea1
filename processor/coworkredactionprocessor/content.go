package coworkredactionprocessor

import (
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/pii"
)

// A contentSwitch is a key of the configuration that replaces one type of content.
type contentSwitch struct {
	enabled func(*Config) bool
	with    *pii.Pattern
}

var (
	promptSwitch   = contentSwitch{func(c *Config) bool { return c.RedactPromptContent }, replacePrompt}
	responseSwitch = contentSwitch{func(c *Config) bool { return c.RedactResponseContent }, replaceResponse}
	bodySwitch     = contentSwitch{func(c *Config) bool { return c.RedactAPIBodies }, replaceBody}
)

// switchOf returns the switch of an attribute of the schema, nil if its text is scanned.
// The gate of an attribute with content names the type of the content.
func switchOf(attr cowork.Attribute) *contentSwitch {
	switch {
	case attr.Class != cowork.Content:
	case attr.Name == "gen_ai.tool.call.arguments": // the model writes them
		return &responseSwitch
	case attr.Name == "gen_ai.tool.call.result": // the model reads it in the next request
		return &promptSwitch
	case attr.Gate == cowork.UserPrompts:
		return &promptSwitch
	case attr.Gate == cowork.AssistantResponses:
		return &responseSwitch
	case attr.Gate == cowork.RawAPIBodies:
		return &bodySwitch
	}
	return nil
}

// genAI is the namespace of the GenAI conventions. Its attributes are known one by one,
// since many of them have content.
const genAI = "gen_ai."

// indexedContent are the attributes that some instrumentations split into one for each
// message: gen_ai.prompt.0.content.
var indexedContent = []string{"gen_ai.prompt", "gen_ai.completion", "gen_ai.input.messages", "gen_ai.output.messages"}

// indexedKey returns the attribute that a key is a part of, "" if it is none.
func indexedKey(key string) string {
	for _, name := range indexedContent {
		if rest, ok := strings.CutPrefix(key, name); ok && rest != "" && rest[0] == '.' {
			return name
		}
	}
	return ""
}

// conventions are the namespaces of the OpenTelemetry semantic conventions whose
// attributes describe the sender or a call and can be long: addresses, queries, stack
// traces, annotations. Their long texts are scanned. Namespaces with text of people, such
// as gen_ai, log and user, are not among them, nor are those with short values only.
var conventions = map[string]bool{
	"aws": true, "azure": true, "cloud": true, "code": true, "container": true, "db": true, "deployment": true, "exception": true,
	"faas": true, "gcp": true, "heroku": true, "host": true, "http": true, "k8s": true, "messaging": true, "oci": true,
	"openshift": true, "os": true, "otel": true, "process": true, "rpc": true, "service": true, "telemetry": true, "tls": true,
	"url": true, "user_agent": true, "vcs": true, "webengine": true,
}

// isConvention reports whether the semantic conventions define the namespace of a key.
func isConvention(key string) bool {
	namespace, _, ok := strings.Cut(key, ".")
	return ok && conventions[namespace] || key == "error.message"
}
