// Package samefigures tests that the page, the metrics and the summaries of prompts have
// the same figures for any stream of events. It has no code of its own.
package samefigures
