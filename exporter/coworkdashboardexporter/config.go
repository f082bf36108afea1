package coworkdashboardexporter

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
)

// Config configures where the page is served and how much data is stored for it.
type Config struct {
	// Server is the endpoint of the page, with TLS and authentication.
	Server confighttp.ServerConfig `mapstructure:",squash"`

	// Database is the SQLite file, the address of a PostgreSQL database, or "" for a database
	// in memory.
	Database database.Name `mapstructure:"database"`

	// WaitForCommit accepts a batch only once its events are committed, so that an accepted
	// event is never lost, also if the collector is killed.
	WaitForCommit bool `mapstructure:"wait_for_commit"`

	// FlushInterval is how often new figures are committed to the database.
	FlushInterval time.Duration `mapstructure:"flush_interval"`

	// Retention bounds the age of figures and the number of prompts.
	Retention Retention `mapstructure:"retention"`

	// TimeZone is the time zone of days and hours, "" for the collector's local zone.
	TimeZone string `mapstructure:"time_zone"`

	// SeatValueUSD is the value or the price of a seat per month. The page compares the
	// cost of an active user with it; 0 omits the comparison.
	SeatValueUSD float64 `mapstructure:"seat_value_usd"`

	// MonthlyBudgetUSD is what a month may cost, 0 for no budget. TeamBudgetsUSD is the same
	// for teams.
	MonthlyBudgetUSD float64            `mapstructure:"monthly_budget_usd"`
	TeamBudgetsUSD   map[string]float64 `mapstructure:"team_budgets_usd"`

	// CollectorURL is the OTLP endpoint that the setup check shows for Cowork's settings,
	// "" for the address where the collector listens.
	CollectorURL string `mapstructure:"collector_url"`

	// CollectorHeaders are the headers that the setup check shows for Cowork's settings,
	// by name. Their values are placeholders, such as Bearer <token>.
	CollectorHeaders map[string]string `mapstructure:"collector_headers"`

	// Alertmanager, if set, is the Alertmanager whose silences the page of alerts shows,
	// creates and expires.
	Alertmanager configoptional.Optional[confighttp.ClientConfig] `mapstructure:"alertmanager"`

	// MaxSteps bounds the stored steps of a prompt.
	MaxSteps int `mapstructure:"max_steps"`

	// MaxContentBytes bounds each content of a step, such as the input of a tool; 0 stores
	// no content. A prompt has at most 16 times as much.
	MaxContentBytes int `mapstructure:"max_content_bytes"`

	// MaxSessions bounds the stored sessions, the latest.
	MaxSessions int `mapstructure:"max_sessions"`

	// MaxUsers bounds the distinct users.
	MaxUsers int `mapstructure:"max_users"`

	// MaxNames bounds the distinct names of each category: models, tools, connectors,
	// skills and so on.
	MaxNames int `mapstructure:"max_names"`

	// MaxAlerts bounds the stored alerts.
	MaxAlerts int `mapstructure:"max_alerts"`

	// MaxEvents bounds the latest records in memory, which the page of events shows; 0
	// keeps none.
	MaxEvents int `mapstructure:"max_events"`

	// MaxRecent bounds the recent events for the detection of duplicates.
	MaxRecent int `mapstructure:"max_recent"`

	// MaxPending bounds the events and steps in memory while the database is not writable.
	MaxPending int `mapstructure:"max_pending"`
}

// Retention bounds the age of figures and the number of prompts.
type Retention struct {
	// Hours is how long hourly figures are stored.
	Hours time.Duration `mapstructure:"hours"`

	// Days is how long daily figures are stored.
	Days time.Duration `mapstructure:"days"`

	// Sessions is how long sessions are stored after their last event.
	Sessions time.Duration `mapstructure:"sessions"`

	// Identities is how long repeated events are recognised.
	Identities time.Duration `mapstructure:"identities"`

	// Prompts is how many prompts are stored, the latest.
	Prompts int `mapstructure:"prompts"`
}

var _ confmap.Validator = (*Config)(nil)

