// Package metric makes metrics of Cowork's events: what they cost, how many there
// are, how long things took, added up by who and what.
//
//  1. A [Plan] is made of [Settings] once. It says what each kind of event is asked.
//  2. A [Reader] reads a batch and notes its numbers. Any number of readers can read
//     at a time.
//  3. An [Accumulator] adds what a reader noted. Its owner has the lock, and only for
//     this: the time that a batch takes goes to reading.
//  4. What has been added up is taken as a [Snapshot], written as OTLP, and put back
//     where it could not be delivered.
//
// # The table
//
// Every metric is a row of the table in metrics.go, with the events that it is made
// of, the number that it reads there and its attributes. The table of the connector's
// README is written from it.
//
// # Numbers
//
// Sums are kept in whole numbers of a small unit, a millionth of a dollar or of a
// second, as float64, which is exact up to 9 billion dollars. So the order in which
// events come makes no difference to what they add up to.
//
// # Bounds
//
// There are at most [Settings].MaxSeries series and one more for each metric, which
// takes what finds no room and is marked otel.metric.overflow. A value of an
// attribute has at most [MaxLabelBytes]. What was seen before is known for as long as
// two tables of a fixed size remember it. Each of these bounds is counted where it is
// reached.
package metric
