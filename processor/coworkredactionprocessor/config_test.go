package coworkredactionprocessor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
)

func TestValidate(t *testing.T) {
	check := func(change func(*Config), want ...string) {
		t.Helper()
		cfg := createDefaultConfig().(*Config)
		change(cfg)
		err := confmap.Validate(cfg)
		if len(want) == 0 {
			require.NoError(t, err)
			return
		}
		for _, text := range want {
			require.ErrorContains(t, err, text)
		}
	}
	check(func(*Config) {})
	check(func(c *Config) { c.CustomPatterns = map[CustomName]Pattern{"mrn": `\bMRN-\d{8}\b`} })
	check(func(c *Config) { c.CustomPatterns = map[CustomName]Pattern{"mrn": `MRN-(\d{8}`} }, "custom_patterns::mrn: missing closing )")
	check(func(c *Config) { c.CustomPatterns = map[CustomName]Pattern{"mrn": ``} }, "custom_patterns::mrn: ")
	check(func(c *Config) { c.CustomPatterns = map[CustomName]Pattern{"mrn": `x*`} }, "custom_patterns::mrn: matches the empty text")
	check(func(c *Config) { c.CustomPatterns = map[CustomName]Pattern{"M R N": `x`} }, "custom_patterns::M R N: ")
	check(func(c *Config) { c.CustomPatterns = map[CustomName]Pattern{"email": `x`} }, "custom_patterns::email: ")
	check(func(c *Config) { c.DisabledPatterns = []PatternName{"phone", "emial"} },
		`disabled_patterns::1: unknown pattern "emial" (have private_key, jwt,`)
	check(func(c *Config) { c.Identities.Action = "hash" }, `identities::action: unknown action "hash" (have redact, pseudonymize, keep)`)
	check(func(c *Config) { c.Identities.Action = ActionPseudonymize }, "identities: key: has 0 bytes (a pseudonym needs at least 32")
	check(func(c *Config) { c.Identities.Action, c.Identities.Key = ActionPseudonymize, "short-key-x" }, "has 11 bytes")
	check(func(c *Config) {
		c.Identities.Action, c.Identities.Key = ActionPseudonymize, "0123456789abcdef0123456789abcdef"
	})
	check(func(c *Config) { c.Identities.Display = []Display{"name", "nickname"} }, `identities::display::1: unknown value "nickname" (have name, email, pseudonym, id)`)
	check(func(c *Config) { c.Identities.Display = []Display{DisplayPseudonym} }, "identities: key: has 0 bytes (a pseudonym needs at least 32")
	check(func(c *Config) { c.Identities.Actions = map[Key]Action{"host.name": "hash"} }, `identities::actions::host.name: unknown action "hash" (have redact,`)
	check(func(c *Config) { c.Identities.Actions = map[Key]Action{"": ActionKeep} }, "identities::actions::: is empty (an attribute's name")
	check(func(c *Config) { c.Identities.Actions = map[Key]Action{"host.name": ActionKeep} })
	check(func(c *Config) { c.Identities.Actions = map[Key]Action{"host.name": ActionPseudonymize} }, "identities: key: has 0 bytes")
	check(func(c *Config) { c.MaxValueBytes = -1 }, "max_value_bytes: must be positive, is -1")
	check(func(c *Config) { c.MaxValueBytes = 0 }, "max_value_bytes: must be positive, is 0")
	check(func(c *Config) { c.UnknownContent = UnknownScan })
	check(func(c *Config) { c.UnknownContent = "drop" }, `unknown_content: unknown value "drop" (have replace, scan)`)
	check(func(c *Config) { c.MaxUnknownBytes = 0 }, "max_unknown_bytes: must be positive, is 0")
	check(func(c *Config) { c.KnownAttributes = []Key{""} }, "known_attributes::0: is empty")
	check(func(c *Config) { c.ExtraSensitiveAttributes = []Key{"a", ""} }, "extra_sensitive_attributes::1: is empty")
	check(func(c *Config) { c.Identities.Attributes = []Key{""} }, "identities::attributes::0: is empty")
	check(func(c *Config) {
		c.MaxValueBytes, c.Identities.Action = -1, "hash"
		c.DisabledPatterns = []PatternName{"emial"}
		c.CustomPatterns = map[CustomName]Pattern{"mrn": `(`}
	}, "max_value_bytes: ", "identities::action: ", "disabled_patterns::0: ", "custom_patterns::mrn: ")
}

func TestErrorsDoNotShowTheKey(t *testing.T) {
	cfg := createDefaultConfig().(*Config)
	cfg.Identities.Action, cfg.Identities.Key = ActionPseudonymize, "short-key-x"
	err := confmap.Validate(cfg)
	require.Error(t, err)
	require.NotContains(t, err.Error(), "short-key-x")
}
