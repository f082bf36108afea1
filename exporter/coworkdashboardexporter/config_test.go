package coworkdashboardexporter

import (
	"fmt"
	"net"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/confmap"
)

// validate returns the validation error of a configuration.
func validate(t *testing.T, settings string) error {
	t.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(settings))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	cfg := createDefaultConfig()
	require.NoError(t, conf.Unmarshal(cfg))
	return confmap.Validate(cfg)
}

func TestValidate(t *testing.T) {
	check := func(settings string, want ...string) {
		t.Helper()
		err := validate(t, settings)
		if len(want) == 0 {
			require.NoError(t, err)
			return
		}
		for _, w := range want {
			require.ErrorContains(t, err, w)
		}
	}
	check("{}")
	check(`database: "postgres://cowork:secret01@a.example.com,b.example.com/cowork?sslmode=verify-full"`)
	check(`{database: "", time_zone: Asia/Kolkata, seat_value_usd: 60.5, collector_url: "https://collector.example.com:4318", retention: {prompts: 0}}`)
	check("flush_interval: 0s", "flush_interval: 0s: must be from 10ms to 1m0s (1s is the default)")
	check("retention: {hours: 1h}", "retention::hours: 1h0m0s: must be from 24h0m0s to 2400h0m0s (336h0m0s is the default)")
	check("retention: {days: 200h}", "retention::days: 200h0m0s: must be at least retention::hours")
	check("retention: {prompts: -1}", "retention::prompts: -1: must be from 0 to 1000000 (5000 is the default)")
	check("time_zone: Mars/Olympus", `time_zone: "Mars/Olympus": is unknown (Europe/Berlin or UTC would be valid)`)
	check("{monthly_budget_usd: 5000, team_budgets_usd: {Sales: 800.5, Legal & Tax: 0}}")
	check("monthly_budget_usd: -1", "monthly_budget_usd: -1: must be from 0 to 1000000000 (0 omits it)")
	check("team_budgets_usd: {Sales: .nan, Legal: 1}", "team_budgets_usd::Sales: NaN: must be from 0 to 1000000000 (0 omits it)")
	check("seat_value_usd: -1", "seat_value_usd: -1: must be from 0 to 1000000 (0 omits it)")
	check("collector_url: collector:4318", "collector_url: is not an HTTP URL (https://collector.example.com:4318 would be)")
	check(`collector_url: "https://me:secret@example.com"`, "collector_url: contains a user or a password, which the page would show (remove it)")
	check(`collector_headers: {Authorization: "Bearer <token>", X-Api-Key: <key>}`)
	check(`collector_headers: {Authorization: "Bearer 0123456789", "X Key": <key>, X-Key: "<a> <b>"}`,
		"collector_headers::Authorization: must be a placeholder, since the page shows it (Bearer <token> or <key>)",
		"collector_headers: has an invalid header name (Authorization would be valid)", "collector_headers::X-Key: must be a placeholder")
	check("seat_value_usd: .nan", "seat_value_usd: NaN: must be from 0 to 1000000 (0 omits it)")
	check(`endpoint: "4320"`, `endpoint: "4320": must be a host and a port (localhost:4320 is the default)`)
	check("endpoint: localhost:432000", `endpoint: "localhost:432000": must be a host and a port`)
	check(`endpoint: ":4320"`)
	check("{transport: unix, endpoint: /run/page.sock}")
	check(`database: ":memory:"`, `database: ":memory:": must be the path of a file (./data/dashboard.db is the default, "" stores figures in memory)`)
	check(`database: "file:page.db"`, `database: "file:page.db": must be the path of a file`)
	check(`database: "mysql://u:secret01@h/d"`, `database: must be the path of a file, or an address that begins with postgres:// (postgres://cowork@db.example.com/cowork would be valid)`)
	check(`database: "postgres://u:secret01@h:port/d"`, `database: has an address that cannot be read (`)
	check("alertmanager: {endpoint: https://alerts.example.com/prefix/}")
	check("alertmanager: {endpoint: localhost:9093}", "alertmanager::endpoint: must be a URL of an Alertmanager (http://localhost:9093 would be valid)")
	check("alertmanager: {}", "alertmanager::endpoint: must be a URL")
	require.NotContains(t, validate(t, `alertmanager: {endpoint: "http://me:secret@"}`).Error(), "secret")
	check("max_steps: 0", "max_steps: 0: must be from 1 to 10000 (200 is the default)")
	check("{max_users: 0, max_names: 0, max_alerts: 0, max_recent: 0, max_pending: 10}",
		"max_users: 0", "max_names: 0", "max_alerts: 0", "max_recent: 0", "max_pending: 10: must be from 1000")
	require.NotContains(t, validate(t, `collector_url: "http://me:secret@"`).Error(), "secret")
	require.NotContains(t, validate(t, `collector_headers: {Authorization: Bearer secret, "secret name": secret}`).Error(), "secret")
}

// TestPrintedDatabase checks that the password of a database is not in a configuration that
// is printed, and that its path is.
func TestPrintedDatabase(t *testing.T) {
	for database, want := range map[string]string{
		"postgres://cowork:secret01@db.example.com/cowork": "postgres://cowork:***@db.example.com/cowork",
		"./data/dashboard.db":                              "./data/dashboard.db",
	} {
		cfg := createDefaultConfig().(*Config)
		require.NoError(t, confmap.NewFromStringMap(map[string]any{"database": database}).Unmarshal(cfg))
		require.Equal(t, database, string(cfg.Database))
		printed := confmap.New()
		require.NoError(t, printed.Marshal(cfg))
		require.Equal(t, want, printed.Get("database"))
		require.NotContains(t, fmt.Sprintf("%v %+v %#v", *cfg, *cfg, *cfg), "secret01")
	}
}

// TestHosts checks that a page on a loopback address without authentication accepts its
// own host names only, and that only pages on other addresses are public.
func TestHosts(t *testing.T) {
	check := func(endpoint, at string, want ...string) {
		t.Helper()
		cfg := createDefaultConfig().(*Config)
		cfg.Server.NetAddr.Endpoint = endpoint
		address := &net.TCPAddr{IP: net.ParseIP(at), Port: 4320}
		require.Equal(t, want, cfg.hosts(address), endpoint)
		require.Equal(t, want == nil, cfg.public(address), endpoint)
		cfg.Server.Auth = configoptional.Some(confighttp.AuthConfig{})
		require.Empty(t, cfg.hosts(address), endpoint)
		require.False(t, cfg.public(address), endpoint)
	}
	check("localhost:4320", "127.0.0.1", "localhost", "127.0.0.1", "::1", "localhost")
	check("127.0.0.2:4320", "127.0.0.2", "localhost", "127.0.0.1", "::1", "127.0.0.2")
	check("[::1]:4320", "::1", "localhost", "127.0.0.1", "::1", "::1")
	check("Workstation:4320", "127.0.1.1", "localhost", "127.0.0.1", "::1", "workstation")
	check("0.0.0.0:4320", "0.0.0.0")
	check(":4320", "::")
	check("page.example.com:4320", "192.0.2.7")
}
