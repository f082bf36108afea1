// Package report holds what the page tells, as data: what is asked ([Filter]), what a
// panel is ([Panel]) and what it answers ([Table]), prompts with their steps, and the
// check of the set-up.
//
// The store answers and the page draws; they meet here, as a [Source], and know
// nothing of each other.
package report
