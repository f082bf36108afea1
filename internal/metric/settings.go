package metric

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
}
