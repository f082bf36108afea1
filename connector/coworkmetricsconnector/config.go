package coworkmetricsconnector

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/metric"
)

// Config says how metrics are split, and in what form they are emitted.
type Config struct {
	// FlushInterval is how often metrics are emitted.
	FlushInterval time.Duration `mapstructure:"flush_interval"`

	// Temporality is whether points tell all since their series began, or what came
	// since the last ones.
	Temporality Temporality `mapstructure:"temporality"`

	// Dimensions are who and what all metrics are split by.
	Dimensions []string `mapstructure:"dimensions"`

	// MaxSeries bounds the series of all metrics together. What finds no room is added
	// up in one more for each metric.
	MaxSeries int `mapstructure:"max_series"`

	// Histogram is how the buckets of histograms come about.
	Histogram Buckets `mapstructure:"histogram"`

	// GenAI adds the metrics of the GenAI conventions.
	GenAI bool `mapstructure:"gen_ai"`
}

// A Temporality is what the points of a series tell.
type Temporality string

// The temporalities.
const (
	Cumulative Temporality = "cumulative"
	Delta      Temporality = "delta"
)

// Buckets are how those of a histogram come about.
type Buckets string

// The kinds of buckets.
const (
	Explicit    Buckets = "explicit"
	Exponential Buckets = "exponential"
)

var _ confmap.Validator = (*Config)(nil)

// Bounds of what can be set.
const (
	minFlush  = 10 * time.Millisecond
	maxFlush  = 24 * time.Hour
	maxSeries = 10_000_000
)

// Validate checks that metrics can be kept and split like this.
func (c *Config) Validate() error {
	var errs []error
	if c.FlushInterval < minFlush || c.FlushInterval > maxFlush {
		errs = append(errs, fmt.Errorf("flush_interval: %v: must be from %v to %v (15s is the default)", c.FlushInterval, minFlush, maxFlush))
	}
	if err := oneOf(c.Temporality, Cumulative, Delta); err != nil {
		errs = append(errs, fmt.Errorf("temporality: %w", err))
	}
	if err := metric.CheckDimensions(c.Dimensions); err != nil {
		errs = append(errs, fmt.Errorf("dimensions: %w", err))
	}
	if c.MaxSeries < 1 || c.MaxSeries > maxSeries {
		errs = append(errs, fmt.Errorf("max_series: %d: must be from 1 to %d (20000 is the default)", c.MaxSeries, maxSeries))
	}
	if err := oneOf(c.Histogram, Explicit, Exponential); err != nil {
		errs = append(errs, fmt.Errorf("histogram: %w", err))
	}
	return errors.Join(errs...)
}

// oneOf checks a word. The first is the default.
func oneOf[W ~string](word W, words ...W) error {
	if slices.Contains(words, word) {
		return nil
	}
	return fmt.Errorf("%q: must be one of %q (%s is the default)", word, words, words[0])
}

func (c *Config) settings() metric.Settings {
	return metric.Settings{
		Dimensions:  c.Dimensions,
		MaxSeries:   c.MaxSeries,
		Delta:       c.Temporality == Delta,
		Exponential: c.Histogram == Exponential,
		GenAI:       c.GenAI,
	}
}
