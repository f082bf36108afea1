package coworkrosterprocessor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/roster"
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
	check(func(c *Config) { c.Join = nil })
	check(func(c *Config) { c.File, c.Join = "people.csv", nil }, "join: is empty (attributes that identify a person")
	check(func(c *Config) { c.Join = []string{"a", "a", ""} }, "join::1: is empty or a repetition", "join::2: ")
	check(func(c *Config) { c.ReloadInterval = 0 }, "reload_interval: 0s: must be from 100ms to 24h0m0s (10s is the default)")
	check(func(c *Config) { c.Attributes = map[string]string{} }, "attributes: is empty (a column and its attribute, for example team: cowork.team)")
	check(func(c *Config) { c.Attributes = map[string]string{"salary": "cowork.salary"} },
		`attributes::salary: "cowork.salary": is no attribute of people (have cowork.user.name, cowork.team, cowork.cost_center)`)
	check(func(c *Config) { c.Attributes = map[string]string{"a": "cowork.team", "b": "cowork.team"} },
		`attributes::b: "cowork.team": is the attribute of another column too`)
	check(func(c *Config) { c.Columns = map[string]string{"name": "Full name", "user.email": "E-mail"} })
	check(func(c *Config) { c.Columns = map[string]string{"nam": "Full name", "team": " "} },
		"columns::nam: has no title, or is no name of join and attributes (have cost_center, name, team, user.email,", "columns::team: ")
	check(func(c *Config) { c.FromAttributes = map[string][]string{"team": {"team.id"}} })
	check(func(c *Config) {
		c.Attributes, c.FromAttributes = map[string]string{"team": "cowork.team"}, map[string][]string{"cost_center": {"cost_center"}}
	})
	check(func(c *Config) {
		c.FromAttributes = map[string][]string{"teams": {"team.id"}, "team": {"", "cowork.team"}}
	},
		"from_attributes::teams: is no column of attributes (have cost_center, name, team)", "from_attributes::team::0: ", "from_attributes::team::1: ")
}

// TestUnmarshal checks that the columns of an administrator replace those of the default.
func TestUnmarshal(t *testing.T) {
	cfg := createDefaultConfig().(*Config)
	require.NoError(t, confmap.NewFromStringMap(map[string]any{
		"file": "people.YML", "attributes": map[string]any{"team": "cowork.team"}, "columns": map[string]any{"user.email": "E-mail"},
	}).Unmarshal(cfg))
	require.NoError(t, cfg.Validate())
	require.Equal(t, []roster.Target{{Column: "team", Attribute: "cowork.team"}}, cfg.settings().Targets)
	require.Empty(t, cfg.settings().Name)
	require.Equal(t, roster.YAML, cfg.format())
	require.Equal(t, "E-mail", cfg.Columns["user.email"])
}
