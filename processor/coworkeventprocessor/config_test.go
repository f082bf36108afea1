package coworkeventprocessor

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
	check(func(c *Config) { c.Require, c.OnInvalid = LevelStandard, ActionDrop })
	check(func(c *Config) { c.Require = "strict" }, `require: unknown level "strict" (have minimal, standard)`)
	check(func(c *Config) { c.OnInvalid = "reject" }, `on_invalid: unknown action "reject" (have mark, drop)`)
	check(func(c *Config) { c.ServiceNames = []string{"a", ""} }, "service_names::1: is empty")
	check(func(c *Config) { c.RequiredAttributes = []string{""} }, "required_attributes::0: is empty")
	check(func(c *Config) { c.Organizations = []string{"a", ""} }, "organizations::1: is empty")
	check(func(c *Config) { c.OnOtherOrganization = "keep" }, `on_other_organization: unknown action "keep" (have mark, drop)`)
	check(func(c *Config) { c.Require, c.OnInvalid, c.ServiceNames = "a", "b", []string{""} },
		"require: ", "on_invalid: ", "service_names::0: ")
}
