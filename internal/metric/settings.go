package metric

// MaxLabelBytes is the length of the longest value of an attribute. A longer one is
// cut.
const MaxLabelBytes = 128

// Settings say what metrics there are and how they are kept.
type Settings struct {
	// Dimensions are who and what all metrics are split by, in the words of
	// cowork.DimensionOf. [CheckDimensions] says which can be.
	Dimensions []string
	// MaxSeries bounds the series of all metrics together.
	MaxSeries int
	// Delta has every point tell what came since the one before, instead of all that
	// came since its series began.
	Delta bool
	// Exponential gives histograms buckets that follow from their values, instead of
	// those of the table.
	Exponential bool
	// GenAI adds the metrics of the GenAI conventions.
	GenAI bool
}
