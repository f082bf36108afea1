package coworkmetricsconnector

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/metric"
	"github.com/cowork-otel/collector/internal/semconv"
)

// Config configures how metrics are split and emitted.
type Config struct {
	// FlushInterval is the interval at which metrics are emitted.
	FlushInterval time.Duration `mapstructure:"flush_interval"`

	// Temporality is whether points report the sum since their series began, or the
	// change since the points before.
	Temporality Temporality `mapstructure:"temporality"`

	// Dimensions split all metrics, for example by user.
	Dimensions []string `mapstructure:"dimensions"`

	// MaxSeries bounds the series of all metrics together. Each metric has one more
	// series for the overflow.
	MaxSeries int `mapstructure:"max_series"`

	// Histogram selects the buckets of histograms.
	Histogram Buckets `mapstructure:"histogram"`

	// GenAI adds the metrics of the GenAI conventions.
	GenAI bool `mapstructure:"gen_ai"`

	// Semconv is the version of the GenAI conventions whose metrics GenAI adds.
	Semconv semconv.Version `mapstructure:"semconv"`

	// Storage is a storage extension for deltas that were not emitted yet. Cumulative
	// series begin again after a restart and are not stored.
	Storage *component.ID `mapstructure:"storage"`

	// CheckpointInterval is how often they are stored.
	CheckpointInterval time.Duration `mapstructure:"checkpoint_interval"`
}

// A Temporality is what the points of a series report.
type Temporality string

// The temporalities.
const (
	Cumulative Temporality = "cumulative"
	Delta      Temporality = "delta"
)

// Buckets are a kind of histogram buckets.
type Buckets string

// The kinds of buckets.
const (
	Explicit    Buckets = "explicit"
	Exponential Buckets = "exponential"
)

var _ confmap.Validator = (*Config)(nil)

// The bounds of the settings.
const (
	minFlush  = 10 * time.Millisecond
	maxFlush  = 24 * time.Hour
	maxSeries = 10_000_000
)

// Validate returns all errors of the configuration.
func (c *Config) Validate() error {
	var errs []error
	if c.FlushInterval < minFlush || c.FlushInterval > maxFlush {
		errs = append(errs, fmt.Errorf("flush_interval: %v: must be from %v to %v (15s is the default)", c.FlushInterval, minFlush, maxFlush))
	}
	if err := checkOneOf(c.Temporality, Cumulative, Delta); err != nil {
		errs = append(errs, fmt.Errorf("temporality: %w", err))
	}
	if err := metric.CheckDimensions(c.Dimensions); err != nil {
		errs = append(errs, fmt.Errorf("dimensions: %w", err))
	}
	if c.MaxSeries < 1 || c.MaxSeries > maxSeries {
		errs = append(errs, fmt.Errorf("max_series: %d: must be from 1 to %d (20000 is the default)", c.MaxSeries, maxSeries))
	}
	if err := checkOneOf(c.Histogram, Explicit, Exponential); err != nil {
		errs = append(errs, fmt.Errorf("histogram: %w", err))
	}
	if c.Semconv.Emits(semconv.GenAI0) && !c.GenAI {
		errs = append(errs, fmt.Errorf("semconv: %s: selects the metrics that gen_ai adds (gen_ai: true adds them)", c.Semconv))
	}
	if c.CheckpointInterval < minFlush || c.CheckpointInterval > maxFlush {
		errs = append(errs, fmt.Errorf("checkpoint_interval: %v: must be from %v to %v (1s is the default)", c.CheckpointInterval, minFlush, maxFlush))
	}
	return errors.Join(errs...)
}

// checkOneOf returns an error unless the value is allowed. The first one is the default.
func checkOneOf[W ~string](value W, allowed ...W) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%q: must be one of %q (%s is the default)", value, allowed, allowed[0])
}

func (c *Config) settings() metric.Settings {
	return metric.Settings{
		Dimensions:  c.Dimensions,
		MaxSeries:   c.MaxSeries,
		Delta:       c.Temporality == Delta,
		Exponential: c.Histogram == Exponential,
		GenAI:       c.GenAI,
		Semconv:     c.Semconv,
	}
}
