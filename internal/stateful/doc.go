// Package stateful is the runtime that the components with state share: those that store
// what they know in a storage extension, and send records on their own schedule.
//
//   - A [Loop] is the component's goroutine.
//   - An [Outbox] sends items in order, retries them, and bounds how many wait.
//   - A [Store] reads and writes a storage extension. A nil Store stores nothing.
//   - A [Schedule] decides when a checkpoint is due.
//   - [AddCount] and [Totals] record the component's own metrics.
//
// The component decides what is stored, what a batch contains and what is counted as lost.
// Unlike the other packages below internal, this one imports the collector's component API,
// starts a goroutine and waits for a ticker.
package stateful
