// Package delivery records which events were passed on and which were accepted, so that
// an event that its sender repeats is neither lost nor counted twice.
//
// A [Ledger] recognises an event by the digest of its record, see
// [github.com/cowork-otel/collector/internal/cowork.Identity]. A batch that was passed
// on is a [Flight] until its outcome is known. Only an event of a batch that was accepted
// is delivered. One of a batch that was refused is passed on again, and marked: the
// components after it have counted it. Delivered events are stored in segments, which
// [Ledger.Snapshot] returns; the others are not, so that an event whose outcome a crash
// prevented is passed on again.
package delivery
