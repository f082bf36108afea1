package metric

import "github.com/cowork-otel/collector/internal/semconv"

// MaxLabelBytes is the length of the longest value of an attribute. A longer value is
// cut.
const MaxLabelBytes = 128

// Settings configure the metrics and how they are kept.
type Settings struct {
	// Dimensions split all metrics, by the names of cowork.DimensionOf.
	// [CheckDimensions] validates them.
	Dimensions []string
	// MaxSeries bounds the series of all metrics together.
	MaxSeries int
	// Delta makes every point report the change since the point before, instead of
	// the sum since its series began.
	Delta bool
	// Exponential gives histograms exponential buckets instead of those of the table.
	Exponential bool
	// GenAI adds the metrics of the GenAI conventions.
	GenAI bool
	// Semconv is the version of the GenAI conventions, v1.41 if it is empty.
	Semconv semconv.Version
}