// Validate checks all keys and reports everything that is wrong.
func (c *Config) Validate() error {
	errs := []error{c.validateTimes(), c.validateZone(), c.validateURL(), c.validateHeaders(), c.validateEndpoint(), c.validateDatabase(), c.validateAlertmanager()}
	for _, n := range []struct {
		key          string
		value, least int
		most, usual  int
	}{
		{"retention::prompts", c.Retention.Prompts, 0, 1_000_000, 5000},
		{"max_steps", c.MaxSteps, 1, 10_000, 200},
		{"max_content_bytes", c.MaxContentBytes, 0, 65536, 4096},
		{"max_sessions", c.MaxSessions, 1, 10_000_000, 200_000},
		{"max_users", c.MaxUsers, 1, 1_000_000, 200_000},
		{"max_names", c.MaxNames, 1, 100_000, 2000},
		{"max_alerts", c.MaxAlerts, 1, 100_000, 1000},
		{"max_events", c.MaxEvents, 0, 10_000, 1000},
		{"max_recent", c.MaxRecent, 1, 10_000_000, 500_000},
		{"max_pending", c.MaxPending, 1000, 10_000_000, 500_000},
	} {
		if n.value < n.least || n.value > n.most {
			errs = append(errs, fmt.Errorf("%s: %d: must be from %d to %d (%d is the default)", n.key, n.value, n.least, n.most, n.usual))
		}
	}
	return errors.Join(append(errs, c.validateMoney())...)
}

// maxTeamBudgets bounds the teams that have a budget.
const maxTeamBudgets = 1000

func (c *Config) validateMoney() error {
	var errs []error
	check := func(key string, usd, most float64) {
		if !(usd >= 0 && usd <= most) { // rejects NaN too
			errs = append(errs, fmt.Errorf("%s: %v: must be from 0 to %.0f (0 omits it)", key, usd, most))
		}
	}
	check("seat_value_usd", c.SeatValueUSD, 1e6)
	check("monthly_budget_usd", c.MonthlyBudgetUSD, 1e9)
	for _, team := range slices.Sorted(maps.Keys(c.TeamBudgetsUSD)) {
		check("team_budgets_usd::"+team, c.TeamBudgetsUSD[team], 1e9)
	}
	if n := len(c.TeamBudgetsUSD); n > maxTeamBudgets {
		errs = append(errs, fmt.Errorf("team_budgets_usd: %d teams: must be %d at most", n, maxTeamBudgets))
	}
	return errors.Join(errs...)
}

func (c *Config) validateTimes() error {
	const day = 24 * time.Hour
	var errs []error
	for _, d := range []struct {
		key                string
		value              time.Duration
		least, most, usual time.Duration
	}{
		{"flush_interval", c.FlushInterval, 10 * time.Millisecond, time.Minute, time.Second},
		{"retention::hours", c.Retention.Hours, day, 100 * day, 14 * day},
		{"retention::days", c.Retention.Days, day, 4000 * day, 400 * day},
		{"retention::sessions", c.Retention.Sessions, day, 4000 * day, 90 * day},
		{"retention::identities", c.Retention.Identities, time.Hour, 100 * day, 2 * day},
	} {
		if d.value < d.least || d.value > d.most {
			errs = append(errs, fmt.Errorf("%s: %v: must be from %v to %v (%v is the default)", d.key, d.value, d.least, d.most, d.usual))
		}
	}
	if c.Retention.Days < c.Retention.Hours {
		errs = append(errs, fmt.Errorf("retention::days: %v: must be at least retention::hours", c.Retention.Days))
	}
	return errors.Join(errs...)
}

func (c *Config) validateZone() error {
	if _, err := c.zone(); err != nil {
		return fmt.Errorf("time_zone: %q: is unknown (Europe/Berlin or UTC would be valid)", c.TimeZone)
	}
	return nil
}

// validateEndpoint checks the endpoint before the start.
func (c *Config) validateEndpoint() error {
	if !strings.HasPrefix(string(c.Server.NetAddr.Transport), "tcp") {
		return nil
	}
	_, port, err := net.SplitHostPort(c.Server.NetAddr.Endpoint)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("endpoint: %q: must be a host and a port (localhost:4320 is the default)", c.Server.NetAddr.Endpoint)
	}
	return nil
}

// validateDatabase rejects names that are no file and no address. An address can have a
// password.
func (c *Config) validateDatabase() error {
	if err := c.Database.Check(); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// zone returns the time zone of days and hours.
func (c *Config) zone() (*time.Location, error) {
	if c.TimeZone == "" {
		return time.Local, nil
	}
	return time.LoadLocation(c.TimeZone)
}

// ingestSettings returns what is stored, and how much of it.
func (c *Config) ingestSettings() (ingest.Settings, error) {
	zone, err := c.zone()
	return ingest.Settings{
		Zone: zone, Hours: c.Retention.Hours, Days: c.Retention.Days, Sessions: c.Retention.Sessions, Identities: c.Retention.Identities,
		MaxPrompts: c.Retention.Prompts, MaxSteps: c.MaxSteps, MaxContentBytes: c.MaxContentBytes, MaxSessions: c.MaxSessions, MaxUsers: c.MaxUsers, MaxNames: c.MaxNames,
		MaxAlerts: c.MaxAlerts, MaxRecent: c.MaxRecent, MaxPending: c.MaxPending,
	}, err
}
