// Package metric derives metrics from Cowork's events: cost, counts and durations,
// aggregated by user, organization and other dimensions.
//
//  1. A [Plan] is compiled from [Settings] once. It lists what to read from each kind
//     of event.
//  2. A [Reader] reads a batch and records its numbers. Several readers can read at
//     the same time.
//  3. An [Accumulator] adds what a reader recorded. Its owner holds a lock for this
//     step only: most of the time of a batch is spent on reading.
//  4. A [Snapshot] is taken of the sums and written as OTLP. It is put back if it
//     could not be delivered.
//
// # The table
//
// Every metric is a row of the table in metrics.go, with the events that it is derived
// from, the number that it reads there and its attributes. The table in the
// connector's README is generated from it.
//
// # Facts
//
// The page counts [Facts], which a [FactReader] reads with the measures, fields and
// sources of the metrics. A sum that both have is defined once.
//
// # Numbers
//
// Sums are kept as whole numbers of a small unit, a millionth of a dollar or of a
// second, in a float64. That is exact up to 9 billion dollars, so the order of the
// events does not change a sum.
//
// # Repetitions
//
// What an event reports counts once, by the identity that [cowork.IdentityOf] returns.
// Prompts and the page use the same identity.
//
// # Bounds
//
// There are at most [Settings].MaxSeries series and one more for each metric, which
// takes the overflow and is marked otel.metric.overflow. The value of an attribute has
// at most [MaxLabelBytes]. Identities are remembered in a set of bounded size. Each
// bound is counted where it applies.
package metric
